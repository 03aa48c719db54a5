import { replaceText } from '../fixes.js';
import { didYouMean } from '../../text/words.js';
import { closest } from '../closest.js';
import { proxyLines, type Line } from '../haproxy/parse.js';
import { actionsOf, isAction } from '../haproxy/words.js';
import type { Word } from '../word.js';
import type { HaproxyRule } from '../rule.js';

export const haproxyUnknownAction: HaproxyRule = {
  id: 'haproxy-unknown-action',
  severity: 'error',
  proxy: 'haproxy',
  docs: {
    summary: 'A rule does something that its rule set can do.',
    why: 'HAProxy refuses an unknown action, and one of another rule set.',
    bad: 'frontend web\n  bind :80\n  mode http\n  http-request set-heather X-Real-IP %[src]\n',
    good: 'frontend web\n  bind :80\n  mode http\n  http-request set-header X-Real-IP %[src]\n',
    tool: "'http-request' expects 'set-header', … but got 'set-heather'",
  },
  *check({ file }) {
    for (const line of proxyLines(file)) {
      const rule = ruleOf(line);
      const actions = rule && actionsOf(rule.rules);
      if (!actions) continue;
      const { rules, action } = rule;
      if (action === undefined) {
        yield { at: line.keyword, message: `\`${rules}\` needs an action: HAProxy refuses the file.` };
      } else if (!isAction(actions, action.value) && !action.value.includes('$')) {
        const meant = closest(
          action.value,
          Array.from(actions, (it) => it.replace(/\*$/, '')),
        );
        yield {
          at: action,
          message: `\`${rules}\` has no action \`${action.value}\`: HAProxy refuses the file.${didYouMean(meant)}`,
          fixes: meant ? replaceText(action, meant) : [],
        };
      }
    }
  },
};

/** The rule set a line belongs to, with its action; `tcp-request` and `tcp-response` have several, which their first word tells apart. */
function ruleOf({ keyword, args }: Line): { readonly rules: string; readonly action: Word | undefined } | undefined {
  if (!/^tcp-re/.test(keyword.value)) return { rules: keyword.value, action: args[0] };
  return { rules: `${keyword.value} ${args[0]?.value ?? ''}`, action: args[1] };
}
