import type { Span } from '../../text/span.js';
import type { Block, Entry, MapNode, Node, SeqNode } from './tree.js';

export interface EntryPlace {
  readonly parent: MapNode;
  readonly entry: Entry;
}

/** The entry whose key starts at an offset of a block; undefined where none does. */
export function entryAt(block: Block, keyStart: number): EntryPlace | undefined {
  let node = block.root;
  while (node) {
    if (node.kind === 'map') {
      const entry: Entry | undefined = node.entries.findLast(({ key }) => key.start <= keyStart);
      if (entry?.key.start === keyStart) return { parent: node, entry };
      node = entry?.value;
    } else node = node.kind === 'seq' ? node.items.findLast(({ start }) => start <= keyStart) : undefined;
  }
  return undefined;
}

/** The entry that holds the mapping of the entry whose key starts at an offset. */
export function outerEntry(block: Block, keyStart: number): EntryPlace | undefined {
  const inner = entryAt(block, keyStart)?.parent;
  let node = block.root;
  while (node) {
    if (node.kind === 'map') {
      const entry: Entry | undefined = node.entries.findLast(({ key }) => key.start <= keyStart);
      if (entry && entry.value === inner) return { parent: node, entry };
      node = entry?.value;
    } else node = node.kind === 'seq' ? node.items.findLast(({ start }) => start <= keyStart) : undefined;
  }
  return undefined;
}

/** The entry of a key that holds an offset of a block, the innermost one. */
export function entryAround(block: Block, at: number, key: string): Entry | undefined {
  let found: Entry | undefined;
  let node = block.root;
  while (node) {
    if (node.kind === 'map') {
      const entry: Entry | undefined = node.entries.findLast(({ key: { start } }) => start <= at);
      if (entry?.key.text === key) found = entry;
      node = entry?.value;
    } else node = node.kind === 'seq' ? node.items.findLast(({ start }) => start <= at) : undefined;
  }
  return found;
}

/** The node that takes exactly a span of a block; undefined where none does. */
export function nodeAt(block: Block, { start, end }: Span): Node | undefined {
  let node = block.root;
  while (node && !(node.start === start && node.end === end)) {
    if (node.kind === 'map') node = node.entries.findLast(({ key }) => key.start <= start)?.value;
    else node = node.kind === 'seq' ? node.items.findLast((item) => item.start <= start) : undefined;
  }
  return node;
}

/** The list an item stands in, by the offset of the item; undefined where none does. */
export function listAround(
  block: Block,
  itemStart: number,
): { readonly list: SeqNode; readonly index: number } | undefined {
  let node = block.root;
  while (node) {
    if (node.kind === 'seq') {
      const index = node.items.findLastIndex(({ start }) => start <= itemStart);
      const item: Node | undefined = node.items[index];
      // A list and its first item may start at the same place: the innermost one is meant.
      if (item?.start === itemStart && item.kind !== 'seq') return { list: node, index };
      node = item;
    } else node = node.kind === 'map' ? node.entries.findLast(({ key }) => key.start <= itemStart)?.value : undefined;
  }
  return undefined;
}
