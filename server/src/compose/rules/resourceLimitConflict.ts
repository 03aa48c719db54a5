import { parseBytes } from '../model/bytes.js';
import { parseCpus } from '../model/cpus.js';
import { get, entry, known, type ScalarValue, type Value } from '../model/value.js';
import { removeKey } from './fixes.js';
import { refuses } from '../target.js';
import type { ServiceRule } from './rule.js';

export const resourceLimitConflict: ServiceRule = {
  id: 'resource-limit-conflict',
  scope: 'service',
  severity: 'error',
  targets: ['compose'],
  docs: {
    summary: 'A limit is set in two places with different values.',
    why: '`cpus`, `mem_limit`, `mem_reservation` and `pids_limit` are the older words for what stands under `deploy.resources`. As soon as `deploy.resources.limits` (or `reservations`) is there, the same value has to stand in it.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    mem_limit: 512m\n    deploy:\n      resources:\n        limits:\n          memory: 1g\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      resources:\n        limits:\n          memory: 1g\n',
    tool: "services.web: can't set distinct values on 'mem_limit' and 'deploy.resources.limits.memory'",
  },
  *check({ value, active }) {
    if (!active) return;
    for (const [key, group, inner, amount] of pairs) {
      const own = entry(value, key);
      const holder = get(value, 'deploy', 'resources', group);
      const mine = known(own?.value);
      if (!own || !mine || holder?.kind !== 'map') continue;
      const other = get(holder, inner);
      if (other && !known(other)) continue;
      const [a, b] = [amount(mine), other ? amountOf(other, amount) : 0];
      if (a === undefined || b === undefined || a === 0 || a === b) continue;
      const theirs = `deploy.resources.${group}.${inner}`;
      yield {
        at: own.keyAt,
        message: other
          ? `\`${key}\` and \`${theirs}\` have different values: ${refuses.compose}.`
          : `\`${key}\` needs the same value at \`${theirs}\`, as \`${group}\` is there: ${refuses.compose}.`,
        fixes: other ? removeKey(own.keyAt, `Remove \`${key}\``) : [],
      };
    }
  },
};

type Amount = (value: ScalarValue) => number | undefined;

const cpus: Amount = ({ value }) => (typeof value === 'number' ? value : parseCpus(String(value), 'compose').value);
/** docker compose takes a number with a fraction or exponent for none. */
const bytes: Amount = ({ value, text }) => {
  if (typeof value !== 'number') return parseBytes(String(value)).value;
  return /^[-+]?\d+$/.test(text) ? value : undefined;
};
const count: Amount = ({ value }) => (Number.isFinite(Number(value)) ? Number(value) : undefined);

const pairs: readonly (readonly [key: string, group: 'limits' | 'reservations', inner: string, amount: Amount])[] = [
  ['cpus', 'limits', 'cpus', cpus],
  ['mem_limit', 'limits', 'memory', bytes],
  ['mem_reservation', 'reservations', 'memory', bytes],
  ['pids_limit', 'limits', 'pids', count],
];

function amountOf(value: Value, amount: Amount): number | undefined {
  const scalar = known(value);
  return scalar && amount(scalar);
}
