import { directives } from '../nginx/directives.js';
import { findName } from '../neighbourhood.js';
import type { Directive, NginxFile } from '../nginx/parse.js';
import type { NginxRule } from '../rule.js';
import { allDirectives } from '../nginx/walk.js';

export const nginxLeastConn: NginxRule = {
  id: 'nginx-least-conn',
  severity: 'hint',
  proxy: 'nginx',
  docs: {
    summary: 'Long requests are shared out by open connections.',
    why: 'Round robin sends a request to the next server even while that one is still busy with a long one. Where requests last minutes, as with model inference, `least_conn` sends them to the server with the fewest.',
    bad: 'upstream api {\n  server a:8000;\n  server b:8000;\n}\nserver {\n  location / {\n    proxy_pass http://api;\n    proxy_read_timeout 600s;\n  }\n}\n',
    good: 'upstream api {\n  least_conn;\n  server a:8000;\n  server b:8000;\n}\nserver {\n  location / {\n    proxy_pass http://api;\n    proxy_read_timeout 600s;\n  }\n}\n',
  },
  *check({ file, model }, { neighbourhood }) {
    const timeouts = readTimeouts(file);
    const patient = new Map<string, number>();
    for (const directive of allDirectives(file.directives)) {
      if (!directive.name.value.endsWith('_pass') || !directives.has(directive.name.value)) continue;
      const seconds = patience(directive, timeouts);
      const name = /^(?:\w+:\/\/)?([^:/$]+)/.exec(directive.args[0]?.value ?? '')?.[1]?.toLowerCase();
      if (name !== undefined && seconds !== undefined) patient.set(name, Math.max(seconds, patient.get(name) ?? 0));
    }
    for (const group of model.groups) {
      const seconds = patient.get(group.name.toLowerCase()) ?? 0;
      const [first] = group.servers;
      if (group.method || first === undefined || seconds < long) continue;
      const servers = group.servers.reduce(
        (sum, { address }) => sum + ((neighbourhood && findName(neighbourhood, address.host)?.peer?.replicas) ?? 1),
        0,
      );
      if (servers < 2) continue;
      const indent = /[ \t]*$/.exec(file.text.slice(0, first.at.start))?.[0] ?? '';
      yield {
        at: group.nameAt,
        message: `Requests to \`${group.name}\` may last ${seconds} s: with \`least_conn\` a new one goes to the server with the fewest, not to the next.`,
        fixes: [
          {
            title: 'Add `least_conn;`',
            edits: [{ start: first.at.start, end: first.at.start, text: `least_conn;\n${indent}` }],
          },
        ],
      };
    }
  },
};

/** Seconds from which a request is long: nginx gives up after 60 unless told otherwise. */
const long = 120;

/** The `…_read_timeout` directives of a file by name and block. */
function readTimeouts(file: NginxFile): ReadonlyMap<string, ReadonlyMap<Directive | undefined, string>> {
  const found = new Map<string, Map<Directive | undefined, string>>();
  for (const { name, args, parent } of allDirectives(file.directives)) {
    if (!name.value.endsWith('_read_timeout') || args[0] === undefined) continue;
    const blocks = found.get(name.value) ?? new Map<Directive | undefined, string>();
    found.set(name.value, blocks.set(parent, args[0].value));
  }
  return found;
}

/** Seconds that count for a pass: its own block's, or the nearest around it. */
function patience(pass: Directive, timeouts: ReturnType<typeof readTimeouts>): number | undefined {
  const blocks = timeouts.get(pass.name.value.replace(/_pass$/, '_read_timeout'));
  for (let scope: Directive | undefined = pass; scope && blocks; scope = scope.parent) {
    const found = blocks.get(scope.parent);
    if (found !== undefined) return inSeconds(found);
  }
  return undefined;
}

function inSeconds(text: string): number | undefined {
  const [, digits, unit = 's'] = /^(\d+)(ms|[smhd])?$/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * ({ ms: 0.001, s: 1, m: 60, h: 3600, d: 86400 }[unit] ?? 1);
}
