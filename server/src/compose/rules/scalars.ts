import type { Node, ScalarNode } from '../syntax/tree.js';

/** Every scalar of a tree in the order of the text. */
export function* scalarsOf(node: Node | undefined): Iterable<{ readonly node: ScalarNode; readonly isKey: boolean }> {
  if (node?.kind === 'scalar') yield { node, isKey: false };
  if (node?.kind === 'seq') for (const item of node.items) yield* scalarsOf(item);
  if (node?.kind !== 'map') return;
  for (const { key, value } of node.entries) {
    yield { node: key, isKey: true };
    yield* scalarsOf(value);
  }
}
