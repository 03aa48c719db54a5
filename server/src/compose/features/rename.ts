import { isKey } from '../model/names.js';
import type { Project } from '../model/project.js';
import type { PlacedEdit } from '../rules/rule.js';
import { occurrenceAt, occurrencesOf, type Occurrence } from './occurrences.js';

/** The name that would be renamed; undefined where nothing can be. */
export function prepareRename(project: Project, uri: string, offset: number): Occurrence | undefined {
  const thing = occurrenceAt(project, uri, offset);
  if (!thing) return undefined;
  // A name that nobody declares belongs to the tool or to somebody else: `default`, external files that are missing.
  const declared = thing.kind === 'profile' || occurrencesOf(project, thing).some(({ declares }) => declares);
  return declared ? thing : undefined;
}

/** The edits that give a thing another name everywhere, or why that makes no sense. */
export function rename(
  project: Project,
  uri: string,
  offset: number,
  name: string,
): { readonly edits: readonly PlacedEdit[] } | { readonly refused: string } {
  const thing = prepareRename(project, uri, offset);
  if (!thing) return { refused: 'There is no name here that these files declare.' };
  if (thing.kind === 'anchor' ? !/^[^\s[\]{},]+$/.test(name) : !isKey(name)) {
    const allowed = thing.kind === 'anchor' ? 'no blanks and brackets' : 'letters, digits, `.`, `_` and `-`';
    return { refused: `\`${name}\` cannot be the name of a ${thing.kind}: use ${allowed}.` };
  }
  if (name !== thing.name && occurrencesOf(project, { ...thing, name }).some(({ declares }) => declares)) {
    return { refused: `There is a ${thing.kind} \`${name}\` already.` };
  }
  const found = occurrencesOf(project, thing);
  for (const { at } of found) {
    const written = at.block.text.slice(at.start, at.end);
    if (written !== thing.name && written.includes('$')) {
      return { refused: `\`${written}\` stands for \`${thing.name}\` too: change its variable, then rename the rest.` };
    }
  }
  return { edits: found.map(({ at }) => ({ at, text: name })) };
}
