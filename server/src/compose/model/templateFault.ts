import type { Target } from '../target.js';
import type { Problem } from './problem.js';

/** What docker compose takes behind a name. */
export const composeOperators = [':-', '-', ':?', '?', ':+', '+'] as const;

/** In the order docker stack looks for them, anywhere behind the name. */
export const stackOperators = [':-', '-', ':?', '?'] as const;

/** What the author seems to mean with the `$` at `at` that starts no variable, and why it is none. */
export function explain(text: string, at: number, end: number, target: Target): Problem {
  const newline = text.indexOf('\n', at);
  const lineEnd = newline === -1 ? end : Math.min(newline, end);
  const braced = text[at + 1] === '{';
  const brace = braced ? text.indexOf('}', at) : -1;
  const closed = brace !== -1 && brace < lineEnd;
  const span = { start: at, end: closed ? brace + 1 : Math.min(braced ? lineEnd : at + 2, lineEnd) };
  const written = text.slice(span.start, span.end);
  return { ...span, message: reason(shortened(written), braced, closed, target) };
}

/** Each `$` of a long line would tell the rest of it. */
function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function reason(written: string, braced: boolean, closed: boolean, target: Target): string {
  const escape = 'Write `$$` for a plain `$`.';
  if (!braced) return `\`${written}\` is no variable. ${escape}`;
  if (!closed) return `\`${written}\` has no closing \`}\`. ${escape}`;
  if (written === '${}') return `\`${written}\` names no variable. ${escape}`;
  if (target === 'stack' && /^\$\{\w+:?\+/.test(written)) return `docker stack knows no \`+\`, as in \`${written}\`.`;
  const operators = (target === 'compose' ? composeOperators : stackOperators).map((it) => `\`${it}\``).join(', ');
  return `\`${written}\` is no variable: a name of letters, digits and \`_\` takes one of ${operators} or \`}\` behind it. ${escape}`;
}
