import { isBreak } from './characters.js';

/**
 * The text with one quoted text or flow collection, which opens at an offset, on one line: spaces stand for the line breaks and
 * comments in it, so all offsets stay. go-yaml does not ask how far its lines are indented, the `yaml` package does. Undefined
 * where it never ends, or ends on its line.
 */
export function joinLines(text: string, start: number): string | undefined {
  const end = closeOf(text, start);
  if (end === undefined) return undefined;
  const inside = text.slice(start, end);
  if (!inside.includes('\n')) return undefined;
  const isFlow = '[{'.includes(text.charAt(start));
  const plain = isFlow ? inside.replace(comments, (comment) => ' '.repeat(comment.length)) : inside;
  return text.slice(0, start) + plain.replace(/[\r\n\t]/g, ' ') + text.slice(end);
}

const comments = /(?<=\s)#.*/g;

/** Behind the quote or bracket that closes what opens at an offset. */
function closeOf(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text.charAt(at);
    const begins = at === start || isBreak(text.charCodeAt(at - 1)) || '[{,:'.includes(text.charAt(at - 1));
    if ((char === '"' || char === "'") && begins) {
      const close = closingQuote(text, at);
      if (close === undefined) return undefined;
      at = close;
    } else if (char === '#' && isBreak(text.charCodeAt(at - 1))) {
      const newline = text.indexOf('\n', at);
      if (newline < 0) return undefined;
      at = newline;
    } else if (char === '[' || char === '{') depth++;
    else if (char === ']' || char === '}') depth--;
    if (depth === 0) return at + 1;
  }
  return undefined;
}

/** The quote that ends the quoted text at an offset: not one that a backslash or a second quote makes a part of it. */
export function closingQuote(text: string, start: number): number | undefined {
  const quote = text.charAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\' && quote === '"') at++;
    else if (char === quote) {
      if (quote === '"' || text.charAt(at + 1) !== quote) return at;
      at++;
    }
  }
  return undefined;
}
