import {
  backslash,
  carriageReturn,
  colon,
  dash,
  doubleQuote,
  greater,
  hash,
  isBreak,
  isFlowIndicator,
  lineFeed,
  singleQuote,
  space,
  tab,
} from './characters.js';
import { resolveScalar } from './yamlScalar.js';
import type { ScalarNode } from './tree.js';

/** Thrown by what reads plain YAML at anything else; one object, since it is no failure and has no stack worth making. */
export const notPlain = new Error('Not plain YAML.');

/** The plain or quoted scalar that begins at an offset and ends on its line. */
export function readScalar(text: string, at: number, flow: boolean): ScalarNode {
  const first = text.charCodeAt(at);
  if (first === doubleQuote || first === singleQuote) return readQuoted(text, at, first);
  const end = plainEnd(text, at, flow);
  const own = text.slice(at, end);
  return { kind: 'scalar', start: at, end, value: resolveScalar(own), text: own, style: 'plain' };
}

function plainEnd(text: string, start: number, flow: boolean): number {
  if (!canBegin(text, start, flow)) throw notPlain;
  let end = start;
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at);
    if (code === space) {
      if (text.charCodeAt(at + 1) === hash) return end;
    } else if (code === colon) {
      const next = text.charCodeAt(at + 1);
      if (isBreak(next) || (flow && isFlowIndicator(next))) return end;
      end = at + 1;
    } else if (isBreak(code)) {
      if (code === tab) throw notPlain;
      return end;
    } else if (flow && isFlowIndicator(code)) return end;
    else end = at + 1;
  }
}

const indicators = ',[]{}#&*!|>\'"%@`\uFEFF';

function canBegin(text: string, at: number, flow: boolean): boolean {
  const first = text.charAt(at);
  if (first === '-' || first === '?' || first === ':') {
    const next = text.charCodeAt(at + 1);
    return !isBreak(next) && !(flow && (first === ':' || isFlowIndicator(next)));
  }
  return !isBreak(first.charCodeAt(0)) && !indicators.includes(first);
}

function readQuoted(text: string, start: number, quote: number): ScalarNode {
  const single = quote === singleQuote;
  let at = start + 1;
  let escaped = false;
  for (
    let code: number;
    (code = text.charCodeAt(at)) !== quote || (single && text.charCodeAt(at + 1) === quote);
    at++
  ) {
    if (Number.isNaN(code) || code === lineFeed || code === carriageReturn) throw notPlain;
    if (code === (single ? quote : backslash)) {
      escaped = true;
      at++;
    }
  }
  const inner = text.slice(start + 1, at);
  const value = !escaped ? inner : single ? inner.replaceAll("''", "'") : unescape(inner);
  return { kind: 'scalar', start, end: at + 1, value, text: value, style: single ? 'single' : 'double' };
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '"': '"',
  '\\': '\\',
  '/': '/',
  ' ': ' ',
};

function unescape(text: string): string {
  return text.replace(/\\([^])/g, (_, letter: string) => {
    const meant = escapes[letter];
    if (meant === undefined) throw notPlain;
    return meant;
  });
}

/**
 * A text after `|` or `>`, deeper than a column. A folded one only where blanks join all of its lines. Its end is that of its
 * last line that is not blank.
 */
export function readBlockScalar(text: string, start: number, column: number): ScalarNode {
  const folded = text.charCodeAt(start) === greater;
  const strip = text.charCodeAt(start + 1) === dash;
  const heading = skipSpaces(text, start + (strip ? 2 : 1));
  if (text.charCodeAt(heading) !== lineFeed) throw notPlain;
  const lines: string[] = [];
  let indent = -1;
  let end = heading + 1;
  let blank = 0;
  for (let line = end; line < text.length;) {
    const at = skipSpaces(text, line);
    const newline = text.indexOf('\n', at);
    if (at === newline) {
      if (indent < 0 || at - line > indent) throw notPlain;
      blank++;
    } else {
      if (at === text.length || text.charCodeAt(at) === tab) throw notPlain;
      if (indent < 0) indent = Math.max(column + 1, at - line);
      if (at - line < indent) break;
      if (folded && (at - line > indent || blank > 0)) throw notPlain;
      for (; blank > 0; blank--) lines.push('');
      end = newline < 0 ? text.length : newline + 1;
      lines.push(text.slice(line + indent, newline < 0 ? end : newline));
    }
    if (newline < 0) break;
    line = newline + 1;
  }
  if (lines.length === 0 || text.slice(start, end).includes('\r')) throw notPlain;
  const value = lines.join(folded ? ' ' : '\n') + (strip ? '' : '\n');
  return { kind: 'scalar', start, end, value, text: value, style: folded ? 'folded' : 'literal' };
}

export function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === space) at++;
  return at;
}
