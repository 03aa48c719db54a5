import { removeKey } from './fixes.js';
import { refuses } from '../target.js';
import { get, entry, num } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const scaleReplicasConflict: ServiceRule = {
  id: 'scale-replicas-conflict',
  scope: 'service',
  severity: 'error',
  targets: ['compose'],
  docs: {
    summary: '`scale` and `deploy.replicas` say different numbers.',
    why: 'Both mean the number of replicas. Keep `deploy.replicas`, which docker stack reads too.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    scale: 2\n    deploy:\n      replicas: 3\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      replicas: 3\n',
    tool: "services.web: can't set distinct values on 'scale' and 'deploy.replicas'",
  },
  *check({ value, active }) {
    const scale = entry(value, 'scale');
    const replicas = num(get(value, 'deploy', 'replicas'));
    const count = num(scale?.value);
    if (!active || !scale || replicas === undefined || count === undefined || count === replicas) return;
    yield {
      at: scale.keyAt,
      message: `\`scale\` says ${count} and \`deploy.replicas\` says ${replicas}: ${refuses.compose}.`,
      fixes: removeKey(scale.keyAt, 'Remove `scale`'),
    };
  },
};
