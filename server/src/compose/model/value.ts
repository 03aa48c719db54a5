import type { Block, Primitive } from '../syntax/tree.js';
import { isTimestamp } from '../syntax/yamlScalar.js';
import type { Span } from '../../text/span.js';

/** Where a thing stands: a span relative to the start of a block, which knows its file. Where the block starts, the file's snapshot knows. */
export interface Place extends Span {
  readonly block: Block;
}

/**
 * What a tool sees after YAML, aliases, merge keys and interpolation, with the place of the text that says so.
 * Values that come through an alias keep the place of the anchored text.
 */
export type Value = MapValue | SeqValue | ScalarValue;

interface ValueBase {
  readonly at: Place;
  /** `!reset` or `!override` where written. */
  readonly tag?: string;
  /** Texts that docker compose made one with what another file or service says here, before it looked at their shape. */
  readonly joined?: readonly Place[];
}

export interface MapValue extends ValueBase {
  readonly kind: 'map';
  readonly flow: boolean;
  readonly members: ReadonlyMap<string, Member>;
}

export interface Member {
  readonly key: string;
  readonly keyAt: Place;
  readonly value: Value;
}

export interface SeqValue extends ValueBase {
  readonly kind: 'seq';
  readonly flow: boolean;
  readonly items: readonly Value[];
  /** Whether items of several files or services stand in it, each behind those of the earlier ones. */
  readonly merged?: true;
}

export interface ScalarValue extends ValueBase {
  readonly kind: 'scalar';
  /** After interpolation. A string that interpolation changed stays a string, as in the tools: casting is the schema's matter. */
  readonly value: Primitive;
  /** The author's text before interpolation. */
  readonly text: string;
  /** Whether interpolation changed the text. */
  readonly interpolated: boolean;
  /** Whether a variable in it is unset, so that the value depends on where the file is used. */
  readonly unset: boolean;
}

/** The text of a place, as the author wrote it. */
export function written({ block, start, end }: Place): string {
  return block.text.slice(start, end);
}

/** Whether a scalar stands without quotes. */
export function isPlain({ at, text }: ScalarValue): boolean {
  return written(at) === text;
}

/** Whether a scalar is a date or a time, no text: that is what `2024-01-01` is without quotes or a tag. */
export function isDate(scalar: ScalarValue): boolean {
  const { text, tag = '!!timestamp' } = scalar;
  return tag === '!!timestamp' && isTimestamp(text) && isPlain(scalar);
}

/** Nothing at all, or `null`. */
export function isNothing(value: Value): boolean {
  return value.kind === 'scalar' && value.value === null;
}

/** What stands below a chain of keys. */
export function get(value: Value | undefined, ...keys: readonly string[]): Value | undefined {
  let at = value;
  for (const key of keys) at = at?.kind === 'map' ? at.members.get(key)?.value : undefined;
  return at;
}

/** A key with its value, below a chain of keys. */
export function entry(value: Value | undefined, ...path: readonly string[]): Member | undefined {
  const holder = get(value, ...path.slice(0, -1));
  return holder?.kind === 'map' ? holder.members.get(path.at(-1) ?? '') : undefined;
}

/** A scalar whose value is the same wherever the file is used; undefined for anything else. */
export function known(value: Value | undefined): ScalarValue | undefined {
  return value?.kind === 'scalar' && !value.unset ? value : undefined;
}

/** What a scalar says, as text: of a number its digits. Undefined for nothing, and where a variable decides. */
export function textOf(value: Value | undefined): string | undefined {
  const scalar = known(value);
  return scalar === undefined || scalar.value === null ? undefined : String(scalar.value);
}

/** A number, or a text that interpolation left and that is one. */
export function num(value: Value | undefined): number | undefined {
  const scalar = known(value);
  if (typeof scalar?.value === 'number') return scalar.value;
  return typeof scalar?.value === 'string' && /^[+-]?\d+(\.\d+)?$/.test(scalar.value)
    ? Number(scalar.value)
    : undefined;
}

export function isTrue(value: Value | undefined): boolean {
  const scalar = known(value);
  return scalar?.value === true || scalar?.value === 'true';
}

export function str(value: Value | undefined): string | undefined {
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

export function items(value: Value | undefined): readonly Value[] {
  return value?.kind === 'seq' ? value.items : [];
}

export function members(value: Value | undefined): Iterable<Member> {
  return value?.kind === 'map' ? value.members.values() : [];
}

/** The place of a part of a scalar's text; the whole scalar where it is not written verbatim (escapes, block scalars, several lines). */
export function partOf(value: ScalarValue, { start, end }: Span): Place {
  const { block, start: from, end: to } = value.at;
  const written = block.text.slice(from, to);
  const quote =
    written.length === value.text.length + 2 && (written.startsWith('"') || written.startsWith("'")) ? 1 : 0;
  if (written.slice(quote, written.length - quote) !== value.text) return value.at;
  return { block, start: from + quote + start, end: from + quote + end };
}

/** Whether two values say the same, wherever they stand. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind === 'scalar') return b.kind === 'scalar' && a.value === b.value;
  if (a.kind === 'seq') {
    return b.kind === 'seq' && a.items.length === b.items.length && a.items.every((it, i) => sameAt(it, b.items[i]));
  }
  return (
    b.kind === 'map' &&
    a.members.size === b.members.size &&
    [...a.members.values()].every((it) => sameAt(it.value, b.members.get(it.key)?.value))
  );
}

function sameAt(a: Value, b: Value | undefined): boolean {
  return b !== undefined && sameValue(a, b);
}
