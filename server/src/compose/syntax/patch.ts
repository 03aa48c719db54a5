import { lastUpTo } from '../../text/halves.js';
import type { LineIndex } from '../../text/lineIndex.js';
import {
  blocksWith,
  copy,
  cutBlock,
  hasAnchors,
  hasDirectives,
  isTooLarge,
  isUnclosed,
  type CutBlock,
} from './blocks.js';
import { oddBreak } from './characters.js';
import { cut, type CutState, type Piece } from './cut.js';
import { parseBlock } from './parse.js';
import type { Source } from './source.js';
import type { Block } from './tree.js';

/** The next version of a source: cuts and parses only what lies between the ends that are the same. Undefined where that is not safe. */
export function patch(previous: Source, content: LineIndex): Source | undefined {
  const { blocks, starts, lines, uri } = previous;
  const { head, tail } = unchanged(previous, content);
  const resume = Math.max(0, head - 1); // the last unchanged block may take in what follows it
  const recut = cutAgain(previous, content, resume, tail);
  const first = blocks[resume];
  const last = recut?.pieces.at(-1);
  if (!first || !recut || !last || recut.pieces.some(isTooLarge) || oddBreak.test(recut.text)) return undefined;
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

function sameState(a: CutState, b: CutState): boolean {
  return a.ended === b.ended && a.started === b.started && a.section === b.section && a.indent === b.indent;
}

function countLines(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
