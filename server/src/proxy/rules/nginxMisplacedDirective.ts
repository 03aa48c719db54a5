import { listed } from '../../text/words.js';
import { directives, factAt, placeName, type DirectiveFact, type Place } from '../nginx/directives.js';
import { placedDirectives } from '../nginx/walk.js';
import type { NginxRule } from '../rule.js';

export const nginxMisplacedDirective: NginxRule = {
  id: 'nginx-misplaced-directive',
  severity: 'error',
  proxy: 'nginx',
  docs: {
    summary: 'A directive stands in a block that allows it.',
    why: 'nginx refuses the file otherwise. The commonest cases: `proxy_pass` directly in `server`, and a whole `http { … }` in a file of `conf.d`, which is already read inside `http`.',
    bad: 'server {\n  listen 80;\n  proxy_pass http://api:8000;\n  location /health {\n    return 200;\n  }\n}\n',
    good: 'server {\n  listen 80;\n  location / {\n    proxy_pass http://api:8000;\n  }\n  location /health {\n    return 200;\n  }\n}\n',
    tool: '"proxy_pass" directive is not allowed here',
  },
  *check({ file, place, placeKnown }) {
    for (const placed of placedDirectives(file, place)) {
      const { directive } = placed;
      const name = directive.name.value;
      const facts = directives.get(name);
      if (facts === undefined || factAt(name, placed.place)) continue;
      const guessed = directive.parent === undefined && !placeKnown;
      const where = placesOf(facts);
      yield {
        at: directive.name,
        message: `\`${name}\` is not allowed in ${placeName(placed.place)}: nginx refuses the file.${where ? ` It belongs in ${where}.` : ''}`,
        ...(guessed && { severity: 'warning' }),
      };
    }
  },
};

function placesOf(facts: readonly DirectiveFact[]): string {
  const names = new Set(
    facts.flatMap((fact) => Array.from(fact.places as Iterable<string>)).map((place) => placeName(place as Place)),
  );
  return listed([...names].slice(0, 4), 'or');
}
