import { insertText } from '../fixes.js';
import type { NginxRule } from '../rule.js';
import { placedDirectives } from '../nginx/walk.js';
import { isFrom } from '../version.js';

export const nginxRuntimeResolve: NginxRule = {
  id: 'nginx-runtime-resolve',
  severity: 'error',
  proxy: 'nginx',
  docs: {
    summary: '`resolve` has what it needs: a `zone` in the upstream and a `resolver`.',
    why: 'nginx refuses `server … resolve` without shared memory for the upstream and without a name server. In containers the name server is 127.0.0.11.',
    bad: 'resolver 127.0.0.11;\nupstream api {\n  server api:8000 resolve;\n}\n',
    good: 'resolver 127.0.0.11;\nupstream api {\n  zone api 64k;\n  server api:8000 resolve;\n}\n',
    tool: 'resolving names at run time requires upstream "api" to be in shared memory',
  },
  *check({ file, model, place, placeKnown }, { complete, siblings, version }) {
    if (!isFrom(version, '1.27.3')) return;
    const zones = new Set<number>();
    const own = new Set<number>();
    let outer = siblings.some((sibling) => sibling.model.resolvers.length > 0);
    for (const { directive, place: at } of placedDirectives(file, place)) {
      const upstream = directive.parent?.start;
      if (directive.name.value === 'zone' && upstream !== undefined) zones.add(upstream);
      if (directive.name.value !== 'resolver') continue;
      if (upstream !== undefined && (at === 'u' || at === 'U')) own.add(upstream);
      if (at === 'h' || at === 'H') outer = true;
    }
    const whole = complete || (placeKnown && place === 'm') || place === 'm';
    for (const group of model.groups) {
      const resolving = group.servers
        .filter(({ address }) => address.sort !== 'ip') // nginx has nothing to look up there
        .flatMap((server) => server.params)
        .filter((param) => param.name === 'resolve');
      const [first] = resolving;
      for (const server of group.servers) {
        const service = server.params.find((param) => param.name === 'service');
        if (!service) continue;
        if (!server.params.some((param) => param.name === 'resolve')) {
          yield { at: service.at, message: '`service=` needs `resolve` beside it: nginx refuses the file.' };
        }
        if (server.address.port) {
          yield {
            at: server.address.at,
            message: 'With `service=` the port comes from DNS and must not be written: nginx refuses the file.',
          };
        }
      }
      if (first === undefined) continue;
      if (!zones.has(group.at.start) && !group.open) {
        const line = `zone ${group.name} 64k;`;
        const firstServer = group.servers[0]?.at.start ?? first.at.start;
        const indent = /[ \t]*$/.exec(file.text.slice(0, firstServer))?.[0] ?? '';
        yield {
          at: first.at,
          message: `\`resolve\` needs shared memory for the upstream: without \`zone ${group.name} 64k;\` nginx refuses the file.`,
          fixes: insertText(firstServer, `${line}\n${indent}`, `Add \`${line}\``),
        };
      }
      if (!outer && !own.has(group.at.start)) {
        yield {
          at: first.at,
          message:
            '`resolve` needs a name server: without `resolver 127.0.0.11;` in `http` or in the upstream nginx refuses the file.',
          ...(!whole && { severity: 'warning' }),
        };
      }
    }
  },
};
