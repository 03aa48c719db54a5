import { get, items, str, entry } from '../model/value.js';
import { removeKey } from './fixes.js';
import type { ServiceRule } from './rule.js';

export const networkModePorts: ServiceRule = {
  id: 'network-mode-ports',
  scope: 'service',
  severity: 'warning',
  targets: ['compose'],
  docs: {
    summary: 'A service publishes ports, or has a host name, on a network that is not its own.',
    why: 'On the network of the host every port is open as it is, and `ports` is dropped. On the network of another service or container the Engine refuses `ports` and `hostname`: they belong to that one.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    network_mode: host\n    ports: ["8080:80"]\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    network_mode: host\n',
    tool: 'conflicting options: port publishing and the container type network mode',
  },
  *check({ value }) {
    const mode = str(get(value, 'network_mode')) ?? '';
    const joined = /^(service|container):/.test(mode);
    if (!joined && mode !== 'host' && mode !== 'none') return;
    const ports = entry(value, 'ports');
    if (ports && items(ports.value).length > 0) {
      const consequence = joined ? 'the Engine refuses to start the container' : 'nothing is published';
      yield {
        at: ports.keyAt,
        message: `\`ports\` cannot be used with \`network_mode: ${mode}\`: ${consequence}.`,
        fixes: removeKey(ports.keyAt, 'Remove `ports`', { preferred: false }),
      };
    }
    const hostname = entry(value, 'hostname');
    if (joined && hostname) {
      const message = `\`hostname\` cannot be used with \`network_mode: ${mode}\`: the Engine refuses to start the container.`;
      const fixes = removeKey(hostname.keyAt, 'Remove `hostname`', { preferred: false });
      yield { at: hostname.keyAt, message, fixes };
    }
  },
};
