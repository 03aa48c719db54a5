import { describeBytes, parseBytes } from '../model/bytes.js';
import { get, known, type Value } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const memoryBounds: ServiceRule = {
  id: 'memory-bounds',
  scope: 'service',
  severity: 'warning',
  targets: ['compose', 'stack'],
  docs: {
    summary: 'An amount of memory is too small, or more than its limit.',
    why: 'The Engine wants at least 6 MiB for a container (a swarm 4 MiB), no reservation above the limit and, with swap, no less than without. The file is accepted and the container not started.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      resources:\n        limits: { memory: 256m }\n        reservations: { memory: 512m }\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      resources:\n        limits: { memory: 512m }\n        reservations: { memory: 256m }\n',
    tool: 'Minimum memory limit can not be less than memory reservation limit, see usage',
  },
  *check({ value }, { target }) {
    const resources = get(value, 'deploy', 'resources');
    const compose = target === 'compose';
    const limit = get(resources, 'limits', 'memory') ?? (compose ? get(value, 'mem_limit') : undefined);
    const reservation =
      get(resources, 'reservations', 'memory') ?? (compose ? get(value, 'mem_reservation') : undefined);
    const [most, least] = [bytesOf(limit), bytesOf(reservation)];
    const lowest = (compose ? 6 : 4) * 1024 ** 2;
    const refused = compose ? 'the Engine refuses to start the container' : 'the swarm refuses the service';
    if (limit && most !== undefined && most > 0 && most < lowest) {
      yield {
        at: limit.at,
        message: `${describeBytes(most)} of memory are too little, ${describeBytes(lowest)} the least: ${refused}.`,
      };
    }
    if (compose && reservation && most !== undefined && least !== undefined && most > 0 && least > most) {
      const message = `${describeBytes(least)} are reserved and ${describeBytes(most)} the limit: ${refused}.`;
      yield { at: reservation.at, message };
    }
    const swap = compose ? get(value, 'memswap_limit') : undefined;
    const all = bytesOf(swap);
    if (swap && all !== undefined && all > 0 && most !== undefined && all < most) {
      const message = `Memory and swap together (${describeBytes(all)}) are less than the memory alone (${describeBytes(most)}): ${refused}.`;
      yield { at: swap.at, message };
    }
  },
};

function bytesOf(value: Value | undefined): number | undefined {
  const scalar = known(value);
  if (typeof scalar?.value === 'number') return scalar.value;
  return typeof scalar?.value === 'string' ? parseBytes(scalar.value).value : undefined;
}
