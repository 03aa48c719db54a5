import type { Project, Service } from '../model/projects.js';
import type { SwarmSnapshot } from '../engine/snapshot.js';
import type { FileRange } from '../ui.js';
import { currentTasks, taskName } from './tasks.js';

/** What goes wrong with a service that runs, at the place in the file where it is written. */
export interface SwarmFinding {
  readonly uri: string;
  readonly range: FileRange;
  readonly message: string;
  readonly code: 'task-failed' | 'update-paused';
}

/** Of the stacks of the workspace. Nothing for what runs as it should. */
export function swarmFindings(projects: readonly Project[], swarm: SwarmSnapshot | undefined): readonly SwarmFinding[] {
  if (!swarm) return [];
  const hosts = new Map(swarm.nodes.map(({ id, hostname }) => [id, hostname]));
  const sick = projects.flatMap(({ services }) => services).filter(({ swarm: service }) => service && isSick(service));
  const ids = new Set(sick.map(({ swarm: service }) => service?.id));
  const tasks = swarm.tasks.filter(({ serviceId }) => ids.has(serviceId));
  return sick.flatMap(({ name, declared, swarm: service }) => {
    if (!declared || !service) return [];
    const { uri, range } = declared;
    const findings: SwarmFinding[] = [];
    const { update } = service;
    if (update?.state.endsWith('paused')) {
      const message = `The update of ${service.name} is paused after a failure: ${update.message}.`;
      findings.push({ uri, range, message, code: 'update-paused' });
    }
    // The one that failed and the one that takes its place may say the same.
    const byError = new Map<string, Set<string>>();
    for (const task of currentTasks(tasks.filter(({ serviceId }) => serviceId === service.id))) {
      if (task.error === undefined || task.state === 'running') continue;
      const host = hosts.get(task.nodeId ?? '') ?? '';
      const place = task.slot === undefined || host === '' ? '' : ` on ${host}`;
      byError.set(task.error, new Set(byError.get(task.error)).add(`${taskName(task, name, host)}${place}`));
    }
    for (const [error, who] of byError) {
      const message = `${service.running} of ${service.desired} tasks run in the swarm. ${[...who].join(', ')}: ${error}.`;
      findings.push({ uri, range, message, code: 'task-failed' });
    }
    return findings;
  });
}

/** A task that failed and has a successor that runs is of the past. */
function isSick({ running, desired, update }: NonNullable<Service['swarm']>): boolean {
  return running < desired || (update?.state.endsWith('paused') ?? false);
}
