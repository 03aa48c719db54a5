import type { Place, Value } from '../model/value.js';
import type { Target } from '../target.js';
import { isReadFirst } from './firstReading.js';
import type { ShapeData, ShapeFinding } from './shapeFinding.js';
import type { Level } from './suggest.js';

export interface Walk {
  readonly target: Target;
  readonly version: string;
  readonly found: ShapeFinding[];
}

/** Where the walk stands. `quiet`: below a key that is ignored, where only refusals matter. */
export interface Spot extends Level {
  readonly up: Spot | undefined;
  /** The path of the starting point; below it `up` and `key` tell it. */
  readonly path?: readonly (string | number)[];
  readonly keyAt: Place | undefined;
  readonly quiet: boolean;
}

export function report(
  walk: Walk,
  spot: Spot,
  value: Value | undefined,
  finding: Omit<ShapeFinding, 'at' | 'path'>,
): void {
  const empty = value !== undefined && value.at.start === value.at.end;
  const at = value === undefined || empty || finding.rule === 'missing-key' ? (spot.keyAt ?? value?.at) : value.at;
  if (at === undefined) return;
  const path = pathOf(spot);
  const readFirst = walk.target === 'compose' && (finding.readFirst || isReadFirst(path, finding.rule));
  walk.found.push({ ...finding, at, path, ...(readFirst && { readFirst }) });
}

export function pathOf(spot: Spot): (string | number)[] {
  return spot.up === undefined ? [...(spot.path ?? [])] : [...pathOf(spot.up), spot.key];
}

/** How a sentence begins that is about this spot. */
export function nameOf(spot: Spot): string {
  if (typeof spot.key === 'string') return spot.key === '' ? 'The file' : `\`${spot.key}\``;
  const list = spot.up === undefined ? spot.path?.at(-2) : spot.up.key;
  return list === undefined ? 'An item' : `Each item of \`${String(list)}\``;
}

export function sentences(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(' ');
}

export function data(given: ShapeData | undefined): { readonly data?: ShapeData } {
  return given === undefined || Object.keys(given).length === 0 ? {} : { data: given };
}
