import { isIpAddress } from '../model/port.js';
import { holdsAddress, parseSubnet } from '../model/subnet.js';
import { isExternal } from '../model/resource.js';
import { items, get, known } from '../model/value.js';
import { targets } from '../target.js';
import type { ResourceRule } from './rule.js';

export const networkSubnet: ResourceRule = {
  id: 'network-subnet',
  scope: 'resource',
  severity: 'warning',
  targets,
  docs: {
    summary: 'The addresses of a network cannot be read, or do not fit each other.',
    why: '`subnet` and `ip_range` are an address with the length of its prefix, and `gateway` is an address in the subnet. Both tools take anything; the Engine refuses to make the network.',
    bad: 'services:\n  web:\n    image: nginx:1.27\nnetworks:\n  default:\n    ipam:\n      config: [{ subnet: 10.5.0.0 }]\n',
    good: 'services:\n  web:\n    image: nginx:1.27\nnetworks:\n  default:\n    ipam:\n      config: [{ subnet: 10.5.0.0/24 }]\n',
    tool: 'invalid subnet: invalid CIDR block',
  },
  *check(resource) {
    if (resource.kind !== 'network' || isExternal(resource)) return;
    for (const config of items(get(resource.value, 'ipam', 'config'))) {
      for (const key of ['subnet', 'ip_range']) {
        const range = known(get(config, key));
        if (typeof range?.value !== 'string' || range.value === '' || parseSubnet(range.value)) continue;
        yield {
          at: range.at,
          message: `\`${range.value}\` is no subnet such as \`10.5.0.0/24\`: the Engine refuses it.`,
        };
      }
      const gateway = known(get(config, 'gateway'));
      if (typeof gateway?.value !== 'string' || gateway.value === '') continue;
      const subnet = known(get(config, 'subnet'))?.value;
      if (!isIpAddress(gateway.value)) {
        yield { at: gateway.at, message: `\`${gateway.value}\` is no IP address: the Engine refuses the network.` };
      } else if (typeof subnet === 'string' && holdsAddress(subnet, gateway.value) === false) {
        yield {
          at: gateway.at,
          message: `\`${gateway.value}\` is not in \`${subnet}\`: the Engine refuses the network.`,
        };
      }
    }
  },
};
