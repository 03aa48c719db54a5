import { endOfLine, startOfLine } from '../../text/lines.js';
import type { Span } from '../../text/span.js';
import type { Path } from '../schema/attributes.js';
import { blockAt, type Source } from '../syntax/source.js';
import type { Block } from '../syntax/tree.js';
import { flowAt, type FlowLocation } from './locateFlow.js';
import {
  ancestors,
  linesBefore,
  pathOf,
  readLine,
  rootOf,
  siblingsOf,
  stepOf,
  type Part,
  type Sibling,
} from './locateLines.js';

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

/**
 * Finds the place of a cursor from the lines and their indentation, as a person would: the tree of a block that is just being
 * typed is a guess at best. Undefined in comments, in texts over several lines, and where nothing was read: of a file too large.
 */
export function locate(source: Source, offset: number): Location | undefined {
  const found = blockAt(source, offset);
  if (!found) return undefined;
  const { block, start } = found;
  const { text } = block;
  const cursor = offset - start;
  if (cursor > text.length || isComment(text.slice(startOfLine(text, cursor), cursor))) return undefined;
  const flow = flowAt(text, cursor);
  const here = flow ? inFlow(block, flow) : onLine(block, cursor);
  return here && { ...here, word: { start: here.word.start + start, end: here.word.end + start } };
}

/** Where neither a key nor a value can stand. */
const nowhere = {
  parent: undefined,
  slot: undefined,
  ownLine: false,
  flow: false,
  column: 0,
  siblings: [],
  hasColon: false,
} as const;

function inFlow({ text, path: root }: Block, flow: FlowLocation): Location | undefined {
  const outer = pathOf(text, flow.start, root);
  if (!outer) return undefined;
  const path = [...outer, ...flow.path];
  const { word, typed, quote, siblings, hasColon } = flow;
  return {
    ...nowhere,
    parent: flow.role === 'value' ? undefined : path,
    slot: flow.role === 'key' ? undefined : path,
    word,
    typed,
    quote,
    flow: true,
    siblings,
    hasColon,
  };
}

function onLine({ text, path: root }: Block, cursor: number): Location | undefined {
  const lineStart = startOfLine(text, cursor);
  const before = text.slice(lineStart, cursor);
  const line = readLine(text, lineStart);
  const part = line.findLast(({ column }) => column <= before.length);
  // `data:/data:` is about to become a mount with options.
  const growing = part?.kind === 'key' && part.name.includes(':') && before.length === part.column + part.written;
  const key = growing || part?.kind !== 'key' ? undefined : part;
  const keyEnd = key && key.column + key.written;
  if (before.length === keyEnd) return undefined;
  const inValue = keyEnd !== undefined && before.length > keyEnd;
  const column = key?.column ?? contentColumn(before);
  const dashes = line.filter(
    (it) => it.kind === 'dash' && it.column < Math.max(column, 1) && it.column < before.length,
  );
  const own: Part[] = [...dashes, ...(inValue && key ? [key] : [])];
  // An empty line belongs to what its column says; the indentation is the author's wish.
  const above = ancestors(linesBefore(text, lineStart), own[0] ?? { kind: 'key', column });
  if (!above) return undefined;
  const path: Path = [...rootOf(root, own[0]?.column ?? column), ...[...above, ...own].map(stepOf)];
  const inList = dashes.length > 0;
  const beside = siblingsOf(text, lineStart, column, inList);
  const common = { ...nowhere, column, siblings: beside === 'items' ? [] : beside };
  if (inValue) {
    const value = valueAt(text, lineStart + keyEnd, cursor);
    return value && { ...common, slot: path, ...value };
  }
  const { word, hasColon, quote } = wordAt(text, lineStart + column, growing ? cursor : undefined);
  return {
    ...common,
    parent: beside === 'items' && !inList ? undefined : path,
    slot: hasColon ? undefined : path,
    word,
    typed: text.slice(word.start, cursor),
    quote,
    ownLine: !inList,
    hasColon,
  };
}

/** The word at an offset, up to `end` where that is known. */
function wordAt(text: string, at: number, end?: number): Pick<Location, 'word' | 'quote' | 'hasColon'> {
  const raw = text.slice(at, endOfLine(text, at));
  const [written = ''] = /^(?:"[^"]*"?|'[^']*'?|[^\s:#]|:(?=\S)|[^\S\n](?=[^\s#:]))*/.exec(raw) ?? [];
  const quote = /^["']/.exec(written)?.[0] ?? '';
  if (end !== undefined) return { word: { start: at, end }, quote, hasColon: false };
  return { word: unquoted(at, written, quote), quote, hasColon: /^\s*:(\s|$)/.test(raw.slice(written.length)) };
}

/** The value behind a colon, with the cursor in it; undefined right behind the colon and in a text over several lines. */
function valueAt(text: string, at: number, cursor: number): Pick<Location, 'word' | 'typed' | 'quote'> | undefined {
  const raw = text.slice(at, endOfLine(text, cursor));
  const lead = /^\s*((&\S+|!\S+)\s+)*/.exec(raw)?.[0].length ?? 0;
  if (cursor === at || /^[|>]/.test(raw.slice(lead))) return undefined;
  const written = raw.slice(lead).replace(/(^|\s+)#.*$|\s+$/, '');
  const quote = /^["']/.exec(written)?.[0] ?? '';
  const word = unquoted(at + lead, written, quote);
  const start = Math.min(word.start, cursor);
  // The blanks before a comment are its own.
  const end = written === '' ? cursor : Math.max(word.end, cursor);
  return { word: { start, end }, typed: raw.slice(start - at, cursor - at), quote };
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
