import { refuses } from '../target.js';
import { items, get, entry, known, num } from '../model/value.js';
import { removeKey } from './fixes.js';
import type { ServiceRule } from './rule.js';

export const gpuCountOrIds: ServiceRule = {
  id: 'gpu-count-or-ids',
  scope: 'service',
  severity: 'error',
  targets: ['compose'],
  docs: {
    summary: '`count` and `device_ids` exclude each other.',
    why: '`count` asks for so many devices, `device_ids` for exactly these. docker compose refuses both at once.',
    bad: 'services:\n  api:\n    image: nginx:1.27\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - count: 1\n              device_ids: ["0"]\n              capabilities: [gpu]\n',
    good: 'services:\n  api:\n    image: nginx:1.27\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - device_ids: ["0"]\n              capabilities: [gpu]\n',
    tool: 'services.api.deploy.resources.reservations.devices.[]: "count" and "device_ids" attributes are exclusive',
  },
  *check({ value }) {
    const requests = [
      ...items(get(value, 'deploy', 'resources', 'reservations', 'devices')),
      ...items(get(value, 'gpus')),
    ];
    for (const request of requests) {
      const count = entry(request, 'count');
      const ids = entry(request, 'device_ids');
      const driver = known(get(request, 'driver'));
      if (count && driver?.value === 'cdi' && num(count.value) !== 0) {
        yield {
          at: count.keyAt,
          message: 'A CDI device is named and not counted: the Engine refuses the request. Name it under `device_ids`.',
          severity: 'warning',
          fixes: ids ? [] : removeKey(count.keyAt, 'Remove `count`', { preferred: false }),
        };
      }
      if (!count || !ids) continue;
      yield {
        // The later one is what was added to a request that was fine.
        at: [count.keyAt, ids.keyAt].reduce((a, b) => (b.start > a.start ? b : a)),
        message: `\`count\` and \`device_ids\` exclude each other: ${refuses.compose}.`,
        fixes: [
          ...removeKey(count.keyAt, 'Remove `count`'),
          ...removeKey(ids.keyAt, 'Remove `device_ids`', { preferred: false }),
        ],
      };
    }
  },
};
