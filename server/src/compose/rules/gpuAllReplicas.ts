import { gpuRequests } from '../model/gpu.js';
import { replicasOf } from '../model/replicas.js';
import { get } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const gpuAllReplicas: ServiceRule = {
  id: 'gpu-all-replicas',
  scope: 'service',
  severity: 'info',
  targets: ['compose'],
  docs: {
    summary: 'Every replica gets the same GPUs.',
    why: 'docker compose does not spread GPUs: `count: all` gives all of them to each replica. Replicas share them and their memory. To pin them, write one service per GPU with `device_ids`.',
    bad: 'services:\n  api:\n    image: nginx:1.27\n    deploy:\n      replicas: 3\n      resources:\n        reservations:\n          devices:\n            - count: all\n              capabilities: [gpu]\n',
    good: 'services:\n  api:\n    image: nginx:1.27\n    deploy:\n      replicas: 1\n      resources:\n        reservations:\n          devices:\n            - count: all\n              capabilities: [gpu]\n',
  },
  *check({ value }) {
    const replicas = replicasOf(value);
    if (replicas < 2) return;
    for (const { value: request, count } of gpuRequests(value)) {
      if (count !== -1) continue;
      yield {
        at: (get(request, 'count') ?? request).at,
        message: `Each of the ${replicas} replicas gets all GPUs: they share them and their memory.`,
      };
    }
  },
};
