import type { Project } from '../model/project.js';
import type { Place } from '../model/value.js';
import { occurrenceAt, occurrencesOf, type Occurrence } from './occurrences.js';

/** Where the thing that is named at an offset is declared: in each file that writes it. */
export function definition(project: Project, uri: string, offset: number): readonly Place[] {
  const thing = occurrenceAt(project, uri, offset);
  return thing ? declarationsOf(project, thing) : [];
}

export function declarationsOf(project: Project, thing: Occurrence): readonly Place[] {
  const declared = occurrencesOf(project, thing).filter(({ declares }) => declares);
  if (thing.kind !== 'anchor' || thing.declares) return declared.map(({ at }) => at);
  // An alias means the last anchor of its name before it.
  const order = (at: Place): number =>
    project.files.get(thing.at.block.uri)?.blocks.findIndex(({ block }) => block === at.block) ?? -1;
  const before = declared.filter(
    ({ at }) => order(at) < order(thing.at) || (at.block === thing.at.block && at.start < thing.at.start),
  );
  return before.slice(-1).map(({ at }) => at);
}
