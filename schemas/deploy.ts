import { deviceRequest, duration, labels } from './common.js';
import {
  attr,
  choice,
  count,
  format,
  integer,
  list,
  number,
  object,
  refused,
  split,
  string,
  union,
  unused,
  nothing,
  type Type,
} from './types.js';

const order = choice(
  {
    'stop-first': 'Stop the old task, then start the new one.',
    'start-first': 'Start the new task before the old one stops; both run for a moment.',
  },
  { compose: 'tool', stack: 'tool' },
);

function change(what: string, failureActions: Type, orderSince: '3.4' | '3.7') {
  return object({
    parallelism: attr(count, `How many tasks ${what} at the same time; 0 is all of them.`, {
      default: '1',
      compose: unused,
    }),
    delay: attr(duration, 'Time between two groups of tasks.', { default: '0s', compose: unused }),
    failure_action: attr(failureActions, 'What happens when it fails.', { default: 'pause', compose: unused }),
    monitor: attr(duration, 'How long each task is watched for failure afterwards.', {
      default: '5s',
      compose: unused,
    }),
    max_failure_ratio: attr(number(), 'The share of failed tasks to put up with, from 0 to 1.', {
      default: '0',
      compose: unused,
    }),
    order: attr(order, 'Whether the old or the new task goes first.', {
      default: 'stop-first',
      compose: unused,
      stack: orderSince,
    }),
  });
}

const pause = { pause: 'Stop where it is and wait for a person.', continue: 'Go on regardless.' };
const updateConfig = change(
  'are updated',
  choice({ ...pause, rollback: 'Go back to the previous version.' }, { stack: 'engine' }, { emptyInStack: true }),
  '3.4',
);
const rollbackConfig = change('are rolled back', choice(pause), '3.7');

const cpus = split(number({ cast: 'compose' }), format('cpus'));
const cpusDoc = 'CPU time in CPUs, such as `"0.5"`. A stack takes only a string, so keep the quotes.';
const memoryDoc = 'Memory such as `512M` or `2g`. A bare number must be in quotes and counts bytes.';

const device = object(deviceRequest, { required: ['capabilities'] });

const genericResource = object({
  discrete_resource_spec: attr(
    object({
      kind: attr(string, "The resource's name, as the node's daemon advertises it in `node-generic-resources`."),
      value: attr(split(integerValue(), number({ cast: 'never' })), 'How many of it each task needs.', {
        compose: unused,
      }),
    }),
    'A countable resource.',
    { compose: unused, stack: '3.5' },
  ),
});

function integerValue() {
  return number({ from: 'integer' });
}

const resources = object({
  limits: attr(
    object({
      cpus: attr(cpus, cpusDoc),
      memory: attr(format('bytes'), `${memoryDoc} A process that needs more is killed.`),
      pids: attr(integer({ cast: 'compose' }), 'The largest number of processes.', { compose: '2.3', stack: '3.9' }),
    }),
    'The most a container may use.',
  ),
  reservations: attr(
    object({
      cpus: attr(cpus, cpusDoc, { compose: unused }),
      memory: attr(format('bytes'), memoryDoc),
      generic_resources: attr(
        list(genericResource),
        "Resources of the node's own naming, such as GPUs. docker compose ignores them.",
        {
          compose: unused,
          stack: '3.5',
        },
      ),
      devices: attr(list(device), 'Devices to reserve, above all GPUs.', {
        stack: refused('Advertise the GPUs as node-generic-resources and reserve them with `generic_resources`.'),
      }),
    }),
    'What must be free on a node before a task is placed there.',
  ),
});

const restartPolicy = object({
  condition: attr(
    choice(
      { any: 'However it ended.', 'on-failure': 'Only after a failure.', none: 'Never.' },
      { stack: 'engine' },
      { emptyInStack: true },
    ),
    'When a container that ended is started again.',
    { default: 'any' },
  ),
  delay: attr(duration, 'Time to wait before the new start.', { default: '5s', compose: unused }),
  max_attempts: attr(count, 'How often it is tried before giving up; for ever without it.'),
  window: attr(duration, 'How long to watch before a restart counts as a success.', { default: '0s', compose: unused }),
});

const placement = object({
  constraints: attr(
    list(format('constraint')),
    'Conditions a node must meet, such as `node.role == manager` or `node.labels.gpu != none`.',
    { compose: unused },
  ),
  preferences: attr(
    list(
      object({
        spread: attr(string, 'The node label over whose values tasks are spread evenly, such as `node.labels.zone`.', {
          compose: unused,
        }),
      }),
    ),
    'How to spread tasks over the nodes that meet the constraints.',
    { compose: unused, stack: '3.3' },
  ),
  max_replicas_per_node: attr(count, 'The most replicas on one node.', { compose: unused, stack: '3.8' }),
});

export const deploy = union(
  nothing,
  object({
    mode: attr(
      choice(
        {
          replicated: 'As many tasks as `replicas` says.',
          global: 'One task on every node.',
          'replicated-job': 'Tasks that run to completion, `replicas` of them.',
          'global-job': 'One task on every node that runs to completion.',
        },
        { stack: 'tool' },
        { emptyInStack: true },
      ),
      'How many tasks there are.',
      { default: 'replicated', compose: unused },
    ),
    replicas: attr(count, 'How many containers of the service run.', { default: '1' }),
    endpoint_mode: attr(
      choice(
        {
          vip: 'One virtual address before all tasks.',
          dnsrr: "The name resolves to the tasks' own addresses; no ingress ports.",
        },
        { stack: 'engine' },
        { emptyInStack: true },
      ),
      "What the service's name resolves to.",
      { default: 'vip', compose: unused, stack: '3.2' },
    ),
    labels: attr(labels, 'Labels of the service, not of its containers.', { compose: unused }),
    update_config: attr(updateConfig, 'How a swarm rolls out a new version.', { compose: unused }),
    rollback_config: attr(rollbackConfig, 'How a swarm goes back to the previous version.', {
      compose: unused,
      stack: '3.7',
    }),
    resources: attr(resources, 'What a container may use at most and needs at least.'),
    restart_policy: attr(restartPolicy, 'Whether and how a container that ended is started again.'),
    placement: attr(placement, 'Which nodes may run the tasks.', { compose: unused }),
  }),
);
