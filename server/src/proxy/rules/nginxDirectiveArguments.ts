import { listed } from '../../text/words.js';
import { directives, factAt, type DirectiveFact } from '../nginx/directives.js';
import { placedDirectives } from '../nginx/walk.js';
import type { Directive } from '../nginx/parse.js';
import { insertText } from '../fixes.js';
import type { Fix, NginxRule } from '../rule.js';

export const nginxDirectiveArguments: NginxRule = {
  id: 'nginx-directive-arguments',
  severity: 'error',
  proxy: 'nginx',
  docs: {
    summary: 'A directive has as many arguments as nginx expects.',
    why: 'nginx refuses the file otherwise. Mostly a `;` is missing, so that the next line is read as arguments, or a value with a space lacks its quotes.',
    bad: 'location / {\n  proxy_pass http://api:8000\n  proxy_set_header Host $host;\n}\n',
    good: 'location / {\n  proxy_pass http://api:8000;\n  proxy_set_header Host $host;\n}\n',
    tool: 'invalid number of arguments in "proxy_pass" directive',
  },
  *check({ file, place, template }) {
    for (const placed of placedDirectives(file, place)) {
      const { directive } = placed;
      const fact = factAt(directive.name.value, placed.place);
      if (fact === undefined) continue;
      const { value } = directive.name;
      if (fact.block && !directive.block) {
        yield { at: directive.name, message: `\`${value}\` needs a block in braces: nginx refuses the file.` };
      } else if (!fact.block && directive.block) {
        yield {
          at: directive.name,
          message: `\`${value}\` takes no block: it ends with \`;\`, and nginx refuses the file.`,
          fixes: addSemicolon(file.text, directive),
        };
      } else if (
        !fits(fact, directive.args.length) &&
        !(template && directive.args.some((arg) => /\$\{/.test(arg.value)))
      ) {
        yield {
          at: directive.name,
          message: `\`${value}\` has ${counted(directive.args.length)}, nginx expects ${expected(fact)} and refuses the file.`,
          fixes: addSemicolon(file.text, directive),
        };
      }
    }
  },
};

function fits(fact: DirectiveFact, count: number): boolean {
  return fact.counts ? fact.counts.has(count) : count >= fact.least;
}

function counted(count: number): string {
  return count === 0 ? 'no argument' : count === 1 ? 'one argument' : `${count} arguments`;
}

function expected(fact: DirectiveFact): string {
  if (!fact.counts) return `at least ${counted(fact.least)}`;
  const counts = [...fact.counts];
  if (counts.length === 1) return counts[0] === 0 ? 'none' : counts[0] === 1 ? 'one' : String(counts[0]);
  return listed(counts.map(String), 'or');
}

/** Where a later line begins with a directive's name, the `;` before it is what is missing. */
function addSemicolon(text: string, directive: Directive): readonly Fix[] {
  const words = [directive.name, ...directive.args];
  for (const [index, word] of words.entries()) {
    const before = words[index - 1];
    if (before && directives.has(word.value) && text.slice(before.end, word.start).includes('\n')) {
      return insertText(before.end, ';', `Add \`;\` after \`${before.value}\``);
    }
  }
  return [];
}
