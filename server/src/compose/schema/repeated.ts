import type { SeqValue, Value } from '../model/value.js';
import { nameOf, report, type Spot, type Walk } from './walk.js';
import { refuses } from '../target.js';

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
