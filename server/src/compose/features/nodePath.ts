import type { Path } from '../schema/attributes.js';
import { blockAt, type Source } from '../syntax/source.js';
import type { Block, Entry, MapNode, Node, ScalarNode } from '../syntax/tree.js';

/** A key or a value under the cursor. Offsets count from the start of the block. */
export interface PathAt {
  readonly block: Block;
  /** Offset of the block in the file. */
  readonly start: number;
  readonly path: Path;
  readonly onKey: boolean;
  readonly node: Node;
}

/** The key or value at an offset, by the tree; undefined between them and in blocks that cannot be read. */
export function pathAt(source: Source, offset: number): PathAt | undefined {
  const found = blockAt(source, offset);
  if (!found?.block.root) return undefined;
  const at = offset - found.start;
  const path: (string | number)[] = [...found.block.path];
  const answer = (node: Node, onKey: boolean): PathAt => ({ ...found, path, onKey, node });
  let node: Node = found.block.root;
  for (;;) {
    if (node.kind === 'map') {
      const entry: { readonly key: ScalarNode; readonly value: Node } | undefined = node.entries.find(
        ({ key, value }) => holds(key, at) || (holds(value, at) && value.end > value.start),
      );
      if (!entry) return undefined;
      path.push(entry.key.text);
      if (holds(entry.key, at)) return answer(entry.key, true);
      node = entry.value;
    } else if (node.kind === 'seq') {
      const index: number = node.items.findIndex((item) => holds(item, at));
      const item: Node | undefined = node.items[index];
      if (!item) return undefined;
      path.push(index);
      node = item;
    } else return answer(node, false);
  }
}

/** The entry whose key stands at an offset of a block, with the mapping that holds it. */
export function entryUnder(block: Block, at: number): { readonly holder: MapNode; readonly entry: Entry } | undefined {
  let node = block.root;
  while (node?.kind === 'map' || node?.kind === 'seq') {
    if (node.kind === 'seq') node = node.items.find((item) => holds(item, at));
    else {
      const holder: MapNode = node;
      const entry = holder.entries.find(({ key, value }) => holds(key, at) || holds(value, at));
      if (entry && holds(entry.key, at)) return { holder, entry };
      node = entry?.value;
    }
  }
  return undefined;
}

function holds({ start, end }: Node, offset: number): boolean {
  return start <= offset && offset <= end;
}
