import { anchorTable, type FileModel } from '../model/file.js';
import type { Place } from '../model/value.js';
import type { Block, MapNode, Node } from '../syntax/tree.js';
import { excerpt } from './excerpt.js';

/** A key with its value, where it is written. */
type Entries = Map<string, Place>;

/** What a `<<` brings into its mapping, and what stands there already and stays. */
export function mergeWords(file: FileModel, block: Block, holder: MapNode, merged: Node): string {
  const anchor = anchorTable(file.source);
  const seen = new Set<Node>();
  const entriesOf = (at: Block, node: Node): Entries => {
    const found: Entries = new Map();
    if (node.kind === 'alias') {
      const target = anchor(node.name, at, node.start);
      return target && !seen.has(target.node) ? entriesOf(target.block, target.node) : found;
    }
    if (node.kind === 'seq') for (const item of node.items) fill(found, entriesOf(at, item));
    if (node.kind !== 'map') return found;
    seen.add(node);
    for (const { key, value } of node.entries) {
      if (key.text !== '<<')
        found.set(key.text, { block: at, start: key.start, end: Math.max(key.end + 1, value.end) });
    }
    for (const { key, value } of node.entries) if (key.text === '<<') fill(found, entriesOf(at, value));
    seen.delete(node);
    return found;
  };
  const own = new Set(holder.entries.map(({ key }) => key.text));
  const offered = [...entriesOf(block, merged)];
  const taken = offered.filter(([key]) => !own.has(key));
  const kept = offered.filter(([key]) => own.has(key)).map(([key]) => `\`${key}\``);
  return [
    `**<<**: merges ${sourcesOf(merged).join(', then ')}`,
    taken.length === 0
      ? 'Nothing comes in.'
      : taken
          .map(([, at]) => excerpt(at))
          .join('\n')
          .replaceAll('\n```\n```yaml', ''),
    kept.length === 0 ? '' : `${kept.join(', ')}: what is written here stays.`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

function fill(into: Entries, from: Entries): void {
  for (const [key, at] of from) if (!into.has(key)) into.set(key, at);
}

function sourcesOf(merged: Node): readonly string[] {
  if (merged.kind === 'alias') return [`\`*${merged.name}\``];
  return merged.kind === 'seq' ? merged.items.flatMap(sourcesOf) : ['the mapping behind it'];
}
