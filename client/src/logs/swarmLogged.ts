import type { Snapshot, SwarmSnapshot } from '../engine/snapshot.js';
import type { SwarmNode, Task } from '../engine/swarm.js';
import { groupBy } from '../model/groupBy.js';
import { shortName } from '../swarm/nodes.js';
import type { SwarmTarget } from '../swarm/target.js';
import { currentTasks } from '../swarm/tasks.js';
import type { Logged, LoggedTask, ScopePart } from './scope.js';

/** Everything of a Swarm that has logs, stack by stack, whether the workspace has its files or not. */
export function swarmLogged({ swarm }: Pick<Snapshot, 'swarm'>): readonly Logged[] {
  if (!swarm) return [];
  const ofService = groupBy(swarm.tasks, ({ serviceId }) => serviceId);
  const places = numbered(swarm.nodes);
  return [...groupBy(swarm.services, ({ stack }) => stack ?? '')].map(([stack, services]) => ({
    key: keyOf(stack),
    name: stack || 'swarm',
    services: services.map((service) => ({
      key: `${keyOf(stack)}/${service.name}`,
      name: shortName(service),
      replicas: [],
      tasks: currentTasks(ofService.get(service.id) ?? []).map((task) => placed(task, places)),
    })),
  }));
}

/** What a log view would follow for a part of the Swarm; undefined for what has no logs. */
export function swarmScopePart(target: SwarmTarget, { services, nodes }: SwarmSnapshot): ScopePart | undefined {
  if (target.kind === 'stack') return { project: keyOf(target.stack.name), name: target.stack.name };
  const service =
    target.kind === 'service'
      ? target.service
      : target.kind === 'task'
        ? services.find(({ id }) => id === target.task.serviceId)
        : undefined;
  if (!service) return undefined;
  const project = keyOf(service.stack ?? '');
  const part = { project, service: `${project}/${service.name}`, name: service.name };
  if (target.kind !== 'task') return part;
  const { slot } = placed(target.task, numbered(nodes));
  return slot === undefined ? part : { ...part, number: slot, name: target.name };
}

function keyOf(stack: string): string {
  return `swarm/${stack}`;
}

type Places = ReadonlyMap<string, { readonly number: number; readonly hostname: string }>;

/** A task of a global service has no slot: it goes by its node. */
function placed(task: Task, places: Places): LoggedTask {
  const place = task.slot === undefined ? places.get(task.nodeId ?? '') : undefined;
  return place ? { ...task, slot: place.number, place: place.hostname } : task;
}

function numbered(nodes: readonly SwarmNode[]): Places {
  const sorted = [...nodes].sort((a, b) => a.hostname.localeCompare(b.hostname));
  return new Map(sorted.map(({ id, hostname }, index) => [id, { number: index + 1, hostname }]));
}
