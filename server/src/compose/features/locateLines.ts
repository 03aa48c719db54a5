import { endOfLine, startOfLine } from '../../text/lines.js';
import type { Path } from '../schema/attributes.js';

/** A dash or a key of a line. `written` is the length of a key with its colon. */
export interface Part {
  readonly kind: 'dash' | 'key';
  readonly column: number;
  readonly name: string;
  readonly written: number;
  /** What stands behind the key, without a comment. */
  readonly value: string;
}

const keyPattern = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#"'[\]{}&*!|>,-][^#\n]*?|-[^\s#][^#\n]*?)(\s*:)(?=\s|$)/;

/** The dashes and the key that the line at an offset begins with. */
export function readLine(text: string, start: number): readonly Part[] {
  const content = text.slice(start, endOfLine(text, start));
  const parts: Part[] = [];
  let at = content.length - content.trimStart().length;
  // A tab cannot indent: the line belongs nowhere.
  if (content.slice(0, at).includes('\t')) return parts;
  while (/^-(\s|$)/.test(content.slice(at))) {
    parts.push({ kind: 'dash', column: at, name: '', written: 1, value: '' });
    at += 1 + (/^\s*/.exec(content.slice(at + 1))?.[0].length ?? 0);
  }
  const match = keyPattern.exec(content.slice(at));
  if (match) {
    const [whole, name = ''] = match;
    const value = content
      .slice(at + whole.length)
      .replace(/(^|\s)#.*$/, '')
      .trim();
    parts.push({ kind: 'key', column: at, name: unquote(name), written: whole.length, value });
  }
  return parts;
}

/** The lines above with something in them, nearest first. */
export function* linesBefore(text: string, lineStart: number): Generator<readonly Part[]> {
  for (let start = lineStart; start > 0;) {
    start = startOfLine(text, start - 1);
    const line = readLine(text, start);
    if (line.length > 0) yield line;
  }
}

/** The dashes and keys that something of a column belongs to, outermost first. Undefined inside a text over several lines. */
export function ancestors(
  lines: Iterable<readonly Part[]>,
  first: Pick<Part, 'kind' | 'column'>,
): readonly Part[] | undefined {
  const chain: Part[] = [];
  let { kind, column } = first;
  for (const parts of lines) {
    for (const part of [...parts].reverse()) {
      // The dashes of a list may stand in the column of its key.
      const holds = part.column < column || (part.column === column && kind === 'dash' && part.kind === 'key');
      if (!holds) continue;
      if (part.kind === 'key' && !/^((&\S+|!\S+)\s*)*$/.test(part.value)) return undefined;
      chain.unshift(part);
      ({ kind, column } = part);
    }
    if (column === 0 && kind === 'key') break;
  }
  return chain;
}

/** The path of what begins at an offset; `root` is that of the text. Undefined inside a text over several lines. */
export function pathOf(text: string, at: number, root: readonly string[]): Path | undefined {
  const lineStart = startOfLine(text, at);
  const own = readLine(text, lineStart).filter(({ column }) => column < at - lineStart);
  const above = ancestors(linesBefore(text, lineStart), own[0] ?? { kind: 'key', column: at - lineStart });
  return above && [...rootOf(root, own[0]?.column ?? at - lineStart), ...[...above, ...own].map(stepOf)];
}

/** A line in the first column begins anew. */
export function rootOf(path: readonly string[], column: number): readonly string[] {
  return column === 0 ? [] : path;
}

export function stepOf({ kind, name }: Part): string | number {
  return kind === 'dash' ? 0 : name;
}

export interface Sibling {
  readonly key: string;
  /** What stands behind the colon, without quotes. */
  readonly value: string;
}

/** The other keys at the column of a line, or that it stands among list items. */
export function siblingsOf(
  text: string,
  lineStart: number,
  column: number,
  inList: boolean,
): readonly Sibling[] | 'items' {
  const found: Sibling[] = [];
  const take = (parts: readonly Part[]): 'on' | 'over' | 'items' => {
    const first = parts[0];
    if (!first || first.column > column) return 'on';
    if (first.kind === 'dash' && first.column === column && !inList) return 'items';
    const key = parts.find((it) => it.kind === 'key' && it.column === column);
    if (key) found.push({ key: key.name, value: unquote(key.value) });
    // The line with the dash is the first of its mapping.
    return first.column < column ? 'over' : 'on';
  };
  const own = readLine(text, lineStart);
  if (own[0]?.kind !== 'dash') {
    for (const line of linesBefore(text, lineStart)) {
      const verdict = take(line);
      if (verdict === 'items') return 'items';
      if (verdict === 'over') break;
    }
  }
  for (let at = text.indexOf('\n', lineStart) + 1; at > 0; at = text.indexOf('\n', at) + 1) {
    const line = readLine(text, at);
    const [first] = line;
    if (first && first.column < column) break;
    if (first?.kind === 'dash' && first.column === column) {
      if (!inList) return 'items';
      break;
    }
    take(line);
  }
  return found;
}

export function unquote(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2');
}
