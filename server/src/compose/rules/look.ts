import { get, type Member, type ScalarValue, type Value } from '../model/value.js';

/** What stands below a chain of keys. */
export function dig(value: Value | undefined, ...keys: readonly string[]): Value | undefined {
  return keys.reduce((at, key) => get(at, key), value);
}

/** A key with its value, below a chain of keys. */
export function entry(value: Value | undefined, ...path: readonly string[]): Member | undefined {
  const holder = dig(value, ...path.slice(0, -1));
  return holder?.kind === 'map' ? holder.members.get(path.at(-1) ?? '') : undefined;
}

/** A scalar whose value is the same wherever the file is used; undefined for anything else. */
export function known(value: Value | undefined): ScalarValue | undefined {
  return value?.kind === 'scalar' && !value.unset ? value : undefined;
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
