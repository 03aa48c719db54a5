import type { Reference } from '../model/service.js';
import type { Place } from '../model/value.js';
import { nearest } from '../schema/distance.js';
import { entryAround, entryAt, listAround } from '../syntax/find.js';
import { removeItemAt, removeKey, replaceText, type Fixes } from './fixes.js';

/** The place of the name alone in what refers to it: `db` in `service:db`. */
export function namePlace({ at, name }: Reference): Place {
  const found = at.block.text.slice(at.start, at.end).indexOf(name);
  return found < 0 || name === ''
    ? at
    : { block: at.block, start: at.start + found, end: at.start + found + name.length };
}

/** What goes before a finding about a name that may well be another one elsewhere. */
export function unsetHint({ unset }: Reference): string {
  return unset ? 'A variable in it is not set here. ' : '';
}

/** Takes the reference away, be it an item or a key, with the key that holds it where it is the only one. */
export function removeReference({ at, via, name }: Reference): Fixes {
  if (name === '') return [];
  const title = `Remove \`${name}\` from \`${via}\``;
  const removed = entryAt(at.block, at.start) ? removeKey : removeItemAt;
  const asked = { preferred: false, lossy: true };
  const fixes = removed(at, title, asked);
  const holder = fixes.length > 0 ? undefined : entryAround(at.block, at.start, via);
  if (!holder) return fixes;
  const whole = holder.value.kind === 'scalar' ? `Remove \`${via}\`` : title;
  return removeKey({ block: at.block, ...holder.key }, whole, asked);
}

/** A question and a fix for each name that was probably meant. */
export function similarNames(
  reference: Reference,
  names: Iterable<string>,
): { readonly question: string; readonly fixes: Fixes } {
  const meant = reference.unset ? [] : likely(reference.name, namesBut(reference, names));
  const at = namePlace(reference);
  const isName = at.block.text.slice(at.start, at.end) === reference.name;
  return {
    question: meant[0] === undefined ? '' : ` Did you mean \`${meant[0]}\`?`,
    fixes: isName
      ? meant
          .flatMap((name) => replaceText(at, name, `Change to \`${name}\``))
          .map((fix, i) => ({ ...fix, preferred: i === 0, guess: true }))
      : [],
  };
}

/** The names that do not stand beside the reference in one list: that takes none twice. */
function namesBut({ at, name }: Reference, names: Iterable<string>): readonly string[] {
  const items = listAround(at.block, at.start)?.list.items.map((item) => (item.kind === 'scalar' ? item.text : ''));
  return items?.includes(name) ? Array.from(names).filter((it) => !items.includes(it)) : [...names];
}

/** Names that differ by a slip of the fingers; else the one of which the name is a part, as `worker` is of `celery-worker`. */
export function likely(name: string, names: readonly string[]): readonly string[] {
  const close = nearest(name, names);
  if (close.length > 0) return close;
  const holding = names.filter((it) => it.split(/[-_.]/).includes(name));
  return holding.length === 1 ? holding : [];
}
