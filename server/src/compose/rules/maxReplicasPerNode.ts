import { items, get, known, num } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const maxReplicasPerNode: ServiceRule = {
  id: 'max-replicas-per-node',
  scope: 'service',
  severity: 'warning',
  targets: ['stack'],
  docs: {
    summary: 'More replicas than their one node may run.',
    why: 'A constraint keeps all replicas on one node, and `max_replicas_per_node` lets it run fewer: the others wait for ever.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      replicas: 3\n      placement:\n        max_replicas_per_node: 2\n        constraints: [node.hostname == alpha]\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      replicas: 2\n      placement:\n        max_replicas_per_node: 2\n        constraints: [node.hostname == alpha]\n',
    tool: 'no suitable node (max replicas per node limit exceed)',
  },
  *check({ value }) {
    const placement = get(value, 'deploy', 'placement');
    const most = get(placement, 'max_replicas_per_node');
    const [allowed, replicas] = [num(most), num(get(value, 'deploy', 'replicas'))];
    if (!most || !allowed || replicas === undefined || replicas <= allowed) return;
    const isOneNode = items(get(placement, 'constraints')).some((it) =>
      /^\s*node\.(?:id|hostname)\s*==/.test(String(known(it)?.value ?? '')),
    );
    if (!isOneNode) return;
    yield {
      at: most.at,
      message: `All ${replicas} replicas are to run on one node, which may run ${allowed}: the others wait for ever.`,
    };
  },
};
