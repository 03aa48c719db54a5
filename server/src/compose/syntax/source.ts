import { lastUpTo } from '../../text/halves.js';
import { LineIndex } from '../../text/lineIndex.js';
import { cut, type CutState, type Piece } from './cut.js';
import { parseBlock } from './parse.js';
import type { Block, Node } from './tree.js';

/** One version of a file's text, in blocks. Blocks whose text did not change are the very objects of the version before. */
export interface Source {
  readonly uri: string;
  readonly content: LineIndex;
  readonly blocks: readonly CutBlock[];
  /** Offset and line at which each block starts, apart from the blocks so that an edit above leaves those alone. */
  readonly starts: Int32Array;
  readonly lines: Int32Array;
  /** Blocks with a comment that speaks to Longshore. */
  readonly directives: readonly Block[];
  /** Blocks with anchors, in their order. */
  readonly anchored: readonly Block[];
  /** Set when the text is beyond what is read: there is one empty block then. */
  readonly tooLarge: boolean;
  /** Whether the pieces follow from each other, so that an edit can be cut alone. */
  readonly regular: boolean;
}

/** A block with what the cutter knew where it began. */
export interface CutBlock extends CutState {
  readonly block: Block;
  /** Number of the YAML document it belongs to. */
  readonly document: number;
}

/** Characters. Real files are under 100 kB; the tools themselves take minutes for more than this. */
export const largestFile = 8_000_000;
/** Characters of one block: what can be parsed within a second. */
export const largestBlock = 1_500_000;

/** Reads a text, taking over from `previous` every block that did not change. */
export function readSource(uri: string, text: string | LineIndex, previous?: Source): Source {
  const content = typeof text === 'string' ? new LineIndex(text) : text;
  if (content.length > largestFile) return tooLarge(uri);
  return (previous?.regular && patch(previous, content)) || readWhole(uri, content, previous);
}

/** Nothing of such a file is read; an empty block at its start says so. */
function tooLarge(uri: string): Source {
  const error = { code: 'TOO_LARGE', message: 'The file is too large to be checked.', start: 0, end: 0 };
  const nothing = { root: undefined, anchors: [], directives: false, hint: 0 };
  const block: Block = { uri, path: [], text: '', errors: [error], broken: true, ...nothing };
  const state = { ended: 0, started: false, section: undefined, indent: -1 };
  return {
    uri,
    content: new LineIndex(''),
    blocks: [{ block, document: 0, ...state }],
    starts: Int32Array.of(0),
    lines: Int32Array.of(0),
    directives: [],
    anchored: [],
    tooLarge: true,
    regular: false,
  };
}

function readWhole(uri: string, content: LineIndex, previous: Source | undefined): Source {
  const { text } = content;
  const { pieces, ragged } = cut(text);
  if (pieces.some(isTooLarge)) return tooLarge(uri);
  const known = previous && new Map(previous.blocks.map(({ block }) => [keyOf(block.path, block.text), block]));
  const blocks: CutBlock[] = [];
  const kept: Piece[] = [];
  let joined = false;
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i];
    if (!piece) continue;
    const own = text.slice(piece.start, piece.end);
    const key = known ? keyOf(piece.path, own) : '';
    const before = known?.get(key);
    known?.delete(key); // one object stands in one place
    const alone = before ?? parseBlock(uri, piece.path, previous ? copy(own) : own, blocks.length);
    const whole = isUnclosed(alone) ? joinPieces(uri, text, pieces, i, blocks.length) : undefined;
    joined ||= isUnclosed(alone);
    blocks.push(cutBlock(piece, whole?.block ?? alone));
    kept.push(piece);
    i += (whole?.count ?? 1) - 1;
  }
  return {
    uri,
    content,
    blocks,
    starts: Int32Array.from(kept, ({ start }) => start),
    lines: Int32Array.from(kept, ({ line }) => line),
    directives: blocksWith(hasDirectives, blocks),
    anchored: blocksWith(hasAnchors, blocks),
    tooLarge: false,
    regular: !ragged && !joined,
  };
}

/** Cuts and parses only what lies between the ends that are the same. Undefined where that is not safe. */
function patch(previous: Source, content: LineIndex): Source | undefined {
  const { blocks, starts, lines, uri } = previous;
  const { head, tail } = unchanged(previous, content);
  const resume = Math.max(0, head - 1); // the last unchanged block may take in what follows it
  const recut = cutAgain(previous, content, resume, tail);
  const first = blocks[resume];
  const last = recut?.pieces.at(-1);
  if (!first || !recut || !last || recut.pieces.some(isTooLarge)) return undefined;
  const { pieces, text, next } = recut;
  const start = starts[resume] ?? 0;
  const parsed = pieces.map((piece, i): CutBlock => {
    const same = head > resume && i === 0 && piece.end - piece.start === first.block.text.length;
    const own = text.slice(piece.start, piece.end);
    return same ? first : cutBlock(piece, parseBlock(uri, piece.path, copy(own), resume + i));
  });
  if (parsed.some(({ block }) => isUnclosed(block))) return undefined;
  const put = (old: Int32Array, value: (piece: Piece) => number, shift: number): Int32Array =>
    splice(old, resume, next, pieces.map(value), shift);
  const moved = last.line + countLines(text, last.start, last.end) - (lines[next] ?? 0);
  const all = [...blocks.slice(0, resume), ...parsed, ...blocks.slice(next)];
  const changed = [...blocks.slice(resume, next), ...parsed];
  const still = (known: readonly Block[], has: (block: Block) => boolean): readonly Block[] =>
    changed.some(({ block }) => has(block)) ? blocksWith(has, all) : known;
  return {
    ...previous,
    content,
    blocks: all,
    starts: put(starts, (piece) => start + piece.start, content.length - previous.content.length),
    lines: put(lines, ({ line }) => line, moved),
    directives: still(previous.directives, hasDirectives),
    anchored: still(previous.anchored, hasAnchors),
  };
}

/** How many blocks at the beginning are the same, and the first block after them from which on all are. */
function unchanged({ content: before, blocks, starts }: Source, content: LineIndex): { head: number; tail: number } {
  const shared = content.shared(before);
  const startOf = (index: number): number => starts[index] ?? before.length;
  let head = lastUpTo(starts, shared.head);
  if (before.length <= shared.head) head = blocks.length;
  // What was there before the edit must stay clear of the unchanged head on both sides.
  const from = Math.max(before.length - shared.tail, startOf(head) - Math.min(0, content.length - before.length));
  let tail = lastUpTo(starts, from);
  if (startOf(tail) < from) tail++;
  return { head, tail };
}

interface Recut {
  /** Counted from the start of `text`. */
  readonly pieces: readonly Piece[];
  /** What was cut anew, and perhaps more after it. */
  readonly text: string;
  /** The first block that stays. */
  readonly next: number;
}

/** Cuts a text anew from a block on until a block begins as it began before, and all after it is the same: `tail` or a later one. */
function cutAgain(previous: Source, content: LineIndex, resume: number, tail: number): Recut | undefined {
  const { blocks, starts, lines } = previous;
  const from = blocks[resume];
  const start = starts[resume];
  const line = lines[resume];
  if (!from || start === undefined || line === undefined) return undefined;
  const delta = content.length - previous.content.length;
  // Where a block begins is seen in its text; how many it takes shows.
  for (let blocksMore = 1; ; blocksMore *= 8) {
    const until = starts[tail + blocksMore];
    const text = content.slice(start, until === undefined ? undefined : until + delta);
    let next = tail;
    let met = false;
    const { pieces, ragged } = cut(text, { ...from, path: from.block.path, start: 0, line }, (at, state) => {
      while (next < blocks.length && (starts[next] ?? 0) + delta < start + at) next++;
      const there = blocks[next];
      met = there !== undefined && (starts[next] ?? 0) + delta === start + at && sameState(there, state);
      return met;
    });
    if (ragged) return undefined;
    if (met) return { pieces, text, next };
    if (until === undefined) return { pieces, text, next: blocks.length };
  }
}

function splice(old: Int32Array, from: number, to: number, put: readonly number[], shift: number): Int32Array {
  const result = new Int32Array(from + put.length + Math.max(0, old.length - to));
  result.set(old.subarray(0, from));
  result.set(put, from);
  for (let i = to, at = from + put.length; i < old.length; i++, at++) result[at] = (old[i] ?? 0) + shift;
  return result;
}

function cutBlock({ ended, started, section, indent, document }: Piece, block: Block): CutBlock {
  return { ended, started, section, indent, document, block };
}

function sameState(a: CutState, b: CutState): boolean {
  return a.ended === b.ended && a.started === b.started && a.section === b.section && a.indent === b.indent;
}

function isTooLarge({ start, end }: Piece): boolean {
  return end - start > largestBlock;
}

const hasDirectives = ({ directives }: Block): boolean => directives;
const hasAnchors = ({ anchors }: Block): boolean => anchors.length > 0;

function blocksWith(has: (block: Block) => boolean, blocks: readonly CutBlock[]): readonly Block[] {
  return blocks.flatMap(({ block }) => (has(block) ? [block] : []));
}

function countLines(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function keyOf(path: readonly string[], text: string): string {
  return `${path.join('.')}\n${text}`;
}

/** Whether a block ends inside a quoted text or a flow collection, as far as its errors tell. */
function isUnclosed({ errors }: Block): boolean {
  return errors.some(({ code }) => code === 'UNCLOSED');
}

/**
 * A quoted text or a flow collection may run over lines that look like the start of the next piece: when a piece ends inside
 * one, it is read together with the pieces after it, if that closes it.
 */
function joinPieces(
  uri: string,
  text: string,
  pieces: readonly Piece[],
  at: number,
  hint: number,
): { block: Block; count: number } | undefined {
  const piece = pieces[at];
  for (let count = 2; piece && count <= furthest; count++) {
    const last = pieces[at + count - 1];
    if (!last || last.document !== piece.document) return undefined;
    const block = parseBlock(uri, piece.path, copy(text.slice(piece.start, last.end)), hint);
    if (!block.broken) return { block, count };
  }
  return undefined;
}

const furthest = 4;

/** A slice keeps the whole text it was cut from alive; a block outlives many versions of it. */
function copy(slice: string): string {
  return slice.split('').join('');
}

/** Where a block stands in its file; undefined when it is of another version. Looks around the place where it once stood. */
export function placeOf(source: Source, block: Block): { readonly start: number; readonly line: number } | undefined {
  const { blocks, starts, lines } = source;
  for (let step = 0; step < blocks.length + block.hint; step++) {
    for (const index of step === 0 ? [block.hint] : [block.hint - step, block.hint + step]) {
      if (blocks[index]?.block === block) return { start: starts[index] ?? 0, line: lines[index] ?? 0 };
    }
  }
  return undefined;
}

/** The block that holds an offset of the file, and where it starts; at a border, the later one. */
export function blockAt(source: Source, offset: number): { readonly block: Block; readonly start: number } | undefined {
  const at = lastUpTo(source.starts, offset);
  const found = source.blocks[at];
  return found && { block: found.block, start: source.starts[at] ?? 0 };
}

/** Nodes from the root of a block down to the deepest that holds an offset, counted from the start of the block. */
export function nodesAt(block: Block, offset: number): readonly Node[] {
  const chain: Node[] = [];
  for (let node = block.root; node && node.start <= offset && offset <= node.end;) {
    chain.push(node);
    const children: readonly Node[] =
      node.kind === 'map'
        ? node.entries.flatMap(({ key, value }) => [key, value])
        : node.kind === 'seq'
          ? node.items
          : [];
    node = children.find((child) => child.start <= offset && offset <= child.end);
  }
  return chain;
}
