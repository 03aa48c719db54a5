import type { Parsed } from '../model/problem.js';
import { partOf, type Place, type ScalarValue, type Value } from '../model/value.js';
import type { Target } from '../target.js';
import type { Finding, Severity } from './rule.js';

/** What the target's tool does with a file it takes for wrong. */
export const refuses: Readonly<Record<Target, string>> = {
  compose: 'docker compose refuses the file',
  stack: 'docker stack deploy refuses the file',
};

/** What a grammar has against a text, with a sentence that says what follows. Nothing is said of values that are no text. */
export function* misread(
  value: Value | undefined,
  parse: (text: string) => Parsed<unknown>,
  consequence: string,
): Iterable<Finding> {
  if (value?.kind !== 'scalar' || typeof value.value !== 'string') return;
  const { problem } = parse(value.value);
  if (!problem) return;
  const why = value.unset ? 'A variable in it is not set here. ' : '';
  yield { at: within(value, problem), message: `${why}${problem.message} ${consequence}`, ...softer(value) };
}

/** A part of a scalar's value; the whole scalar where variables moved it. */
export function within(value: ScalarValue, span: { readonly start: number; readonly end: number }): Place {
  return value.interpolated || span.start === span.end ? value.at : partOf(value, span);
}

/** A finding about something that depends on an unset variable is never an error. */
export function softer(...values: readonly (Value | undefined)[]): { readonly severity?: Severity } {
  return values.some(dependsOnUnset) ? { severity: 'warning' } : {};
}

function dependsOnUnset(value: Value | undefined): boolean {
  if (value?.kind === 'scalar') return value.unset;
  if (value?.kind === 'seq') return value.items.some(dependsOnUnset);
  return value?.kind === 'map' && [...value.members.values()].some((member) => dependsOnUnset(member.value));
}
