import { replaceText } from '../fixes.js';
import { didYouMean } from '../../text/words.js';
import { closest } from '../closest.js';
import keywords from '../haproxy/keywords.json';
import { isProxySection, sectionKinds } from '../haproxy/parse.js';
import type { Word } from '../word.js';
import type { Finding, HaproxyRule } from '../rule.js';

export const haproxyUnknownKeyword: HaproxyRule = {
  id: 'haproxy-unknown-keyword',
  severity: 'error',
  proxy: 'haproxy',
  docs: {
    summary: 'A line begins with a keyword of its section.',
    why: 'HAProxy refuses a file with an unknown keyword or section.',
    bad: 'backend api\n  servers api1 api:8000\n',
    good: 'backend api\n  server api1 api:8000\n',
    tool: "unknown keyword 'servers' in 'backend' section",
  },
  *check({ file }) {
    for (const line of file.stray) {
      const meant = closest(line.keyword.value, sectionKinds);
      yield finding(line.keyword, `\`${line.keyword.value}\` is no section, and no section is open`, meant);
    }
    for (const section of file.sections) {
      const known = knownIn.get(isProxySection(section) ? 'proxy' : section.kind);
      if (known === undefined) continue;
      for (const line of section.lines) {
        const { value } = line.keyword;
        if (!known.has(value)) {
          const meant = closest(value, section.lines.at(-1) === line ? [...known, ...sectionKinds] : known);
          yield finding(line.keyword, `HAProxy knows no \`${value}\` in \`${section.kind}\``, meant);
        } else if (value === 'option' && isProxySection(section)) {
          const [option] = line.args;
          if (option === undefined || options.has(option.value)) continue;
          const meant = closest(option.value, options);
          yield finding(option, `HAProxy knows no option \`${option.value}\``, meant);
        }
      }
    }
  },
};

const knownIn: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(keywords.sections).map(([kind, list]) => [kind, new Set(list)]),
);
const options: ReadonlySet<string> = new Set(keywords.options);

function finding(at: Word, fault: string, meant: string | undefined): Finding {
  return {
    at,
    message: `${fault}, and refuses the file.${didYouMean(meant)}`,
    fixes: meant ? replaceText(at, meant) : [],
  };
}
