import { isGlobal } from '../model/replicas.js';
import { refuses } from '../target.js';
import { str, get, entry, num } from '../model/value.js';
import { removeKey } from './fixes.js';
import type { ServiceRule } from './rule.js';

export const replicasWithGlobal: ServiceRule = {
  id: 'replicas-with-global',
  scope: 'service',
  severity: 'error',
  targets: ['stack'],
  docs: {
    summary: 'A global service has no number of replicas.',
    why: 'In the modes `global` and `global-job` every node runs one task, so docker stack deploy refuses `replicas`.',
    bad: 'services:\n  agent:\n    image: nginx:1.27\n    deploy:\n      mode: global\n      replicas: 2\n',
    good: 'services:\n  agent:\n    image: nginx:1.27\n    deploy:\n      mode: global\n',
    tool: 'service agent: replicas can only be used with replicated or replicated-job mode',
  },
  *check({ value }) {
    const mode = str(get(value, 'deploy', 'mode'));
    const replicas = entry(value, 'deploy', 'replicas');
    if (!replicas || num(replicas.value) === undefined || !isGlobal(value)) return;
    yield {
      at: replicas.keyAt,
      message: `\`replicas\` and \`mode: ${mode ?? ''}\` exclude each other: ${refuses.stack}.`,
      fixes: removeKey(replicas.keyAt, 'Remove `replicas`'),
    };
  },
};
