import { completeAnchors } from './completeAnchors.js';
import { completeKeys } from './completeKeys.js';
import { completeValues } from './completeValues.js';
import { completeVariables } from './completeVariables.js';
import type { CompletionItem, CompletionWorld } from './completionItem.js';
import { locate } from './locate.js';

/** What can be written at an offset of the file, best first. */
export function completion(world: CompletionWorld, offset: number): readonly CompletionItem[] {
  const at = locate(world.source, offset);
  if (!at) return [];
  const special = completeVariables(world, at) ?? completeAnchors(world, at);
  if (special) return special;
  return [...completeKeys(world, at), ...completeValues(world, at)];
}
