import type { Parsed, Problem } from '../model/problem.js';
import { isPlain, partOf, written, type Place, type ScalarValue, type Value } from '../model/value.js';
import { replaceText, type Fixes } from './fixes.js';
import type { Finding, Severity } from './rule.js';

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
  const at = within(value, problem);
  const fixes = cures(value, problem, at);
  yield { at, message: `${why}${problem.message} ${consequence}`, ...softer(value), fixes };
}

/** The plain cure of a problem, where the text stands in the file as it is. */
function cures(value: ScalarValue, { cure, start, end }: Problem, at: Place): Fixes {
  const text = String(value.value);
  if (cure === undefined || written(at) !== text.slice(start, end)) return [];
  const whole = text.slice(0, start) + cure + text.slice(end);
  // Without quotes it would be a number and no text any more.
  const isNumber = isPlain(value) && cure === whole && /^[\d.]+$/.test(whole);
  return replaceText(at, isNumber ? `"${cure}"` : cure, `Change to \`${whole}\``);
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
