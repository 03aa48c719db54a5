import { parseCpus } from '../model/cpus.js';
import { targets, refuses } from '../target.js';
import { misread } from './grammar.js';
import { get, known } from '../model/value.js';
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
        get(value, 'deploy', 'resources', group, 'cpus'),
        (text) => parseCpus(text, target),
        `${refuses[target]}.`,
      );
      const cpus = known(get(value, 'deploy', 'resources', group, 'cpus'));
      const wanted = cpus && parseCpus(String(cpus.value), target).value;
      const least = target === 'stack' ? 0.001 : 0.01;
      // docker compose reads no reservation of CPUs.
      if (wanted === undefined || wanted <= 0 || wanted >= least || (target === 'compose' && group !== 'limits'))
        continue;
      const message = `${cpus?.text ?? ''} is less than ${least} CPUs: the Engine refuses the service.`;
      if (cpus) yield { at: cpus.at, message, severity: 'warning' };
    }
  },
};
