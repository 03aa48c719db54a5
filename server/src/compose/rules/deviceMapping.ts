import { parseDevice } from '../model/device.js';
import { get, items } from '../model/value.js';
import { misread } from './grammar.js';
import type { ServiceRule } from './rule.js';
import { refuses } from '../target.js';

export const deviceMapping: ServiceRule = {
  id: 'device-mapping',
  scope: 'service',
  readFirst: true,
  severity: 'error',
  targets: ['compose'],
  docs: {
    summary: 'A device cannot be read.',
    why: 'The short form is `SOURCE[:TARGET[:PERMISSIONS]]`; the long form needs both `source` and `target`.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    devices: ["/dev/a:/dev/b:r:w"]\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    devices: ["/dev/a:/dev/b:rw"]\n',
    tool: 'confusing device mapping, please use long syntax: /dev/a:/dev/b:r:w',
  },
  *check({ value }) {
    for (const item of items(get(value, 'devices'))) {
      yield* misread(item, parseDevice, `${refuses.compose}.`);
      if (item.kind === 'map' && !get(item, 'target')) {
        yield { at: item.at, message: `A device needs its \`target\`, a path in the container: ${refuses.compose}.` };
      }
    }
  },
};
