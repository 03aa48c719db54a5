/** A service that is complete but for its name, its image and its ports. */
export interface ServiceSnippet {
  readonly label: string;
  readonly description: string;
  readonly mode: 'replicated' | 'global' | 'replicated-job';
  readonly replicas?: number;
  /** How its port is published; undefined for what serves nobody outside. */
  readonly publish?: 'ingress' | 'host';
  /** Further options of `docker service create`. */
  readonly options: readonly string[];
}

const rolling = ['--update-order=start-first', '--update-failure-action=rollback', '--update-parallelism=1'];

/** What most services are one of. */
export const serviceSnippets: readonly ServiceSnippet[] = [
  {
    label: 'Web server behind the routing mesh',
    description: '3 replicas; every node answers on its port; updated one by one',
    mode: 'replicated',
    replicas: 3,
    publish: 'ingress',
    options: rolling,
  },
  {
    label: 'Web server on each node',
    description: 'one task per node, on a port of that node',
    mode: 'global',
    publish: 'host',
    options: ['--endpoint-mode=dnsrr', '--update-failure-action=rollback', '--update-parallelism=1'],
  },
  {
    label: 'Worker',
    description: '2 replicas that publish nothing and restart after a failure',
    mode: 'replicated',
    replicas: 2,
    options: ['--restart-condition=on-failure', ...rolling],
  },
  {
    label: 'Job',
    description: 'runs once and ends',
    mode: 'replicated-job',
    replicas: 1,
    options: ['--restart-condition=none'],
  },
];
