import { items, get, known } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const placementPreference: ServiceRule = {
  id: 'placement-preference',
  scope: 'service',
  severity: 'warning',
  targets: ['stack'],
  docs: {
    summary: 'Tasks can only be spread over the values of a label.',
    why: 'Anything but `node.labels.NAME` and `engine.labels.NAME` is accepted and has no effect.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      placement:\n        preferences:\n          - spread: node.hostname\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      placement:\n        preferences:\n          - spread: node.labels.zone\n',
  },
  *check({ value }) {
    for (const item of items(get(value, 'deploy', 'placement', 'preferences'))) {
      const spread = known(get(item, 'spread'));
      if (typeof spread?.value !== 'string' || /^(?:node|engine)\.labels\../i.test(spread.value)) continue;
      yield {
        at: spread.at,
        message: `\`${spread.value}\` is no label, so spreading over it has no effect. Use \`node.labels.NAME\`.`,
      };
    }
  },
};
