import { placedDirectives } from '../nginx/walk.js';
import type { Directive } from '../nginx/parse.js';
import type { Finding, NginxRule } from '../rule.js';

export const nginxMapEntries: NginxRule = {
  id: 'nginx-map-entries',
  severity: 'error',
  proxy: 'nginx',
  docs: {
    summary: 'An entry of `map` or `geo` is a key and a value.',
    why: 'nginx refuses an entry with another number of words: most often a `;` is missing, or a value with a blank has no quotes.',
    bad: 'map $host $back {\n  default web:80;\n  a.example.com app 8000;\n}\n',
    good: 'map $host $back {\n  default web:80;\n  a.example.com app:8000;\n}\n',
    tool: 'invalid number of the map parameters',
  },
  *check({ file, place }) {
    for (const { directive } of placedDirectives(file, place)) {
      const flags = alone[directive.name.value];
      if (!flags) continue;
      for (const entry of directive.block?.directives ?? []) {
        const wanted = flags.has(entry.name.value) && entry.name.quote === undefined ? 0 : 1;
        // A flag may be a key as well.
        if (entry.args.length === wanted || entry.args.length === 1) continue;
        yield tell(entry, directive.name.value);
      }
    }
  },
};

/** What stands alone in each block. */
const alone: Readonly<Record<string, ReadonlySet<string>>> = {
  map: new Set(['hostnames', 'volatile']),
  geo: new Set(['ranges', 'proxy_recursive']),
};

function tell(entry: Directive, block: string): Finding {
  const words = entry.args.length + 1;
  return {
    at: entry.name,
    message: `This entry of \`${block}\` has ${words === 1 ? 'one word' : `${words} words`} and not a key and a value: nginx refuses the file.`,
  };
}
