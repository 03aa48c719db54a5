import { isGlobal } from '../model/replicas.js';
import { items, get } from '../model/value.js';
import type { ProjectRule } from './rule.js';

export const localVolume: ProjectRule = {
  id: 'local-volume',
  scope: 'project',
  severity: 'warning',
  targets: ['stack'],
  docs: {
    summary: 'The data of a volume does not follow a task to another node.',
    why: 'A volume of the driver `local` exists on each node by itself. A task that is moved, and every replica on another node, starts with an empty one. Bind the service to a node with a placement constraint, or use a driver that all nodes share.',
    bad: 'services:\n  db:\n    image: postgres:16\n    volumes:\n      - data:/var/lib/postgresql/data\nvolumes:\n  data:\n',
    good: 'services:\n  db:\n    image: postgres:16\n    volumes:\n      - data:/var/lib/postgresql/data\n    deploy:\n      placement:\n        constraints:\n          - node.labels.db == true\nvolumes:\n  data:\n',
  },
  *check({ value, references }, index) {
    if (items(get(value, 'deploy', 'placement', 'constraints')).length > 0) return;
    if (isGlobal(value)) return;
    for (const { kind, name, at } of references) {
      const declared = kind === 'volume' ? index.declared.volume.get(name) : undefined;
      if (!declared?.local) continue;
      yield {
        at,
        message: `Each node has a volume \`${name}\` of its own: a task that moves to another node starts with an empty one. Add a placement constraint or a shared volume driver.`,
      };
    }
  },
};
