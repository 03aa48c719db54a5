import { replaceText } from '../fixes.js';
import { placedDirectives } from '../nginx/walk.js';
import type { Directive } from '../nginx/parse.js';
import type { NginxRule } from '../rule.js';

export const nginxPassUri: NginxRule = {
  id: 'nginx-pass-uri',
  severity: 'error',
  proxy: 'nginx',
  docs: {
    summary: 'No path in `proxy_pass` where nginx could not replace the prefix by it.',
    why: 'In a location given by a regular expression, in a named location, in `if` and in `limit_except` there is no prefix. nginx refuses a path there, even a lone `/`.',
    bad: 'location ~ ^/api {\n  proxy_pass http://api:8000/;\n}\n',
    good: 'location ~ ^/api {\n  proxy_pass http://api:8000;\n}\n',
    tool: '"proxy_pass" cannot have URI part in location given by regular expression',
  },
  *check({ file, place }) {
    for (const { directive, place: at } of placedDirectives(file, place)) {
      const [word] = directive.args;
      if (directive.name.value !== 'proxy_pass' || word === undefined || word.value.includes('$')) continue;
      const uri = /^https?:\/\/[^/?]+([/?].*)$/i.exec(word.value)?.[1];
      const where = at === 'j' ? 'inside `if`' : at === 'x' ? 'inside `limit_except`' : unprefixed(directive.parent);
      if (uri === undefined || where === undefined || word.value.includes('://unix:')) continue;
      const end = word.end - (word.quote ? 1 : 0);
      yield {
        at: word,
        message: `\`proxy_pass\` cannot have the path \`${uri}\` ${where}: nginx refuses the file.`,
        fixes: replaceText({ start: end - uri.length, end }, '', `Remove \`${uri}\``),
      };
    }
  },
};

function unprefixed(location: Directive | undefined): string | undefined {
  const [first] = location?.args ?? [];
  if (location?.name.value !== 'location' || first === undefined) return undefined;
  if (/^~\*?/.test(first.value)) return 'in a location given by a regular expression';
  return first.value.startsWith('@') ? 'in a named location' : undefined;
}
