import { blockAt } from '../syntax/source.js';
import type { Block, Node } from '../syntax/tree.js';
import type { CompletionItem, CompletionWorld } from './completionItem.js';
import { anchored, excerpt } from './excerpt.js';
import type { Location } from './locate.js';

/** Anchors that stand before the cursor, behind `*`; undefined where no alias is being typed. */
export function completeAnchors({ source }: CompletionWorld, at: Location): readonly CompletionItem[] | undefined {
  // One alias, or one of a list of them.
  const merge = at.slot?.findLast((step) => typeof step === 'string') === '<<';
  if (!at.slot || at.quote !== '' || !(at.typed.startsWith('*') || (merge && at.typed === ''))) return undefined;
  const cursor = at.word.start + at.typed.length;
  const here = blockAt(source, cursor)?.block;
  const found = new Map<string, { readonly block: Block; readonly node: Node }>();
  for (const { block } of source.blocks) {
    for (const { name, node } of block.anchors) {
      if (block === here && node.start >= cursor) continue;
      if (!merge || node.kind === 'map') found.set(name, { block, node });
    }
    if (block === here) break;
  }
  return Array.from(found, ([name, { block, node }]): CompletionItem => ({
    label: `*${name}`,
    kind: 'anchor',
    detail: `anchored ${kindWords[node.kind] ?? 'value'}`,
    documentation: () => excerpt(anchored({ block, start: node.start }, name)),
    insert: `*${name}`,
    replace: at.word,
  }));
}

const kindWords: Readonly<Record<string, string>> = { map: 'mapping', seq: 'list', scalar: 'value' };
