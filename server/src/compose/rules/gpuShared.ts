import { gpuRequests } from '../model/gpu.js';
import { get } from '../model/value.js';
import type { ProjectRule } from './rule.js';

export const gpuShared: ProjectRule = {
  id: 'gpu-shared',
  scope: 'project',
  severity: 'hint',
  targets: ['compose'],
  docs: {
    summary: 'Several services get the same first GPU.',
    why: '`count: 1` always means the first GPU of the host, for every service that says so. To spread them, name the GPUs with `device_ids`.',
    bad: 'services:\n  api:\n    image: nginx:1.27\n    gpus:\n      - count: 1\n  train:\n    image: nginx:1.27\n    gpus:\n      - count: 1\n',
    good: 'services:\n  api:\n    image: nginx:1.27\n    gpus:\n      - device_ids: ["0"]\n  train:\n    image: nginx:1.27\n    gpus:\n      - device_ids: ["1"]\n',
  },
  *check({ facts, value }, { tables: { firstGpuTakers } }) {
    if (!facts.takesFirstGpu || firstGpuTakers.length < 2) return;
    const request = gpuRequests(value).find(({ named, count }) => !named && (count ?? 0) > 0);
    const at = (get(request?.value, 'count') ?? request?.value ?? value).at;
    const others = firstGpuTakers.length - 1;
    const name = firstGpuTakers.find((it) => it !== facts.name) ?? '';
    const who = others === 1 ? `\`${name}\` gets` : `${others} other services (\`${name}\` …) get`;
    yield {
      at,
      message: `A number of GPUs always means the first ones of the host, which ${who} too. Name them with \`device_ids\` to spread them.`,
    };
  },
};
