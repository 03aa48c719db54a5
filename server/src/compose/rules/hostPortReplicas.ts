import { isGlobal, replicasOf } from '../model/replicas.js';
import { items, str, get, entry, num } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const hostPortReplicas: ServiceRule = {
  id: 'host-port-replicas',
  scope: 'service',
  severity: 'warning',
  targets: ['stack'],
  docs: {
    summary: 'A port of the host leaves room for one task on each node.',
    why: 'With `mode: host` a task takes the port on its node. More replicas than nodes stay pending, and with `order: start-first` the new task waits for a port that the old one keeps.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    ports:\n      - target: 80\n        published: 8080\n        mode: host\n    deploy:\n      replicas: 3\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    ports:\n      - target: 80\n        published: 8080\n        mode: host\n    deploy:\n      mode: global\n',
    tool: 'no suitable node (host-mode port already in use on 1 node)',
  },
  *check({ value }) {
    const startFirst = str(get(value, 'deploy', 'update_config', 'order')) === 'start-first';
    const replicas = isGlobal(value) ? 1 : replicasOf(value);
    if (replicas < 2 && !startFirst) return;
    for (const port of items(get(value, 'ports'))) {
      const published = entry(port, 'published');
      if (str(get(port, 'mode')) !== 'host' || !published || !num(published.value)) continue;
      yield {
        at: published.value.at,
        message: startFirst
          ? 'The old task keeps this port of the host, so with `order: start-first` the new one never starts.'
          : `Only one task on each node can have this port: with fewer than ${replicas} nodes the other replicas stay pending.`,
      };
    }
  },
};
