import type { Directive } from './parse.js';

/** Remembers directives by the block they stand in and a key: answers the first one of both, or undefined for one that is the first itself. */
export function firstInBlock(): (directive: Directive, key: string) => Directive | undefined {
  const blocks = new Map<Directive | undefined, Map<string, Directive>>();
  return (directive, key) => {
    const block = blocks.get(directive.parent) ?? new Map<string, Directive>();
    blocks.set(directive.parent, block);
    const first = block.get(key);
    if (!first) block.set(key, directive);
    return first;
  };
}
