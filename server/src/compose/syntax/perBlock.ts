import type { Block } from './tree.js';

/**
 * What is made of a block and the line where it stands, kept as long as both are the same: asked again, a whole file costs the blocks
 * that were edited or moved.
 */
export function perBlock<T>(make: (block: Block, line: number) => T): (block: Block, line: number) => T {
  const known = new WeakMap<Block, { readonly line: number; readonly made: T }>();
  return (block, line) => {
    const before = known.get(block);
    if (before?.line === line) return before.made;
    const made = make(block, line);
    known.set(block, { line, made });
    return made;
  };
}
