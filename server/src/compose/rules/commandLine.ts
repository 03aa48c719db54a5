import { parseCommandLine, type CommandLine } from '../model/commandLine.js';
import { items, written, get, known, type ScalarValue, type Value } from '../model/value.js';
import { targets, refuses, type Target } from '../target.js';
import { replaceText, type Fixes } from './fixes.js';
import { misread, within } from './grammar.js';
import type { Finding, ServiceRule } from './rule.js';

export const commandLine: ServiceRule = {
  id: 'command-line',
  scope: 'service',
  severity: 'error',
  targets,
  docs: {
    summary: 'A command cannot be split into words, or is written as if a shell would read it.',
    why: 'A command that is one text is split into words, and no shell sees it. docker compose drops everything from the first `;`, `&`, `|`, `<` or `>` outside of quotes without a word; docker stack hands such a word to the program as an argument. A shell is a program like any other: `["sh", "-c", "…"]`.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    command: nginx -t && nginx -g "daemon off;"\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    command: ["sh", "-c", "nginx -t && nginx -g \\"daemon off;\\""]\n',
    tool: 'invalid command line string',
  },
  *check({ value }, { target }) {
    const lines = [get(value, 'command'), get(value, 'entrypoint')];
    for (const hook of ['post_start', 'pre_stop']) {
      lines.push(...items(get(value, hook)).map((item) => get(item, 'command')));
    }
    for (const line of lines) yield* checkLine(line, target);
  },
};

function* checkLine(value: Value | undefined, target: Target): Iterable<Finding> {
  yield* misread(value, (text) => parseCommandLine(text, target), `${refuses[target]}.`);
  const line = known(value);
  if (typeof line?.value !== 'string') return;
  const found = shellWord(line.value, parseCommandLine(line.value, target).value);
  if (!found) return;
  const [start, word] = found;
  yield {
    at: within(line, { start, end: target === 'compose' ? line.value.trimEnd().length : start + word.length }),
    severity: 'warning',
    message:
      target === 'compose'
        ? `No shell reads this: docker compose drops everything from \`${word}\` on.`
        : `No shell reads this: \`${word}\` is given to the program as an argument.`,
    fixes: inShell(line, line.value),
  };
}

/** Where a text is first meant for a shell, and what stands there. A stack keeps it as a word. */
function shellWord(text: string, line: CommandLine | undefined): readonly [start: number, word: string] | undefined {
  if (line?.dropped !== undefined) return [line.dropped, /^[;&|<>]+/.exec(text.slice(line.dropped))?.[0] ?? ''];
  const word = line?.words.find((it) => /^(?:&&|\|\|?|;|[12]?>>?|<)$/.test(it));
  const at = word === undefined ? -1 : text.search(new RegExp(`(?<=\\s|^)${word.replace(/[|]/g, '\\|')}(?=\\s|$)`));
  return word === undefined || at < 0 ? undefined : [at, word];
}

function inShell(line: ScalarValue, text: string): Fixes {
  const isOneLine = !line.interpolated && !written(line.at).includes('\n') && !line.text.includes('$');
  if (!isOneLine) return [];
  return replaceText(line.at, `["sh", "-c", ${JSON.stringify(text)}]`, 'Run it in a shell');
}
