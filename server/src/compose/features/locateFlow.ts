import type { Span } from '../../text/span.js';
import type { Path } from '../schema/attributes.js';
import { unquote, type Sibling } from './locateLines.js';

/** A cursor inside `[…]` or `{…}`. Offsets count as in the text. */
export interface FlowLocation {
  /** Where the outermost bracket stands. */
  readonly start: number;
  /** From the outermost bracket inwards. */
  readonly path: Path;
  /** `either`: an item of a list, which may be a value or the first key of a mapping. */
  readonly role: 'key' | 'value' | 'either';
  readonly word: Span;
  readonly typed: string;
  readonly quote: string;
  readonly siblings: readonly Sibling[];
  readonly hasColon: boolean;
}

/** Finds the brackets around a cursor; undefined outside of any. A bracket that is never closed ends
 * where a line is indented no more than its own. */
export function flowAt(text: string, cursor: number): FlowLocation | undefined {
  let open: Frame[] = [];
  let lineIndent = 0;
  let start = 0;
  for (let at = 0; at < cursor;) {
    const lineEnd = lineBreakAt(text, at);
    const line = text.slice(at, lineEnd);
    const blank = line.trim() === '';
    const indent = blank ? cursor - at : indentOf(line);
    if ((!blank || cursor <= lineEnd) && indent <= lineIndent && !/^\s*[\]}]/.test(line)) open = [];
    if (open.length === 0) {
      const bracket = opening.exec(line);
      if (bracket && at + bracket[0].length <= cursor) {
        lineIndent = indentOf(line);
        start = at + bracket[0].length - 1;
        open = scan(text, start, Math.min(cursor, lineEnd), []);
      }
    } else open = scan(text, at, Math.min(cursor, lineEnd), open);
    at = lineEnd + 1;
  }
  const inner = open.at(-1);
  if (!inner) return undefined;
  const path: Path = open.flatMap((frame): Path =>
    frame.kind === '[' ? [0] : frame.key === undefined ? [] : [frame.key],
  );
  const from = inner.wordStart + (/^\s*/.exec(text.slice(inner.wordStart, cursor))?.[0].length ?? 0);
  const quote = /["']/.test(text.charAt(from)) && from < cursor ? text.charAt(from) : '';
  const begin = from + quote.length;
  const rest = quote ? /^[^"'\n]*/ : /^[^,:\]}\n#]*(?:(?::(?=\S))[^,:\]}\n#]*)*/;
  const tail = rest.exec(text.slice(cursor))?.[0].trimEnd().length ?? 0;
  const after = text.slice(cursor + tail);
  return {
    start,
    path,
    role: inner.kind === '[' ? 'either' : inner.key === undefined ? 'key' : 'value',
    word: { start: begin, end: cursor + tail },
    typed: text.slice(begin, cursor),
    quote,
    siblings: [...inner.keys, ...keysBehind(after, inner)],
    hasColon: /^["']?\s*:/.test(after),
  };
}

/** One open bracket. */
interface Frame {
  readonly kind: '[' | '{';
  /** The key whose value is being read. */
  readonly key: string | undefined;
  readonly keys: readonly Sibling[];
  readonly wordStart: number;
}

/** A bracket where a value begins: behind a colon or a dash. */
const opening = /^(?:[^#"'[{]|"(?:[^"\\]|\\.)*"|'[^']*'|(?<=\S)#)*?(?::\s+|-\s+|^\s*)(?:[&!]\S+\s+)*[[{]/;

function scan(text: string, from: number, to: number, given: readonly Frame[]): Frame[] {
  const open = [...given];
  const word = (): string => text.slice(open.at(-1)?.wordStart ?? from, at).trim();
  let at = from;
  for (; at < to; at++) {
    const char = text.charAt(at);
    const inner = open.at(-1);
    if (char === '"' || char === "'") {
      const fresh = word() === '';
      const close = text.indexOf(char, at + 1);
      if (fresh && (close < 0 || close >= to)) return open;
      if (fresh) at = close;
    } else if (char === '$' && text[at + 1] === '{') {
      const close = text.indexOf('}', at);
      if (close < 0 || close >= to) return open;
      at = close;
    } else if (char === '[' || char === '{') {
      open.push({ kind: char, key: undefined, keys: [], wordStart: at + 1 });
    } else if (char === ']' || char === '}') {
      open.pop();
      if (open.length === 0) return open;
    } else if (
      char === ':' &&
      inner?.kind === '{' &&
      inner.key === undefined &&
      /[\s,}\]]|$/.test(text.charAt(at + 1))
    ) {
      open.splice(-1, 1, { ...inner, key: unquote(word()), wordStart: at + 1 });
    } else if (char === ',' && inner) {
      const keys = inner.key === undefined ? inner.keys : [...inner.keys, { key: inner.key, value: unquote(word()) }];
      open.splice(-1, 1, { ...inner, key: undefined, keys, wordStart: at + 1 });
    } else if (char === '#' && /\s/.test(text.charAt(at - 1))) return open;
  }
  return open;
}

/** Keys of the same mapping that stand behind the cursor, on the line. */
function keysBehind(after: string, { kind }: Frame): readonly Sibling[] {
  if (kind === '[') return [];
  const line = /^[^\n}]*/.exec(after)?.[0] ?? '';
  return Array.from(line.matchAll(/,\s*([\w.-]+)\s*:\s*([^,]*)/g), ([, key = '', value = '']) => ({
    key,
    value: unquote(value.trim()),
  }));
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function lineBreakAt(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
