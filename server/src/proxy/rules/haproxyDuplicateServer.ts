import type { Server } from '../upstream.js';
import type { HaproxyRule } from '../rule.js';

export const haproxyDuplicateServer: HaproxyRule = {
  id: 'haproxy-duplicate-server',
  severity: 'error',
  proxy: 'haproxy',
  docs: {
    summary: 'Servers of a backend have different names.',
    why: 'HAProxy refuses two servers of one name in a backend.',
    bad: 'backend api\n  server api a:8000\n  server api b:8000\n',
    good: 'backend api\n  server api1 a:8000\n  server api2 b:8000\n',
    tool: "another server named 'api' was already defined",
  },
  *check({ model }) {
    for (const group of model.groups) {
      const seen = new Map<string, Server>();
      for (const server of group.servers) {
        const { name } = server;
        if (name === undefined || server.template || name.includes('$')) continue;
        const first = seen.get(name);
        if (first === undefined) seen.set(name, server);
        else {
          yield {
            at: server.at,
            message: `\`${group.name}\` has another server named \`${name}\`: HAProxy refuses the file.`,
            near: [{ at: first.at, message: 'The first one is here.' }],
          };
        }
      }
    }
  },
};
