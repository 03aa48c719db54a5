import { firstInBlock } from '../nginx/firstInBlock.js';
import { placedDirectives } from '../nginx/walk.js';
import type { Directive } from '../nginx/parse.js';
import type { NginxRule } from '../rule.js';

export const nginxDuplicateLocation: NginxRule = {
  id: 'nginx-duplicate-location',
  severity: 'error',
  proxy: 'nginx',
  docs: {
    summary: 'Locations of one server differ.',
    why: 'nginx refuses two locations with the same path.',
    bad: 'server {\n  location / {\n    root /a;\n  }\n  location / {\n    root /b;\n  }\n}\n',
    good: 'server {\n  location / {\n    root /a;\n  }\n  location /b/ {\n    root /b;\n  }\n}\n',
    tool: 'duplicate location "/"',
  },
  *check({ file, place }) {
    const firstOf = firstInBlock();
    for (const { directive } of placedDirectives(file, place)) {
      if (directive.name.value !== 'location' || !directive.block) continue;
      const key = keyOf(directive);
      const first = key === undefined ? undefined : firstOf(directive, key);
      if (!first) continue;
      yield {
        at: { start: directive.name.start, end: directive.args.at(-1)?.end ?? directive.name.end },
        message: `A second location \`${directive.args.map((arg) => arg.value).join(' ')}\` in the same block: nginx refuses the file.`,
        near: [{ at: first.name, message: 'The first one is here.' }],
      };
    }
  },
};

/** Regular expressions are tried in order and may repeat, as named locations may; `^~` differs from none in priority only. */
function keyOf(location: Directive): string | undefined {
  const [first, second] = location.args;
  if (first === undefined || /^[~@]/.test(first.value)) return undefined;
  if (second === undefined)
    return first.value.startsWith('=') && first.value.length > 1 ? `= ${first.value.slice(1)}` : first.value;
  return first.value === '=' ? `= ${second.value}` : second.value;
}
