import { replaceText } from '../fixes.js';
import { didYouMean } from '../../text/words.js';
import { closest } from '../closest.js';
import { consequence, isLoopback, isWritten, namedDestinations } from '../destinations.js';
import { findName } from '../neighbourhood.js';
import type { CommonRule } from '../rule.js';

export const proxyUnknownHost: CommonRule = {
  id: 'proxy-unknown-host',
  severity: 'warning',
  proxy: 'any',
  docs: {
    summary: 'A host is a name that resolves on the network of the proxy.',
    why: 'Docker resolves service names, aliases, container names and host names of a shared network. With another name nginx does not start ("host not found in upstream"), nor does HAProxy.',
    bad: '# compose.yaml has the service app\nserver {\n  location / {\n    proxy_pass http://api:8000;\n  }\n}\n',
    good: '# compose.yaml has the service app\nserver {\n  location / {\n    proxy_pass http://app:8000;\n  }\n}\n',
    tool: 'host not found in upstream "api"',
  },
  *check(config, context) {
    const { neighbourhood } = context;
    if (neighbourhood === undefined) return;
    const names = neighbourhood.names.map((entry) => entry.name);
    for (const destination of namedDestinations(config, context)) {
      const { host, hostAt } = destination.address;
      if (isLoopback(host) || findName(neighbourhood, host)) continue;
      if (neighbourhood.hidden.some((entry) => entry.name.toLowerCase() === host.toLowerCase())) continue;
      if (host.includes('.') && host !== 'host.docker.internal') continue; // a name of the world outside
      const meant = closest(host, names);
      const mayBeUpstream =
        destination.pass !== undefined && destination.address.port === undefined && !context.complete;
      const unsure = neighbourhood.open || mayBeUpstream;
      yield {
        at: hostAt,
        message: `${explain(host, neighbourhood.service)}: ${consequence(config, destination)}.${didYouMean(meant)}`,
        ...(unsure && { severity: 'hint' }),
        fixes: meant && isWritten(config, hostAt, host) ? replaceText(hostAt, meant) : [],
        related: [{ service: neighbourhood.service, message: 'The proxy is this service.' }],
      };
    }
  },
};

function explain(host: string, service: string): string {
  return host === 'host.docker.internal'
    ? `On Linux \`${host}\` needs \`extra_hosts: ["${host}:host-gateway"]\` in the service \`${service}\``
    : `\`${host}\` is no service, alias, container name or host name that \`${service}\` can reach`;
}
