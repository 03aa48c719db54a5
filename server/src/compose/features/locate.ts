import type { Span } from '../../text/span.js';
import type { Path } from '../schema/attributes.js';
import { blockAt, type Source } from '../syntax/source.js';
import { flowAt } from './locateFlow.js';

/** Where in the meaning of a file a cursor stands, whatever state the text is in. Offsets count from the start of the file. */
export interface Location {
  /** The mapping that a key written here would belong to; absent where no key can stand. */
  readonly parent: Path | undefined;
  /** What a value written here would be the value of; absent where no value can stand. */
  readonly slot: Path | undefined;
  /** The word that is being typed, without quotes. */
  readonly word: Span;
  /** The part of the word before the cursor. */
  readonly typed: string;
  /** The quote the word began with, or empty. */
  readonly quote: string;
  /** Whether the word stands on a line of its own, where a list needs a dash and a mapping needs a key. */
  readonly ownLine: boolean;
  readonly flow: boolean;
  /** Column at which the keys of `parent` begin. */
  readonly column: number;
  /** Keys of `parent` that are written already; those of the cursor's line not among them. */
  readonly siblings: readonly Sibling[];
  /** Whether the word is followed by a colon, so that it is a key already. */
  readonly hasColon: boolean;
}

export interface Sibling {
  readonly key: string;
  /** What stands behind the colon, without quotes. */
  readonly value: string;
}

/**
 * Finds the place of a cursor from the lines and their indentation, as a person would: the tree of a block that is just being
 * typed is a guess at best. Undefined in comments, in texts over several lines, and where nothing was read: of a file too large.
 */
export function locate(source: Source, offset: number): Location | undefined {
  const found = blockAt(source, offset);
  if (!found) return undefined;
  const { block, start } = found;
  const cursor = offset - start;
  const { text } = block;
  if (cursor > text.length) return undefined;
  const lineStart = startOfLine(text, cursor);
  const before = text.slice(lineStart, cursor);
  if (isComment(before)) return undefined;
  const lines = linesBefore(text, lineStart);
  const flow = flowAt(text, cursor);
  if (flow) {
    const outer = pathOf(linesBefore(text, startOfLine(text, flow.start)), text, flow.start, block.path);
    return outer && inFlow(flow, [...outer], start);
  }
  const line = readLine(text, lineStart);
  const part = line.parts.findLast(({ column }) => column <= before.length);
  // `data:/data:` is about to become a mount with options.
  const growing = part?.kind === 'key' && part.name.includes(':') && before.length === part.column + part.written;
  const here = growing ? undefined : part;
  const column = here?.kind === 'key' ? here.column : contentColumn(before);
  const keyEnd = here?.kind === 'key' ? here.column + here.written : 0;
  if (here?.kind === 'key' && before.length === keyEnd) return undefined;
  const inValue = here?.kind === 'key' && before.length > keyEnd;
  const dashes = line.parts.filter(
    (it) => it.kind === 'dash' && it.column < Math.max(column, 1) && it.column < before.length,
  );
  const own: Part[] = [...dashes, ...(inValue && here ? [here] : [])];
  // An empty line belongs to what its column says; the indentation is the author's wish.
  const above = ancestors(lines, own[0] ?? { kind: 'key', column, name: '', written: 0, value: '' });
  if (!above) return undefined;
  const path: Path = [...rootOf(block.path, own[0]?.column ?? column), ...[...above, ...own].map(stepOf)];
  if (inValue) {
    const raw = text.slice(lineStart + keyEnd, endOfLine(text, cursor));
    const found = value(raw, lineStart + keyEnd, cursor, start, path, column);
    const beside = siblingsOf(text, lineStart, column, dashes.length > 0);
    return found && { ...found, siblings: beside === 'items' ? [] : beside };
  }
  const raw = text.slice(lineStart + column, endOfLine(text, cursor));
  const [written = ''] = /^(?:"[^"]*"?|'[^']*'?|[^\s:#]|:(?=\S)|[^\S\n](?=[^\s#:]))*/.exec(raw) ?? [];
  const quote = /^["']/.exec(written)?.[0] ?? '';
  const word = growing ? { start: lineStart + column, end: cursor } : unquoted(lineStart + column, written, quote);
  const hasColon = !growing && /^\s*:(\s|$)/.test(raw.slice(written.length));
  const inList = dashes.length > 0;
  const siblings = siblingsOf(text, lineStart, column, inList);
  return {
    parent: siblings === 'items' && !inList ? undefined : path,
    slot: hasColon ? undefined : path,
    word: shift(word, start),
    typed: text.slice(word.start, cursor),
    quote,
    ownLine: !inList,
    flow: false,
    column,
    siblings: siblings === 'items' ? [] : siblings,
    hasColon,
  };
}

/** A dash or a key of a line. `written` is the length of a key with its colon. */
interface Part {
  readonly kind: 'dash' | 'key';
  readonly column: number;
  readonly name: string;
  readonly written: number;
  /** What stands behind the key, without a comment. */
  readonly value: string;
}

interface Line {
  readonly parts: readonly Part[];
}

const keyPattern = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#"'[\]{}&*!|>,-][^#\n]*?|-[^\s#][^#\n]*?)(\s*:)(?=\s|$)/;

function readLine(text: string, start: number): Line {
  const content = text.slice(start, endOfLine(text, start));
  const parts: Part[] = [];
  let at = content.length - content.trimStart().length;
  // A tab cannot indent: the line belongs nowhere.
  if (content.slice(0, at).includes('\t')) return { parts };
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
    parts.push({ kind: 'key', column: at, name: name.replace(/^(["'])(.*)\1$/, '$2'), written: whole.length, value });
  }
  return { parts };
}

/** Starts of the lines above, nearest first. */
function* linesBefore(text: string, lineStart: number): Generator<Line> {
  for (let start = lineStart; start > 0;) {
    start = startOfLine(text, start - 1);
    const line = readLine(text, start);
    if (line.parts.length > 0) yield line;
  }
}

/** The dashes and keys that something of a column belongs to, outermost first. Undefined inside a text over several lines. */
function ancestors(lines: Iterable<Line>, first: Pick<Part, 'kind' | 'column'>): readonly Part[] | undefined {
  const chain: Part[] = [];
  let { kind, column } = first;
  for (const { parts } of lines) {
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

function pathOf(lines: Iterable<Line>, text: string, at: number, root: readonly string[]): Path | undefined {
  const lineStart = startOfLine(text, at);
  const own = readLine(text, lineStart).parts.filter(({ column }) => column < at - lineStart);
  const above = ancestors(lines, own[0] ?? { kind: 'key', column: at - lineStart });
  return above && [...rootOf(root, own[0]?.column ?? at - lineStart), ...[...above, ...own].map(stepOf)];
}

/** A line in the first column begins anew. */
function rootOf(path: readonly string[], column: number): readonly string[] {
  return column === 0 ? [] : path;
}

function stepOf({ kind, name }: Part): string | number {
  return kind === 'dash' ? 0 : name;
}

function value(
  raw: string,
  at: number,
  cursor: number,
  shiftBy: number,
  path: Path,
  column: number,
): Location | undefined {
  const lead = /^\s*((&\S+|!\S+)\s+)*/.exec(raw)?.[0].length ?? 0;
  if (cursor === at || /^[|>]/.test(raw.slice(lead))) return undefined;
  const written = raw.slice(lead).replace(/(^|\s+)#.*$|\s+$/, '');
  const quote = /^["']/.exec(written)?.[0] ?? '';
  const word = unquoted(at + lead, written, quote);
  const start = Math.min(word.start, cursor);
  return {
    parent: undefined,
    slot: path,
    // The blanks before a comment are its own.
    word: shift({ start, end: written === '' ? cursor : Math.max(word.end, cursor) }, shiftBy),
    typed: raw.slice(start - at, cursor - at),
    quote,
    ownLine: false,
    flow: false,
    column,
    siblings: [],
    hasColon: false,
  };
}

function inFlow(flow: NonNullable<ReturnType<typeof flowAt>>, outer: Path, start: number): Location {
  const path = [...outer, ...flow.path];
  return {
    parent: flow.role === 'value' ? undefined : path,
    slot: flow.role === 'key' ? undefined : path,
    word: shift(flow.word, start),
    typed: flow.typed,
    quote: flow.quote,
    ownLine: false,
    flow: true,
    column: 0,
    siblings: flow.siblings,
    hasColon: flow.hasColon,
  };
}

/** The other keys at the column of a line, or that it stands among list items. */
function siblingsOf(text: string, lineStart: number, column: number, inList: boolean): readonly Sibling[] | 'items' {
  const found: Sibling[] = [];
  const take = ({ parts }: Line): 'on' | 'over' | 'items' => {
    const first = parts[0];
    if (!first || first.column > column) return 'on';
    if (first.kind === 'dash' && first.column === column && !inList) return 'items';
    const key = parts.find((it) => it.kind === 'key' && it.column === column);
    if (key) found.push({ key: key.name, value: key.value.replace(/^(["'])(.*)\1$/, '$2') });
    // The line with the dash is the first of its mapping.
    return first.column < column ? 'over' : 'on';
  };
  const own = readLine(text, lineStart);
  if (own.parts[0]?.kind !== 'dash') {
    for (const line of linesBefore(text, lineStart)) {
      const verdict = take(line);
      if (verdict === 'items') return 'items';
      if (verdict === 'over') break;
    }
  }
  for (let at = text.indexOf('\n', lineStart) + 1; at > 0; at = text.indexOf('\n', at) + 1) {
    const line = readLine(text, at);
    const first = line.parts[0];
    if (first && first.column < column) break;
    if (first?.kind === 'dash' && first.column === column) {
      if (!inList) return 'items';
      break;
    }
    take(line);
  }
  return found;
}

function unquoted(at: number, written: string, quote: string): Span {
  const closed = quote !== '' && written.length > 1 && written.endsWith(quote);
  return { start: at + quote.length, end: at + written.length - (closed ? 1 : 0) };
}

/** Column of what follows the dashes of a line, at the latest the cursor. */
function contentColumn(before: string): number {
  return /^\s*(?:-\s+)*(?:-$)?/.exec(before)?.[0].length ?? before.length;
}

function isComment(before: string): boolean {
  const outside = before.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '""');
  return /(^|\s)#/.test(outside) && !/["']/.test(outside.replaceAll('""', '').split('#')[0] ?? '');
}

function startOfLine(text: string, at: number): number {
  // A negative index would be taken for 0.
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : text[end - 1] === '\r' && end > at ? end - 1 : end;
}

function shift({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
