import { parseDuration } from '../model/duration.js';
import { targets, refuses } from '../target.js';
import { misread } from './grammar.js';
import { get, known } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const invalidDuration: ServiceRule = {
  id: 'invalid-duration',
  scope: 'service',
  severity: 'error',
  targets,
  docs: {
    summary: 'A duration is no number with a unit.',
    why: 'Durations are numbers with units, as in `1m30s`: `ms`, `s`, `m`, `h`, for docker compose also `d` and `w`. A number alone could mean anything.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    stop_grace_period: "30"\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    stop_grace_period: "30s"\n',
    tool: 'time: missing unit in duration "30"',
  },
  *check({ value }, { target }) {
    for (const path of durations)
      yield* misread(get(value, ...path), (text) => parseDuration(text, target), `${refuses[target]}.`);
    for (const key of timesOfHealth) {
      const time = known(get(value, 'healthcheck', key));
      const ns = typeof time?.value === 'string' ? parseDuration(time.value, target).value?.nanoseconds : undefined;
      if (!time || ns === undefined || ns === 0 || ns >= 1e6) continue;
      const message = `\`${key}\` is less than a millisecond: the Engine refuses to create the container.`;
      yield { at: time.at, message, severity: 'warning' };
    }
  },
};

const timesOfHealth = ['interval', 'timeout', 'start_period', 'start_interval'];

const durations: readonly (readonly string[])[] = [
  ['stop_grace_period'],
  ...timesOfHealth.map((key) => ['healthcheck', key]),
  ...['update_config', 'rollback_config'].flatMap((group) => ['delay', 'monitor'].map((key) => ['deploy', group, key])),
  ...['delay', 'window'].map((key) => ['deploy', 'restart_policy', key]),
];
