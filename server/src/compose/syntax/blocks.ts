import type { CutState, Piece } from './cut.js';
import type { Block } from './tree.js';

/** A block with what the cutter knew where it began. */
export interface CutBlock extends CutState {
  readonly block: Block;
  /** Number of the YAML document it belongs to. */
  readonly document: number;
}

/** Characters of one block: what can be parsed within a second. */
const largestBlock = 1_500_000;

export function cutBlock({ ended, started, section, indent, document }: Piece, block: Block): CutBlock {
  return { ended, started, section, indent, document, block };
}

export function isTooLarge({ start, end }: Piece): boolean {
  return end - start > largestBlock;
}

export const hasDirectives = ({ directives }: Block): boolean => directives;
export const hasAnchors = ({ anchors }: Block): boolean => anchors.length > 0;

/** The blocks that have something, in their order. */
export function blocksWith(has: (block: Block) => boolean, blocks: readonly CutBlock[]): readonly Block[] {
  return blocks.flatMap(({ block }) => (has(block) ? [block] : []));
}

/** Whether a block ends inside a quoted text or a flow collection, as far as its errors tell. */
export function isUnclosed({ errors }: Block): boolean {
  return errors.some(({ code }) => code === 'UNCLOSED');
}

/** A slice keeps the whole text it was cut from alive; a block outlives many versions of it. */
export function copy(slice: string): string {
  return slice.split('').join('');
}
