import type { SeqValue, Value } from '../model/value.js';
import { refuses, type Target } from '../target.js';
import { typeAt } from './attributes.js';
import type { ShapeFinding } from './shapeFinding.js';
import { nameOf, report, type Spot, type Walk } from './walk.js';

export function findRepeated(value: SeqValue, spot: Spot, walk: Walk): void {
  const seen = new Map<string, Value>();
  value.items.forEach((item, index) => {
    const print = fingerprint(item, 3);
    if (print === undefined) return;
    const first = seen.get(print);
    if (first === undefined) {
      seen.set(print, item);
      return;
    }
    report(walk, { up: spot, key: index, keyAt: undefined, quiet: spot.quiet }, item, {
      rule: 'duplicate-item',
      severity: dependsOnUnset(item) ? 'warning' : 'error',
      message: `${nameOf(spot)} has the same item twice: ${refuses[walk.target]}.`,
      data: { first: first.at },
    });
  });
}

/** Items of lists made of several ones, anywhere below a path, that stand in more than one of them. */
export function repeatedInMerged(value: Value, path: readonly string[], target: Target): readonly ShapeFinding[] {
  if (value.kind === 'map')
    return [...value.members.values()].flatMap((it) => repeatedInMerged(it.value, [...path, it.key], target));
  if (value.kind !== 'seq' || !value.merged) return [];
  const type = typeAt(path, target);
  if (type?.kind !== 'list' || !type.unique.includes(target)) return [];
  const seen = new Map<string, Value>();
  return value.items.flatMap((item): readonly ShapeFinding[] => {
    const print = fingerprint(item, 3);
    const first = print === undefined ? undefined : seen.get(print);
    if (print !== undefined && !first) seen.set(print, item);
    // Two of one list are found where that is written.
    if (!first || (first.at.block === item.at.block && first.at.start !== item.at.start)) return [];
    const rule = 'duplicate-item';
    const message = `\`${String(path.at(-1))}\` has the same item already, where it comes from elsewhere: ${refuses[target]}.`;
    return [{ rule, severity: dependsOnUnset(item) ? 'warning' : 'error', at: item.at, path, message }];
  });
}

/** Equal for equal values; undefined for one too deep to compare. */
function fingerprint(value: Value, depth: number): string | undefined {
  if (value.kind === 'scalar') return JSON.stringify(value.value);
  if (depth === 0) return undefined;
  const parts =
    value.kind === 'seq'
      ? value.items.map((item) => fingerprint(item, depth - 1))
      : [...value.members.values()]
          .map((member) => `${JSON.stringify(member.key)}:${fingerprint(member.value, depth - 1) ?? '?'}`)
          .sort();
  return parts.includes(undefined) ? undefined : `${value.kind}[${parts.join()}]`;
}

function dependsOnUnset(value: Value): boolean {
  if (value.kind === 'scalar') return value.unset;
  const inner = value.kind === 'seq' ? value.items : [...value.members.values()].map((member) => member.value);
  return inner.some((item) => item.kind === 'scalar' && item.unset);
}
