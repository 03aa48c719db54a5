import { isIpAddress } from '../model/port.js';
import { items, get, known } from '../model/value.js';
import { targets } from '../target.js';
import type { ServiceRule } from './rule.js';

export const dnsAddress: ServiceRule = {
  id: 'dns-address',
  scope: 'service',
  severity: 'warning',
  targets,
  docs: {
    summary: 'A name server is no IP address.',
    why: 'docker compose passes it on and the Engine refuses to create the container; docker stack drops it without a word.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    dns: dns.example\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    dns: 9.9.9.9\n',
    tool: 'dns.example is not an ip address',
  },
  *check({ value }, { target }) {
    const dns = get(value, 'dns');
    for (const item of dns?.kind === 'seq' ? items(dns) : [dns]) {
      const server = known(item);
      if (typeof server?.value !== 'string' || isIpAddress(server.value.replace(/%\w+$/, ''))) continue;
      const then = target === 'stack' ? 'docker stack deploy drops it' : 'the Engine refuses to create the container';
      yield { at: server.at, message: `\`${server.value}\` is no IP address: ${then}.` };
    }
  },
};
