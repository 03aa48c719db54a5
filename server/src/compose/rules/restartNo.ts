import { replaceKey } from './fixes.js';
import { get, entry, known } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const restartNo: ServiceRule = {
  id: 'restart-no',
  scope: 'service',
  severity: 'warning',
  targets: ['stack'],
  docs: {
    summary: '`restart: "no"` restarts for ever in a stack.',
    why: 'docker stack deploy takes `no` for nothing said, and the default of a swarm is to start a task again however it ended.',
    bad: 'services:\n  migrate:\n    image: nginx:1.27\n    restart: "no"\n',
    good: 'services:\n  migrate:\n    image: nginx:1.27\n    deploy:\n      restart_policy:\n        condition: none\n',
    tool: 'Ignoring unsupported options: restart',
  },
  *check({ value }) {
    const restart = entry(value, 'restart');
    if (!restart || known(restart.value)?.value !== 'no' || get(value, 'deploy', 'restart_policy')) return;
    yield {
      at: restart.value.at,
      message:
        'In a stack `restart: no` has no effect, and tasks are started again however they ended. Use `deploy.restart_policy.condition: none`.',
      fixes: replaceKey(
        restart.keyAt,
        { deploy: { restart_policy: { condition: 'none' } } },
        'Move to `deploy.restart_policy`',
      ),
    };
  },
};
