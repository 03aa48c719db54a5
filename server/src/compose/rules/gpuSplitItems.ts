import { refuses } from '../target.js';
import { items, get, type Value } from '../model/value.js';
import type { PlacedEdit, ServiceRule } from './rule.js';

export const gpuSplitItems: ServiceRule = {
  id: 'gpu-split-items',
  scope: 'service',
  severity: 'error',
  targets: ['compose'],
  docs: {
    summary: 'One device is written as several items.',
    why: 'Each `-` begins another device. `driver`, `count` and `capabilities` of one device stand below a single `-`; otherwise the first of them has no `capabilities` and docker compose refuses the file.',
    bad: 'services:\n  api:\n    image: nginx:1.27\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - driver: nvidia\n            - count: 1\n            - capabilities: [gpu]\n',
    good: 'services:\n  api:\n    image: nginx:1.27\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - driver: nvidia\n              count: 1\n              capabilities: [gpu]\n',
    tool: "services.api.deploy.resources.reservations.devices.0 missing property 'capabilities'",
  },
  *check({ value }) {
    const devices = get(value, 'deploy', 'resources', 'reservations', 'devices');
    const list = items(devices);
    const keys = list.flatMap((item) => keyOf(item) ?? []);
    const [first, ...others] = list;
    if (
      !first ||
      keys.length !== list.length ||
      keys.length < 2 ||
      new Set(keys).size !== keys.length ||
      !keys.includes('capabilities')
    )
      return;
    yield {
      at: first.at,
      message: `These items are one device each, and none of them is whole: ${refuses.compose}. Keep the first \`-\` only.`,
      fixes: [{ title: 'Make them one device', edits: others.flatMap(withoutDash), preferred: true }],
    };
  },
};

const parts: readonly string[] = ['driver', 'count', 'device_ids', 'capabilities', 'options'];

/** The single key of an item. */
function keyOf(item: Value): string | undefined {
  const [key, ...more] = item.kind === 'map' && !item.flow ? item.members.keys() : [];
  return key !== undefined && more.length === 0 && parts.includes(key) ? key : undefined;
}

function withoutDash({ at: { block, start } }: Value): readonly PlacedEdit[] {
  const dash = block.text.lastIndexOf('-', start - 1);
  return dash < 0 ? [] : [{ at: { block, start: dash, end: dash + 1 }, text: ' ' }];
}
