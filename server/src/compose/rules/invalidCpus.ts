import { parseCpus } from '../model/cpus.js';
import { targets } from '../target.js';
import { misread, refuses } from './grammar.js';
import { dig } from './look.js';
import type { ServiceRule } from './rule.js';

export const invalidCpus: ServiceRule = {
  id: 'invalid-cpus',
  scope: 'service',
  severity: 'error',
  targets,
  docs: {
    summary: 'A number of CPUs is no number.',
    why: "CPUs are counted in whole ones and parts of them, such as `0.5`. Kubernetes' `500m` is no number here.",
    bad: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      resources:\n        limits:\n          cpus: 500m\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      resources:\n        limits:\n          cpus: "0.5"\n',
    tool: 'strconv.ParseFloat: parsing "500m": invalid syntax',
  },
  *check({ value }, { target }) {
    for (const group of ['limits', 'reservations']) {
      yield* misread(
        dig(value, 'deploy', 'resources', group, 'cpus'),
        (text) => parseCpus(text, target),
        `${refuses[target]}.`,
      );
    }
  },
};
