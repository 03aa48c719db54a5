import type { Project } from '../model/project.js';
import { occurrenceAt, occurrencesOf, type Occurrence } from './occurrences.js';

/** Every place that names the thing at an offset, in all files of the project. */
export function references(project: Project, uri: string, offset: number): readonly Occurrence[] {
  const thing = occurrenceAt(project, uri, offset);
  return thing ? occurrencesOf(project, thing) : [];
}
