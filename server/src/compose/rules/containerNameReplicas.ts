import { writtenReplicas } from '../model/replicas.js';
import { removeKey } from './fixes.js';
import { refuses } from '../target.js';
import { str, entry, num } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const containerNameReplicas: ServiceRule = {
  id: 'container-name-replicas',
  scope: 'service',
  severity: 'error',
  targets: ['compose'],
  docs: {
    summary: 'A service with a fixed container name has several replicas.',
    why: "A container's name is unique in the Engine, so only one replica could have it. Without `container_name` each replica gets a name of its own, and all are reached by the service's name.",
    bad: 'services:\n  web:\n    image: nginx:1.27\n    container_name: web\n    deploy:\n      replicas: 3\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      replicas: 3\n',
    tool: "can't set container_name and web as container name must be unique",
  },
  *check({ value, active }) {
    const name = entry(value, 'container_name');
    const count = num(writtenReplicas(value));
    if (!active || !name || str(name.value) === '' || count === undefined || count < 2) return;
    yield {
      at: name.keyAt,
      message: `\`container_name\` cannot be given to ${count} replicas, as it is unique: ${refuses.compose}.`,
      fixes: removeKey(name.keyAt, 'Remove `container_name`'),
    };
  },
};
