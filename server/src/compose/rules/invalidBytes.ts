import { parseBytes } from '../model/bytes.js';
import { get, items, members, type Value } from '../model/value.js';
import { targets, refuses, type Target } from '../target.js';
import { misread } from './grammar.js';
import type { ServiceRule } from './rule.js';

export const invalidBytes: ServiceRule = {
  id: 'invalid-bytes',
  scope: 'service',
  severity: 'error',
  targets,
  docs: {
    summary: 'A size is no number with a unit of bytes.',
    why: "Sizes are a number and `b`, `k`, `m`, `g`, `t` or `p`, with or without `b` or `ib` behind it: `512m`, `1gb`, `1GiB`. Kubernetes' `Gi` alone is no unit here.",
    bad: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      resources:\n        limits:\n          memory: 1Gi\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      resources:\n        limits:\n          memory: 1GiB\n',
    tool: "invalid suffix: 'gi'",
  },
  *check({ value }, { target }) {
    for (const size of sizes(value, target)) yield* misread(size, parseBytes, `${refuses[target]}.`);
  },
};

function* sizes(service: Value, target: Target): Iterable<Value | undefined> {
  const resources = get(service, 'deploy', 'resources');
  yield get(resources, 'limits', 'memory');
  yield get(resources, 'reservations', 'memory');
  if (target === 'stack') return; // the rest is ignored there, or no text
  for (const key of ['mem_limit', 'mem_reservation', 'memswap_limit', 'shm_size']) yield get(service, key);
  yield get(service, 'build', 'shm_size');
  for (const mount of items(get(service, 'volumes'))) yield get(mount, 'tmpfs', 'size');
  for (const { key, value } of members(get(service, 'blkio_config'))) {
    if (key.endsWith('_bps')) for (const device of items(value)) yield get(device, 'rate');
  }
}
