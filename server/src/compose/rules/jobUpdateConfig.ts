import { str, get, entry } from '../model/value.js';
import { removeKey } from './fixes.js';
import type { ServiceRule } from './rule.js';

export const jobUpdateConfig: ServiceRule = {
  id: 'job-update-config',
  scope: 'service',
  severity: 'warning',
  targets: ['stack'],
  docs: {
    summary: 'A job cannot be updated step by step.',
    why: 'The tasks of `replicated-job` and `global-job` run to completion; the swarm refuses `update_config` and `rollback_config` for them.',
    bad: 'services:\n  migrate:\n    image: nginx:1.27\n    deploy:\n      mode: replicated-job\n      update_config:\n        parallelism: 2\n',
    good: 'services:\n  migrate:\n    image: nginx:1.27\n    deploy:\n      mode: replicated-job\n',
    tool: 'Jobs may not have an update config',
  },
  *check({ value }) {
    const mode = str(get(value, 'deploy', 'mode'));
    if (mode?.endsWith('-job') !== true) return;
    for (const key of ['update_config', 'rollback_config']) {
      const config = entry(value, 'deploy', key);
      if (!config) continue;
      yield {
        at: config.keyAt,
        message: `A \`${mode}\` cannot have \`${key}\`: the swarm refuses the service at deploy.`,
        fixes: removeKey(config.keyAt, `Remove \`${key}\``),
      };
    }
  },
};
