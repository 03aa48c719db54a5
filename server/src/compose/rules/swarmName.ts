import { checkSwarmName } from '../model/names.js';
import type { ServiceRule } from './rule.js';

export const swarmName: ServiceRule = {
  id: 'swarm-name',
  scope: 'service',
  severity: 'warning',
  targets: ['stack'],
  docs: {
    summary: 'A service name that the swarm refuses.',
    why: 'A service is called `STACK_SERVICE` in the swarm, which must be a DNS name: no dot, no `_` or `-` at its end, at most 63 characters.',
    bad: 'services:\n  web.front:\n    image: nginx:1.27\n',
    good: 'services:\n  web-front:\n    image: nginx:1.27\n',
    tool: 'name must be valid as a DNS name component',
  },
  *check({ name, nameAt }) {
    // A stack has a name of one letter at least.
    const problem = checkSwarmName(`x_${name}`);
    if (problem)
      yield {
        at: nameAt,
        message: `With the stack's name in front \`${name}\` ${problem}: the swarm refuses the service at deploy.`,
      };
  },
};
