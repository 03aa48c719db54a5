import { namedDestinations } from '../destinations.js';
import { findName } from '../neighbourhood.js';
import { isBefore } from '../version.js';
import type { CommonRule } from '../rule.js';

export const proxyResolvesOnce: CommonRule = {
  id: 'proxy-resolves-once',
  severity: 'info',
  proxy: 'any',
  docs: {
    summary: 'A proxy in front of replicas notices when they come and go.',
    why: 'nginx looks a name up at start and at reload: new replicas get no requests and gone ones get some. HAProxy takes a single address for a plain `server`, and leaves the other replicas idle.',
    bad: '# api has 3 replicas\nupstream api {\n  server api:8000;\n}\n',
    good: '# api has 3 replicas\nresolver 127.0.0.11 valid=10s;\nupstream api {\n  zone api 64k;\n  server api:8000 resolve;\n}\n',
  },
  *check(config, context) {
    const { neighbourhood, version } = context;
    if (neighbourhood === undefined) return;
    for (const { address, resolved, server } of namedDestinations(config, context)) {
      const found = findName(neighbourhood, address.host);
      const peer = found?.peer;
      if (found === undefined || peer === undefined || peer.replicas < 2 || !peer.dnsrr) continue;
      if (found.kind === 'containerName' || found.kind === 'hostname') continue;
      const replicas = `${peer.replicas} replicas`;
      const related = [{ service: peer.service, message: `It has ${replicas}.` }];
      if (config.kind === 'haproxy') {
        if (server === undefined || server.template) continue;
        yield {
          at: address.hostAt,
          message: `\`${peer.service}\` has ${replicas}, and a plain \`server\` uses one of them. \`server-template ${server.name ?? peer.service} ${peer.replicas} ${address.text} resolvers …\` uses all.`,
          severity: 'warning',
          related,
        };
      } else if (resolved === 'once') {
        const way = server
          ? isBefore(version, '1.27.3')
            ? 'or with a variable and `resolver 127.0.0.11`'
            : 'or with `zone`, `resolver 127.0.0.11` and `resolve`'
          : 'or with a variable and `resolver 127.0.0.11`';
        yield {
          at: address.hostAt,
          message: `nginx looks \`${address.host}\` up once: after \`${peer.service}\` (${replicas}) is scaled or recreated, requests follow only after a reload, ${way}.`,
          related,
        };
      }
    }
  },
};
