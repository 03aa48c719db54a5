import { lastUpTo } from '../../text/halves.js';
import { LineIndex } from '../../text/lineIndex.js';
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
import { oddBreak, oddBreaks } from './characters.js';
import { cut, type Piece } from './cut.js';
import { parseBlock } from './parse.js';
import { patch } from './patch.js';
import type { Block } from './tree.js';

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

/** Characters. Real files are under 100 kB; the tools themselves take minutes for more than this. */
export const largestFile = 8_000_000;

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
  const isOdd = oddBreak.test(content.text);
  const text = isOdd ? content.text.replace(oddBreaks, '\n') : content.text;
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
    regular: !ragged && !joined && !isOdd,
  };
}

function keyOf(path: readonly string[], text: string): string {
  return `${path.join('.')}\n${text}`;
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
