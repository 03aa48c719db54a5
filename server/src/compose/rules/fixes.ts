import type { Edit } from '../../text/edit.js';
import { addEntries, removeEntry, removeItem, replaceEntry, type Tree } from '../syntax/edits.js';
import { entryAt, listAround } from '../syntax/find.js';
import type { Block } from '../syntax/tree.js';
import type { Place } from '../model/value.js';
import type { Fix, PlacedEdit } from './rule.js';

/** The fixes of a finding: one where there is one, none where the text leaves no safe edit. */
export type Fixes = readonly Fix[];

/** Writes another text in the place of a key or a scalar. */
export function replaceText(at: Place, text: string, title: string, more: Partial<Fix> = {}): Fixes {
  return [{ title, edits: [{ at, text }], preferred: true, ...more }];
}

/** Writes another word in the quotes that are there. */
export function replaceWord(at: Place, word: string, title = `Change to \`${word}\``, more: Partial<Fix> = {}): Fixes {
  const quote = /^["']/.exec(at.block.text.slice(at.start, at.end))?.[0] ?? '';
  return replaceText(at, `${quote}${word}${quote}`, title, more);
}

/** Takes a key away with what stands below it. `lossy`: something gets lost that has no other place. */
export function removeKey(keyAt: Place, title: string, more: Partial<Fix> = {}): Fixes {
  const place = entryAt(keyAt.block, keyAt.start);
  const edit = place && removeEntry(keyAt.block, place);
  return edit ? [fix(keyAt.block, title, [edit], more)] : [];
}

/** Takes an item out of a list. */
export function removeItemAt(at: Place, title: string, more: Partial<Fix> = {}): Fixes {
  const found = listAround(at.block, at.start);
  const edit = found && removeItem(at.block.text, found.list, found.index);
  return edit ? [fix(at.block, title, [edit], more)] : [];
}

/** Writes other keys in the place of one, beside it. */
export function replaceKey(keyAt: Place, tree: Tree, title: string, more: Partial<Fix> = {}): Fixes {
  const place = entryAt(keyAt.block, keyAt.start);
  const edits = place && replaceEntry(keyAt.block, place, tree);
  return edits ? [fix(keyAt.block, title, edits, more)] : [];
}

/** Adds keys to the mapping that holds a key. */
export function addBeside(keyAt: Place, tree: Tree, title: string, more: Partial<Fix> = {}): Fixes {
  const place = entryAt(keyAt.block, keyAt.start);
  const edits = place && addEntries(keyAt.block.text, place.parent, tree);
  return edits && edits.length > 0 ? [fix(keyAt.block, title, edits, more)] : [];
}

/** Adds keys to the mapping below a key, such as a service's name. */
export function addBelow(keyAt: Place, tree: Tree, title: string, more: Partial<Fix> = {}): Fixes {
  const value = entryAt(keyAt.block, keyAt.start)?.entry.value;
  const edits = value?.kind === 'map' ? addEntries(keyAt.block.text, value, tree) : undefined;
  return edits && edits.length > 0 ? [fix(keyAt.block, title, edits, more)] : [];
}

/** The one cure a person would expect, as edits of a block. */
export function fix(block: Block, title: string, edits: readonly Edit[], more: Partial<Fix> = {}): Fix {
  return { title, edits: edits.map((edit) => placed(block, edit)), preferred: true, ...more };
}

function placed(block: Block, { start, end, text }: Edit): PlacedEdit {
  return { at: { block, start, end }, text };
}
