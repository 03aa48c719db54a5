import { items, str, get, entry, known, num, type Member, type Value } from '../model/value.js';
import { targets } from '../target.js';
import { replaceKey, type Fixes } from './fixes.js';
import type { Finding, ServiceRule } from './rule.js';

export const genericResource: ServiceRule = {
  id: 'generic-resource',
  scope: 'service',
  severity: 'warning',
  targets,
  docs: {
    summary: 'A generic resource that no node can provide.',
    why: 'A task gets a resource by `kind`, as the daemons of the nodes advertise it in `node-generic-resources`, and a whole number above 0 of it. Otherwise it stays pending. docker compose ignores generic resources.',
    bad: '# longshore: target=stack\nservices:\n  api:\n    image: nginx:1.27\n    deploy:\n      resources:\n        reservations:\n          generic_resources:\n            - discrete_resource_spec:\n                kind: gpu\n',
    good: '# longshore: target=stack\nservices:\n  api:\n    image: nginx:1.27\n    deploy:\n      resources:\n        reservations:\n          generic_resources:\n            - discrete_resource_spec:\n                kind: gpu\n                value: 1\n',
    tool: 'no suitable node (insufficient resources on 1 node)',
  },
  *check({ value }, { target }) {
    const resources = entry(value, 'deploy', 'resources', 'reservations', 'generic_resources');
    if (!resources) return;
    if (target === 'compose') {
      yield {
        at: resources.keyAt,
        message: 'docker compose ignores `generic_resources`. GPUs are reserved with `devices` there.',
        fixes: asDevices(resources),
      };
      return;
    }
    for (const item of items(resources.value)) yield* inItem(item);
  },
};

function* inItem(item: Value): Iterable<Finding> {
  const spec = entry(item, 'discrete_resource_spec');
  if (spec?.value.kind !== 'map') return;
  const kind = entry(spec.value, 'kind');
  if (!kind || known(kind.value)?.value === '') {
    yield { at: spec.keyAt, message: 'Without `kind` no node has the resource: the tasks stay pending.' };
  }
  const amount = entry(spec.value, 'value');
  const value = num(amount?.value);
  if (!amount) yield { at: spec.keyAt, message: 'Without `value` nothing can be reserved: the tasks stay pending.' };
  else if (value !== undefined && (value < 1 || !Number.isInteger(value))) {
    yield {
      at: amount.value.at,
      message: `\`${String(value)}\` of a resource cannot be reserved: the tasks stay pending. Use a whole number from 1 on.`,
    };
  }
}

/** The GPUs among the resources, as docker compose reserves them. */
function asDevices({ keyAt, value }: Member): Fixes {
  const specs = items(value).map((item) => get(item, 'discrete_resource_spec'));
  const gpus = specs.filter((spec) => /gpu/i.test(str(get(spec, 'kind')) ?? ''));
  const count = gpus.reduce((sum, spec) => sum + (num(get(spec, 'value')) ?? 1), 0);
  if (count === 0) return [];
  return replaceKey(keyAt, { devices: [{ capabilities: '[gpu]', count: String(count) }] }, 'Change to `devices`');
}
