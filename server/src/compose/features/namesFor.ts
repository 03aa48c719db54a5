import type { KnownName } from '../../../../schemas/types.js';
import { get, str, type Value } from '../model/value.js';
import { attributeAt, knownNamesAt, type Path } from '../schema/attributes.js';
import type { CompletionWorld } from './completionItem.js';

/** The names that many choose in the mapping at a path; of options those of the driver beside it, and all where none is sure. */
export function namesFor({ project, target }: CompletionWorld, path: Path): readonly KnownName[] {
  const names = knownNamesAt(path, target);
  if (names.every(({ drivers }) => drivers === undefined)) return names;
  const holder = path.slice(0, -1);
  const written = holder.reduce<Value | undefined>((at, step) => get(at, String(step)), project.root);
  const driver = str(get(written, 'driver')) ?? attributeAt([...holder, 'driver'], target)?.default;
  return driver === undefined ? names : names.filter(({ drivers }) => drivers?.includes(driver) !== false);
}
