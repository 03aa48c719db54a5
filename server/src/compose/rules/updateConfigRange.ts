import { parseDuration } from '../model/duration.js';
import { str, get, entry, num } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const updateConfigRange: ServiceRule = {
  id: 'update-config-range',
  scope: 'service',
  severity: 'warning',
  targets: ['stack'],
  docs: {
    summary: 'A value of `update_config` or `rollback_config` is out of its range.',
    why: 'The swarm refuses a failure ratio outside of 0 to 1 and negative times.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      update_config:\n        max_failure_ratio: 20\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      update_config:\n        max_failure_ratio: 0.2\n',
    tool: 'TaskSpec: update-maxfailureratio cannot be less than 0 or bigger than 1',
  },
  *check({ value }) {
    for (const config of ['update_config', 'rollback_config']) {
      const ratio = entry(value, 'deploy', config, 'max_failure_ratio');
      const share = num(ratio?.value);
      if (ratio && share !== undefined && (share < 0 || share > 1)) {
        yield {
          at: ratio.value.at,
          message: '`max_failure_ratio` is a share from 0 to 1: the swarm refuses the service at deploy.',
        };
      }
      for (const key of ['delay', 'monitor']) {
        const time = get(value, 'deploy', config, key);
        const text = str(time);
        if (!time || text === undefined || (parseDuration(text, 'stack').value?.nanoseconds ?? 0) >= 0) continue;
        yield { at: time.at, message: `\`${key}\` cannot be negative: the swarm refuses the service at deploy.` };
      }
    }
  },
};
