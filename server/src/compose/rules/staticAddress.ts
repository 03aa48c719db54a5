import { holdsAddress } from '../model/subnet.js';
import { isIpAddress } from '../model/port.js';
import { addressKey } from '../model/service.js';
import { members, get, known } from '../model/value.js';
import type { ProjectRule } from './rule.js';

export const staticAddress: ProjectRule = {
  id: 'static-address',
  scope: 'project',
  severity: 'warning',
  targets: ['compose'],
  docs: {
    summary: 'An address that the network cannot give.',
    why: 'An address of its own is given only from a subnet that the network sets itself, under `ipam`. docker compose takes the file; the Engine refuses to start the container.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    networks:\n      front: { ipv4_address: 10.5.0.10 }\nnetworks:\n  front: {}\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    networks:\n      front: { ipv4_address: 10.5.0.10 }\nnetworks:\n  front:\n    ipam:\n      config: [{ subnet: 10.5.0.0/24 }]\n',
    tool: 'user specified IP address is supported only when connecting to networks with user configured subnets',
  },
  *check({ name, value, active }, index) {
    for (const { key: network, value: joined } of members(get(value, 'networks'))) {
      const declared = index.declared.network.get(network);
      for (const key of ['ipv4_address', 'ipv6_address']) {
        const written = known(get(joined, key));
        if (typeof written?.value !== 'string' || written.value === '') continue;
        const address = written.value;
        const isKind = isIpAddress(address) && address.includes(':') === (key === 'ipv6_address');
        if (!isKind) {
          yield {
            at: written.at,
            message: `\`${address}\` is no ${key === 'ipv4_address' ? 'IPv4' : 'IPv6'} address: the Engine refuses it.`,
          };
          continue;
        }
        const other = index.tables.byAddress.get(addressKey(network, address))?.find((it) => it.name !== name);
        if (other && active) {
          yield {
            at: written.at,
            message: `Service \`${other.name}\` asks for \`${address}\` too: \`docker compose up\` stops at the one that starts later.`,
          };
          continue;
        }
        if (!index.complete || declared?.external || (!declared && network !== 'default')) continue;
        // Undefined where a variable decides.
        const subnets = declared ? declared.subnets : [];
        const fitting = subnets?.filter((it) => it.includes(':') === address.includes(':'));
        if (!fitting || fitting.some((it) => holdsAddress(it, address) !== false)) continue;
        yield {
          at: written.at,
          message:
            fitting.length === 0
              ? `Network \`${network}\` has no subnet of its own to take \`${address}\` from: \`docker compose up\` stops.`
              : `\`${address}\` is in no subnet of network \`${network}\` (${fitting.join(', ')}): \`docker compose up\` stops.`,
        };
      }
    }
  },
};
