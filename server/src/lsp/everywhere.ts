import type { Location } from 'vscode-languageserver';
import { occurrenceAt, occurrencesOf, type Occurrence } from '../compose/features/occurrences.js';
import { placeOf } from '../compose/syntax/source.js';
import type { Checked } from '../project/workspace.js';
import type { Session } from './session.js';

/** A place in a file that names something; the offset counts from its start. */
export interface NamePlace {
  readonly uri: string;
  readonly offset: number;
}

/** A name as one project means it. */
export interface Named extends NamePlace {
  readonly checked: Checked;
  readonly thing: Occurrence;
  /** Every place of the project that names the thing. */
  readonly found: readonly Occurrence[];
}

/**
 * What is named at a place, in every project that has a part in it: those of its file, and those of the files that name the thing
 * too. So an override for another machine, or a second file that extends the same service, is not left behind.
 */
export function namedEverywhere(session: Session, place: NamePlace): readonly Named[] {
  const named: Named[] = [];
  const seen = new Set<string>();
  const places = new Map([[place.uri, place]]);
  // Grows while it is walked.
  for (const { uri, offset } of places.values()) {
    for (const files of session.projectsOf(uri)) {
      const key = [files.target, ...files.files].join('\n');
      if (seen.has(key)) continue;
      const checked = session.check(files);
      const thing = occurrenceAt(checked.project, uri, offset);
      if (!thing) continue;
      seen.add(key);
      const found = occurrencesOf(checked.project, thing);
      named.push({ uri, offset, checked, thing, found });
      for (const { at } of found) {
        const source = checked.project.files.get(at.block.uri)?.source;
        const start = source && placeOf(source, at.block)?.start;
        if (start === undefined || places.has(at.block.uri)) continue;
        places.set(at.block.uri, { uri: at.block.uri, offset: start + at.start });
      }
    }
  }
  return named;
}

/** Each place once: several projects may share a file. */
export function distinct<T extends Location>(locations: readonly T[]): T[] {
  const key = ({ uri, range: { start } }: Location): string => `${uri} ${start.line}:${start.character}`;
  return [...new Map(locations.map((it) => [key(it), it])).values()];
}
