import { cut, type CutState, type Piece } from './cut.js';
import { parseBlock } from './parse.js';
import type { Block, Node } from './tree.js';

/** One version of a file's text, in blocks. Blocks whose text did not change are the very objects of the version before. */
export interface Source {
  readonly uri: string;
  readonly text: string;
  readonly blocks: readonly CutBlock[];
  /** Offset and line at which each block starts, apart from the blocks so that an edit above leaves those alone. */
  readonly starts: Int32Array;
  readonly lines: Int32Array;
  /** Blocks with a comment that speaks to Longshore. */
  readonly directives: readonly Block[];
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
export function readSource(uri: string, text: string, previous?: Source): Source {
  if (text.length > largestFile) return tooLarge(uri);
  return (previous?.regular && patch(previous, text)) || readWhole(uri, text, previous);
}

/** Nothing of such a file is read; an empty block at its start says so. */
function tooLarge(uri: string): Source {
  const error = { code: 'TOO_LARGE', message: 'The file is too large to be checked.', start: 0, end: 0 };
  const nothing = { root: undefined, anchors: [], directives: false, hint: 0 };
  const block: Block = { uri, path: [], text: '', errors: [error], broken: true, ...nothing };
  const state = { ended: 0, started: false, section: undefined, indent: -1 };
  return {
    uri,
    text: '',
    blocks: [{ block, document: 0, ...state }],
    starts: Int32Array.of(0),
    lines: Int32Array.of(0),
    directives: [],
    tooLarge: true,
    regular: false,
  };
}

function readWhole(uri: string, text: string, previous: Source | undefined): Source {
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
    text,
    blocks,
    starts: Int32Array.from(kept, ({ start }) => start),
    lines: Int32Array.from(kept, ({ line }) => line),
    directives: withDirectives(blocks),
    tooLarge: false,
    regular: !ragged && !joined,
  };
}

/** Cuts and parses only what lies between the ends that are the same. Undefined where that is not safe. */
function patch(previous: Source, text: string): Source | undefined {
  const { blocks, starts, lines, uri } = previous;
  const delta = text.length - previous.text.length;
  if (delta === 0 && text === previous.text) return previous;
  const head = unchangedHead(previous, text);
  const tail = unchangedTail(previous, text, head);
  const resume = Math.max(0, head - 1); // the last unchanged block may take in what follows it
  const first = blocks[resume];
  const start = starts[resume];
  const line = lines[resume];
  if (!first || start === undefined || line === undefined) return undefined;
  // The cut is over where a block begins as it began before, and all after it is the same.
  let next = tail;
  const { pieces, ragged } = cut(text, { ...first, path: first.block.path, start, line }, (at, state) => {
    while (next < blocks.length && (starts[next] ?? 0) + delta < at) next++;
    const there = blocks[next];
    return there !== undefined && (starts[next] ?? 0) + delta === at && sameState(there, state);
  });
  const last = pieces.at(-1);
  if (ragged || !last || pieces.some(isTooLarge)) return undefined;
  if (last.end === text.length) next = blocks.length;
  const parsed = pieces.map((piece, i): CutBlock => {
    const unchanged = head > resume && i === 0 && piece.end - piece.start === first.block.text.length;
    const own = text.slice(piece.start, piece.end);
    return cutBlock(piece, unchanged ? first.block : parseBlock(uri, piece.path, copy(own), resume + i));
  });
  if (parsed.some(({ block }) => isUnclosed(block))) return undefined;
  const moved = last.line + countLines(text, last.start, last.end) - (lines[next] ?? 0);
  const all = [...blocks.slice(0, resume), ...parsed, ...blocks.slice(next)];
  const clean = previous.directives.length === 0 && !parsed.some(({ block }) => block.directives);
  return {
    ...previous,
    text,
    blocks: all,
    starts: splice(
      starts,
      resume,
      next,
      pieces.map((piece) => piece.start),
      delta,
    ),
    lines: splice(
      lines,
      resume,
      next,
      pieces.map((piece) => piece.line),
      moved,
    ),
    directives: clean ? previous.directives : withDirectives(all),
  };
}

/** How many blocks at the beginning are the same; halving stretches of text are compared, not block by block. */
function unchangedHead({ blocks, starts, text: before }: Source, text: string): number {
  let low = 0;
  let high = blocks.length;
  const endOf = (count: number): number => starts[count] ?? before.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (text.slice(endOf(low), endOf(middle)) === before.slice(endOf(low), endOf(middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The first block from which on all are the same, not before `head`. */
function unchangedTail({ blocks, starts, text: before }: Source, text: string, head: number): number {
  const delta = text.length - before.length;
  const startOf = (index: number): number => starts[index] ?? before.length;
  let low = head;
  let high = blocks.length;
  // What was there before the edit must stay clear of the unchanged head on both sides.
  while (low < high && startOf(low) + Math.min(0, delta) < startOf(head)) low++;
  while (low < high) {
    const middle = (low + high) >> 1;
    const [from, to] = [startOf(middle), startOf(high)];
    if (text.slice(from + delta, to + delta) === before.slice(from, to)) high = middle;
    else low = middle + 1;
  }
  return high;
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

function withDirectives(blocks: readonly CutBlock[]): readonly Block[] {
  return blocks.flatMap(({ block }) => (block.directives ? [block] : []));
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
  let low = 0;
  let high = source.blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const found = source.blocks[low];
  return found && { block: found.block, start: source.starts[low] ?? 0 };
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
