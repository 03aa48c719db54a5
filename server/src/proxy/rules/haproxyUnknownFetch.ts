import { replaceText } from '../fixes.js';
import { didYouMean } from '../../text/words.js';
import { closest } from '../closest.js';
import { proxyLines, type Line } from '../haproxy/parse.js';
import { fetches } from '../haproxy/words.js';
import type { Word } from '../word.js';
import type { HaproxyRule } from '../rule.js';

export const haproxyUnknownFetch: HaproxyRule = {
  id: 'haproxy-unknown-fetch',
  severity: 'error',
  proxy: 'haproxy',
  docs: {
    summary: 'A condition looks at something that HAProxy knows.',
    why: 'HAProxy refuses an `acl`, or a condition in braces, with a criterion it does not know.',
    bad: 'frontend web\n  bind :80\n  mode http\n  acl is_api path_begin /api\n  http-request deny if is_api\n',
    good: 'frontend web\n  bind :80\n  mode http\n  acl is_api path_beg /api\n  http-request deny if is_api\n',
    tool: "unknown fetch method 'path_begin' in ACL expression",
  },
  *check({ file }) {
    for (const line of proxyLines(file)) {
      for (const word of criteria(line)) {
        const name = /^[\w.+-]*/.exec(word.value)?.[0] ?? '';
        if (name === '' || fetches.has(name) || ofOthers.test(name) || /\$|%/.test(word.value)) continue;
        const meant = closest(name, fetches);
        yield {
          at: word,
          message: `HAProxy knows no criterion \`${name}\` and refuses the file.${didYouMean(meant)}`,
          fixes:
            meant && word.value.length === word.end - word.start
              ? replaceText({ start: word.start, end: word.start + name.length }, meant)
              : [],
        };
      }
    }
  },
};

/** What Lua scripts and add-ons define. */
const ofOthers = /^(?:lua\.|51d\.|da-|wurfl-|bot-|waf-|fingerprint_|ot\.)/;

/** The word after the name of an `acl`, and the first one between the braces of a condition. */
function* criteria({ keyword, args }: Line): Iterable<Word> {
  if (keyword.value === 'acl') {
    const [, criterion] = args;
    if (criterion) yield criterion;
    return;
  }
  const from = args.findIndex(({ value, quote }) => quote === undefined && (value === 'if' || value === 'unless'));
  if (from < 0) return;
  for (let index = from + 1; index < args.length; index++) {
    const word = args[index];
    const next = args[index + 1];
    if (word && /^!*\{$/.test(word.value) && next) yield next;
  }
}
