import { isLoopback, isWritten, proxyName } from '../destinations.js';
import { portOf, addressesOf } from '../upstream.js';
import type { CommonRule } from '../rule.js';

export const proxyLocalhost: CommonRule = {
  id: 'proxy-localhost',
  severity: 'warning',
  proxy: 'any',
  docs: {
    summary: 'A proxy in a container does not look for services on `localhost`.',
    why: 'Inside a container `localhost` is the container itself. Other services are reached by their names.',
    bad: '# in a container\nserver {\n  listen 80;\n  location / {\n    proxy_pass http://localhost:8000;\n  }\n}\n',
    good: '# in a container\nserver {\n  listen 80;\n  location / {\n    proxy_pass http://api:8000;\n  }\n}\n',
    tool: 'connect() failed (111: Connection refused)',
  },
  *check(config, { neighbourhood, siblings }) {
    if (neighbourhood === undefined || neighbourhood.hostNetwork) return;
    const own = new Set([config, ...siblings].flatMap((one) => one.model.listens.map((listen) => listen.port)));
    for (const { address } of addressesOf(config.model)) {
      const port = portOf(address);
      if (!isLoopback(address.host) || own.has(port)) continue;
      if (neighbourhood.local?.some(({ ports }) => ports.length === 0 || ports.some((it) => it.port === port)))
        continue;
      const host = neighbourhood.names.find(({ peer }) => peer?.ports.some((known) => known.port === port));
      yield {
        at: address.hostAt,
        message: `\`${address.host}\` is the container of ${proxyName(config)} itself, which does not listen on ${port ?? 'that port'}: requests are answered with 502.${host ? ` \`${host.name}\` listens there.` : ''}`,
        ...(host &&
          isWritten(config, address.hostAt, address.host) && {
            fixes: [{ title: `Change to \`${host.name}\``, edits: [{ ...address.hostAt, text: host.name }] }],
          }),
      };
    }
  },
};
