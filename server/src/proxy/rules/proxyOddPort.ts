import { findName, type Neighbourhood, type Peer } from '../neighbourhood.js';
import type { CommonRule } from '../rule.js';
import { portOf, type Group, type Server } from '../upstream.js';

export const proxyOddPort: CommonRule = {
  id: 'proxy-odd-port',
  severity: 'hint',
  proxy: 'any',
  docs: {
    summary: 'Servers of one upstream are asked on the same port, where nothing else is known of them.',
    why: 'Servers of an upstream mostly run the same program. One port that differs from the others is often a slip, and its requests end with 502.',
    bad: 'upstream api {\n  server app1:8000;\n  server app2:8000;\n  server app3:800;\n}\nserver {\n  location / {\n    proxy_pass http://api;\n  }\n}\n',
    good: 'upstream api {\n  server app1:8000;\n  server app2:8000;\n  server app3:8000;\n}\nserver {\n  location / {\n    proxy_pass http://api;\n  }\n}\n',
  },
  *check({ model }, { neighbourhood }) {
    if (!neighbourhood) return;
    for (const group of model.groups) {
      const odd = oddOne(group, neighbourhood);
      if (!odd) continue;
      const { address } = odd.server;
      yield {
        at: address.port?.at ?? address.at,
        message: `${odd.others} of \`${group.name}\` ${odd.others.startsWith('The') ? 'are' : 'is'} asked on port ${odd.usual}; nothing says that \`${address.host}\` listens on ${portOf(address) ?? '?'}.`,
        related: [{ service: odd.peer.service, message: 'It declares no port.' }],
      };
    }
  },
};

interface Asked {
  readonly server: Server;
  readonly peer: Peer;
  readonly port: number;
}

/** The one server whose port differs from that of all the others; of two, the second, where both run the same. */
function oddOne(
  { servers }: Group,
  neighbourhood: Neighbourhood,
): (Asked & { readonly usual: number; readonly others: string }) | undefined {
  const asked: Asked[] = [];
  for (const server of servers) {
    const peer = findName(neighbourhood, server.address.host)?.peer;
    const port = portOf(server.address);
    if (!peer || port === undefined) return undefined;
    asked.push({ server, peer, port });
  }
  if (new Set(asked.map(({ peer }) => peer.service)).size < asked.length) return undefined;
  const byPort = new Map<number, Asked[]>();
  for (const one of asked) byPort.set(one.port, [...(byPort.get(one.port) ?? []), one]);
  const [some = [], others = []] = [...byPort.values()].sort((a, b) => b.length - a.length);
  const [odd] = others;
  const [usual] = some;
  if (byPort.size !== 2 || others.length > 1 || !odd || !usual || odd.peer.ports.length > 0) return undefined;
  if (some.length === 1 && (odd.peer.runs === undefined || odd.peer.runs !== usual.peer.runs)) return undefined;
  const name = some.length === 1 ? `\`${usual.server.address.host}\`, which runs the same, ` : 'The other servers';
  return { ...odd, usual: usual.port, others: name.trim() };
}
