import { didYouMean } from '../../text/words.js';
import { closest, ownNames } from '../closest.js';
import { isProxySection, type Section } from '../haproxy/parse.js';
import type { Word } from '../word.js';
import type { HaproxyRule } from '../rule.js';

export const haproxyUnknownAcl: HaproxyRule = {
  id: 'haproxy-unknown-acl',
  severity: 'error',
  proxy: 'haproxy',
  docs: {
    summary: 'A condition names ACLs of its own section.',
    why: 'HAProxy refuses a condition with an ACL that is not defined in the section, or in the named `defaults` it takes from.',
    bad: 'frontend web\n  bind :80\n  acl is_api path_beg /api\n  use_backend api if is_apl\n\nbackend api\n  server api1 api:8000\n',
    good: 'frontend web\n  bind :80\n  acl is_api path_beg /api\n  use_backend api if is_api\n\nbackend api\n  server api1 api:8000\n',
    tool: "no such ACL : 'is_apl'",
  },
  *check({ file }) {
    const inDefaults = file.sections.filter((section) => section.kind === 'defaults').flatMap(aclNames);
    for (const section of file.sections) {
      if (!isProxySection(section)) continue;
      const defined = new Set([...aclNames(section), ...inDefaults]);
      for (const line of section.lines) {
        if (!conditional.has(line.keyword.value)) continue;
        const word = line.args.findLastIndex(
          ({ value, quote }) => (value === 'if' || value === 'unless') && quote === undefined,
        );
        if (word < 0) continue;
        for (const name of conditionNames(line.args.slice(word + 1))) {
          const bare = name.value.replace(/^!/, '');
          if (bare === '' || defined.has(bare) || predefined.has(bare.toUpperCase()) || bare.includes('$')) continue;
          const meant = closest(bare, defined, ownNames);
          yield {
            at: name,
            message: `The section has no ACL \`${bare}\`: HAProxy refuses the file.${didYouMean(meant)}`,
          };
        }
      }
    }
  },
};

const conditional: ReadonlySet<string> = new Set([
  'use_backend',
  'use-server',
  'http-request',
  'http-response',
  'http-after-response',
  'tcp-request',
  'tcp-response',
  'redirect',
  'force-persist',
  'ignore-persist',
  'stats',
  'monitor',
]);

const predefined: ReadonlySet<string> = new Set([
  'FALSE',
  'TRUE',
  'LOCALHOST',
  'HTTP',
  'HTTP_1.0',
  'HTTP_1.1',
  'HTTP_2.0',
  'HTTP_3.0',
  'HTTP_CONTENT',
  'HTTP_URL_ABS',
  'HTTP_URL_SLASH',
  'HTTP_URL_STAR',
  'METH_CONNECT',
  'METH_DELETE',
  'METH_GET',
  'METH_HEAD',
  'METH_OPTIONS',
  'METH_POST',
  'METH_PUT',
  'METH_TRACE',
  'RDP_COOKIE',
  'REQ_CONTENT',
  'WAIT_END',
]);

function aclNames(section: Section): readonly string[] {
  return section.lines.flatMap((line) => (line.keyword.value === 'acl' && line.args[0] ? [line.args[0].value] : []));
}

/** The names of a condition: not `||`, `or`, `!`, and nothing between braces, which defines an ACL on the spot. */
function* conditionNames(words: readonly Word[]): Generator<Word> {
  let depth = 0;
  for (const word of words) {
    const { value } = word;
    if (value === '{' || value === '!{') depth++;
    else if (value === '}') depth--;
    else if (depth === 0 && value !== '||' && value !== 'or' && value !== '!') yield word;
  }
}
