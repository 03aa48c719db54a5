import { targets } from '../target.js';
import { get } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const resourceLimits: ServiceRule = {
  id: 'resource-limits',
  scope: 'service',
  severity: 'info',
  targets,
  off: true,
  docs: {
    summary: 'The service may take all memory of the host.',
    why: 'Without a limit one leaking container brings down its neighbours. A limit also tells a swarm what fits where.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      resources:\n        limits:\n          memory: 256M\n',
  },
  *check({ value, nameAt, name, complete }) {
    if (!complete || get(value, 'mem_limit') || get(value, 'deploy', 'resources', 'limits', 'memory')) return;
    yield { at: nameAt, message: `Service \`${name}\` has no memory limit.` };
  },
};
