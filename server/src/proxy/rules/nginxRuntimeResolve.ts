import { insertText } from '../fixes.js';
import type { Place } from '../nginx/directives.js';
import type { NginxFile } from '../nginx/parse.js';
import { placedDirectives } from '../nginx/walk.js';
import type { Finding, NginxRule } from '../rule.js';
import type { Group, Param, Server } from '../upstream.js';
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
  *check({ file, model, place }, { complete, siblings, version }) {
    if (!isFrom(version, '1.27.3')) return;
    const { zones, resolvers, outer } = around(file, place);
    const isLookedUp = outer || siblings.some((sibling) => sibling.model.resolvers.length > 0);
    for (const group of model.groups) {
      for (const server of group.servers) yield* besideService(server);
      const first = group.servers
        .filter(({ address }) => address.sort !== 'ip') // nginx has nothing to look up there
        .flatMap((server) => server.params)
        .find((param) => param.name === 'resolve');
      if (first === undefined) continue;
      if (!zones.has(group.at.start) && !group.open) yield withoutZone(first, group, file.text);
      if (isLookedUp || resolvers.has(group.at.start)) continue;
      yield {
        at: first.at,
        message:
          '`resolve` needs a name server: without `resolver 127.0.0.11;` in `http` or in the upstream nginx refuses the file.',
        ...(!complete && place !== 'm' && { severity: 'warning' }),
      };
    }
  },
};

/** The upstreams with a `zone` and those with a `resolver`, by where they start, and whether there is one around all of them. */
function around(
  file: NginxFile,
  place: Place,
): { readonly zones: ReadonlySet<number>; readonly resolvers: ReadonlySet<number>; readonly outer: boolean } {
  const zones = new Set<number>();
  const resolvers = new Set<number>();
  let outer = false;
  for (const { directive, place: at } of placedDirectives(file, place)) {
    const upstream = directive.parent?.start;
    if (directive.name.value === 'zone' && upstream !== undefined) zones.add(upstream);
    if (directive.name.value !== 'resolver') continue;
    if (upstream !== undefined && (at === 'u' || at === 'U')) resolvers.add(upstream);
    if (at === 'h' || at === 'H') outer = true;
  }
  return { zones, resolvers, outer };
}

/** `service=` takes the port from DNS, which `resolve` asks. */
function* besideService({ params, address }: Server): Generator<Finding> {
  const service = params.find((param) => param.name === 'service');
  if (!service) return;
  if (!params.some((param) => param.name === 'resolve')) {
    yield { at: service.at, message: '`service=` needs `resolve` beside it: nginx refuses the file.' };
  }
  if (address.port) {
    yield {
      at: address.at,
      message: 'With `service=` the port comes from DNS and must not be written: nginx refuses the file.',
    };
  }
}

function withoutZone({ at }: Param, { name, servers }: Group, text: string): Finding {
  const line = `zone ${name} 64k;`;
  const start = servers[0]?.at.start ?? at.start;
  const indent = /[ \t]*$/.exec(text.slice(0, start))?.[0] ?? '';
  return {
    at,
    message: `\`resolve\` needs shared memory for the upstream: without \`${line}\` nginx refuses the file.`,
    fixes: insertText(start, `${line}\n${indent}`, `Add \`${line}\``),
  };
}
