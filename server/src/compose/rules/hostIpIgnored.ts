import { replaceText } from './fixes.js';
import { within } from './grammar.js';
import { parsePort } from '../model/port.js';
import { items, get, known } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const hostIpIgnored: ServiceRule = {
  id: 'host-ip-ignored',
  scope: 'service',
  severity: 'warning',
  targets: ['stack'],
  docs: {
    summary: 'A swarm publishes the port on all addresses.',
    why: 'docker stack deploy drops the address in front of a port. What was meant for `127.0.0.1` is open to the world on every node.',
    bad: 'services:\n  db:\n    image: postgres:16\n    ports:\n      - "127.0.0.1:5432:5432"\n',
    good: 'services:\n  db:\n    image: postgres:16\n    ports:\n      - "5432:5432"\n',
    tool: "ignoring IP-address (127.0.0.1:5432:5432/tcp) service will listen on '0.0.0.0'",
  },
  *check({ value }) {
    for (const item of items(get(value, 'ports'))) {
      const port = known(item);
      if (typeof port?.value !== 'string') continue;
      const ip = parsePort(port.value, 'stack').value?.ip;
      if (ip === undefined || ip === '0.0.0.0' || ip === '::') continue;
      const end = port.value.lastIndexOf(':', port.value.lastIndexOf(':') - 1);
      const [at, address] = [within(port, { start: 0, end }), within(port, { start: 0, end: end + 1 })];
      yield {
        at,
        message: `docker stack deploy ignores \`${ip}\`: the port is open on all addresses of every node.`,
        fixes: at === port.at ? [] : replaceText(address, '', 'Remove the address'),
      };
    }
  },
};
