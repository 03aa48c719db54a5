import type { Edit } from '../../text/edit.js';
import type { ShapeFinding } from '../schema/shapeFinding.js';
import { addEntries, leafOf, removeEntry, type Leaf, type Tree } from '../syntax/edits.js';
import { entryAt, outerEntry } from '../syntax/find.js';
import type { MapNode } from '../syntax/tree.js';
import { fix, replaceKey, type Fixes } from './fixes.js';

/** Moves a key with its value to where it belongs in its service, network …, unless that place is taken. */
export function moveKey({ at, path, data }: ShapeFinding): Fixes {
  const place = entryAt(at.block, at.start);
  const root = at.block.root;
  const home = root?.kind === 'map' && at.block.path.length === 1 ? root.entries[0]?.value : undefined;
  const belongs = data?.belongs;
  if (!place || belongs === undefined || path.length < 3 || belongs.includes('[]') || home?.kind !== 'map') return [];
  const leaf = place.entry.value.kind === 'alias' ? undefined : leafOf(at.block.text, place.entry);
  if (leaf === undefined || (leaf.includes('\n') && home.flow)) return [];
  const way = [...belongs.split('.').filter(Boolean), String(path.at(-1))];
  if (isTaken(home, way)) return [];
  const tree = way.reduceRight<Leaf>((inner, key) => ({ [key]: inner }), leaf) as Tree;
  const title = belongs === '' ? 'Move further out' : `Move to \`${belongs}\``;
  if (place.parent === home) return replaceKey(at, tree, title);
  const removed = removeEntry(at.block, place) ?? removeEntry(at.block, outerEntry(at.block, at.start) ?? place);
  const added = addEntries(at.block.text, home, tree);
  const [only] = added?.length === 1 ? added : [];
  return removed && only ? [fix(at.block, title, moved(removed, only))] : [];
}

/** Whether something stands at the end of a way through mappings, or in it a value that is none. */
function isTaken(map: MapNode, [key, ...rest]: readonly string[]): boolean {
  const value = map.entries.find((it) => it.key.text === key)?.value;
  if (!value) return false;
  if (rest.length === 0 || (value.kind === 'map' && value.flow)) return true;
  return value.kind === 'map' && isTaken(value, rest);
}

/** What goes and what comes, in one edit where the new lines follow those that go. */
function moved(removed: Edit, added: Edit): readonly Edit[] {
  if (added.end < removed.start || added.start > removed.end) return [removed, added];
  const goesWithBreakBefore = added.end === removed.end;
  return [{ ...removed, text: goesWithBreakBefore ? added.text : `${added.text.replace(/^\n/, '')}\n` }];
}
