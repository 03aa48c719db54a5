import { replaceText, type Fixes } from './fixes.js';
import { gpuIdKind } from '../model/device.js';
import { gpuRequests } from '../model/gpu.js';
import { items, get, known, type Place } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const gpuDeviceId: ServiceRule = {
  id: 'gpu-device-id',
  scope: 'service',
  severity: 'warning',
  targets: ['compose'],
  docs: {
    summary: 'An id that names no GPU.',
    why: 'NVIDIA devices go by index (`"0"`), by UUID (`GPU-…`, `MIG-…`), by `GPU:INSTANCE`, or by CDI name (`nvidia.com/gpu=0`). Another id is only found wrong when the container starts.',
    bad: 'services:\n  api:\n    image: nginx:1.27\n    gpus:\n      - device_ids: ["gpu0"]\n',
    good: 'services:\n  api:\n    image: nginx:1.27\n    gpus:\n      - device_ids: ["0"]\n',
  },
  *check({ value }) {
    for (const { value: request } of gpuRequests(value)) {
      const driver = get(request, 'driver');
      if (driver?.kind === 'scalar' && driver.value !== 'nvidia') continue;
      for (const item of items(get(request, 'device_ids'))) {
        const id = known(item);
        if (typeof id?.value !== 'string') continue;
        const kind = gpuIdKind(id.value);
        if (kind === undefined)
          yield { at: id.at, message: `\`${id.value}\` names no GPU: write an index in quotes, a UUID or a CDI name.` };
        if (kind === 'list')
          yield {
            at: id.at,
            message: `\`${id.value}\` is one id to docker compose. List each device by itself.`,
            fixes: split(id.at, id.value),
          };
      }
    }
  },
};

/** Only inside of `[ ]` can one item become several in its place. */
function split(at: Place, text: string): Fixes {
  const before = at.block.text.slice(0, at.start).trimEnd();
  if (!before.endsWith('[') && !before.endsWith(',')) return [];
  const ids = text.split(',').map((id) => `"${id.trim()}"`);
  return replaceText(at, ids.join(', '), 'List each device by itself');
}
