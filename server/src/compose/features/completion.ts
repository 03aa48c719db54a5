import { completeAnchors } from './completeAnchors.js';
import { completeKeys } from './completeKeys.js';
import { completeValues } from './completeValues.js';
import { completeVariables } from './completeVariables.js';
import type { CompletionItem, CompletionWorld } from './completionItem.js';
import type { Path } from '../schema/attributes.js';
import { locate } from './locate.js';
import { meantPath } from './meantPath.js';

/** What can be written at an offset of the file, best first. */
export function completion(world: CompletionWorld, offset: number): readonly CompletionItem[] {
  const written = locate(world.source, offset);
  if (!written) return [];
  const { parent, slot } = written;
  const meant = (path: Path | undefined): Path | undefined => path && meantPath(world.source, path);
  const at = { ...written, parent: meant(parent), slot: meant(slot) };
  const special = completeVariables(world, at) ?? completeAnchors(world, at);
  if (special) return special;
  const keys = completeKeys(world, at);
  const names = new Set(keys.flatMap(({ kind, label }) => (kind === 'variable' || kind === 'key' ? [label] : [])));
  // A name can be a key of `environment` or an item of it; once is enough.
  return [
    ...keys,
    ...completeValues(world, at).filter(
      ({ kind, label }) => !(kind === 'variable' || kind === 'key') || !names.has(label),
    ),
  ];
}
