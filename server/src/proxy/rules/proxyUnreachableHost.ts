import { consequence, namedDestinations } from '../destinations.js';
import { findName } from '../neighbourhood.js';
import type { CommonRule } from '../rule.js';

export const proxyUnreachableHost: CommonRule = {
  id: 'proxy-unreachable-host',
  severity: 'warning',
  proxy: 'any',
  docs: {
    summary: 'The proxy and its servers share a network.',
    why: 'A name resolves only on a network that both services join. A service that lists `networks` is not on the default one.',
    bad: '# api is on the network back, the proxy on front\nserver {\n  location / {\n    proxy_pass http://api:8000;\n  }\n}\n',
    good: '# both are on the network back\nserver {\n  location / {\n    proxy_pass http://api:8000;\n  }\n}\n',
    tool: 'host not found in upstream "api"',
  },
  *check(config, context) {
    const { neighbourhood } = context;
    if (neighbourhood === undefined) return;
    for (const destination of namedDestinations(config, context)) {
      const { host, hostAt } = destination.address;
      if (findName(neighbourhood, host)) continue;
      const hidden = neighbourhood.hidden.find((entry) => entry.name.toLowerCase() === host.toLowerCase());
      if (hidden === undefined) continue;
      yield {
        at: hostAt,
        message: `\`${neighbourhood.service}\` cannot reach \`${host}\`: ${hidden.why}; ${consequence(config, destination)}.`,
        related: [
          { service: hidden.service, message: 'This is the service.' },
          { service: neighbourhood.service, message: 'The proxy is this service.' },
        ],
      };
    }
  },
};
