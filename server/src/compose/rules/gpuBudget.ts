import { targets } from '../target.js';
import type { ProjectRule } from './rule.js';

export const gpuBudget: ProjectRule = {
  id: 'gpu-budget',
  scope: 'project',
  severity: 'warning',
  targets,
  docs: {
    summary: 'The services ask for more GPUs than the setting says there are.',
    why: 'Only counted when `longshore.gpus` is set. A swarm leaves tasks pending that find no free GPU; docker compose lets containers share, and refuses a single request for more than the host has.',
    bad: 'services:\n  api:\n    image: nginx:1.27\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - count: 1024\n              capabilities: [gpu]\n',
    good: 'services:\n  api:\n    image: nginx:1.27\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - count: 1\n              capabilities: [gpu]\n',
  },
  *check({ facts, nameAt }, { tables }, { settings, target }) {
    const available = settings.gpus;
    const own = facts.gpus ?? 0;
    if (available === undefined || own === 0) return;
    const all = tables.gpus;
    if (all <= available) return;
    const who = own === all ? `Service \`${facts.name}\` asks` : `The services ask`;
    const so =
      target === 'stack'
        ? 'tasks stay pending'
        : own > available
          ? 'containers do not start or share them'
          : 'containers share them';
    yield { at: nameAt, message: `${who} for ${all} GPUs, and there are ${available}: ${so}.` };
  },
};
