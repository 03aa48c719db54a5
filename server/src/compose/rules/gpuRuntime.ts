import { items, str, get, entry, type Place, type Value } from '../model/value.js';
import { addBeside, replaceKey } from './fixes.js';
import type { Fix, ServiceRule } from './rule.js';

export const gpuRuntime: ServiceRule = {
  id: 'gpu-runtime',
  scope: 'service',
  severity: 'info',
  targets: ['compose'],
  docs: {
    summary: '`runtime: nvidia` alone gives a container no GPU.',
    why: 'The NVIDIA runtime hands out the devices named in `NVIDIA_VISIBLE_DEVICES`. NVIDIA sets it in its own images; elsewhere it has to be set, or better, the GPUs reserved.',
    bad: 'services:\n  api:\n    image: python:3.12-slim\n    runtime: nvidia\n',
    good: 'services:\n  api:\n    image: python:3.12-slim\n    runtime: nvidia\n    environment:\n      NVIDIA_VISIBLE_DEVICES: all\n',
  },
  *check({ value, complete }) {
    const runtime = entry(value, 'runtime');
    if (!complete || !runtime || str(runtime.value) !== 'nvidia') return;
    if (get(value, 'gpus') ?? get(value, 'env_file') ?? get(value, 'deploy', 'resources', 'reservations', 'devices'))
      return;
    if (setsDevices(get(value, 'environment'))) return;
    yield {
      at: runtime.value.at,
      message: 'The NVIDIA runtime gives a container the GPUs in `NVIDIA_VISIBLE_DEVICES`, which is not set here.',
      fixes: [
        ...setDevices(value, runtime.keyAt),
        ...replaceKey(runtime.keyAt, { gpus: 'all' }, 'Use `gpus: all` instead', { preferred: false }),
      ],
    };
  },
};

const name = 'NVIDIA_VISIBLE_DEVICES';

function setsDevices(environment: Value | undefined): boolean {
  if (environment?.kind === 'map') return environment.members.has(name);
  return items(environment).some((it) => str(it)?.split('=')[0] === name);
}

function setDevices(service: Value, keyAt: Place): readonly Fix[] {
  const listed = get(service, 'environment')?.kind === 'seq';
  return addBeside(keyAt, { environment: listed ? [`${name}=all`] : { [name]: 'all' } }, `Set \`${name}\``);
}
