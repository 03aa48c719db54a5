import type { Task } from '../engine/swarm.js';

/**
 * The tasks of a service that say how it is, in the order of their slots: those Swarm wants, and for a slot the newest that
 * failed, as long as nothing runs in its place. Swarm keeps more of the past than that.
 */
export function currentTasks(tasks: readonly Task[]): readonly Task[] {
  const wanted = tasks.filter(({ desiredState }) => isWanted(desiredState));
  const well = new Set(wanted.filter(({ state }) => state === 'running').map(placeOf));
  const failed = new Map<string, Task>();
  for (const task of tasks) {
    const place = placeOf(task);
    if (task.error === undefined || isWanted(task.desiredState) || well.has(place) || !hasFailed(task)) continue;
    if ((failed.get(place)?.at ?? -1) < task.at) failed.set(place, task);
  }
  return [...wanted, ...failed.values()].sort(
    (a, b) => (a.slot ?? 0) - (b.slot ?? 0) || b.at - a.at || a.id.localeCompare(b.id),
  );
}

/** `web.1`; a task of a global service goes by its node. */
export function taskName(task: Task, service: string, place: string): string {
  return task.slot === undefined ? `${service} on ${place || 'no node'}` : `${service}.${task.slot}`;
}

function isWanted(desiredState: string): boolean {
  return desiredState === 'running' || desiredState === 'ready' || desiredState === 'accepted';
}

function hasFailed({ state }: Task): boolean {
  return state === 'failed' || state === 'rejected' || state === 'orphaned';
}

function placeOf({ slot, nodeId }: Task): string {
  return slot === undefined ? (nodeId ?? '') : String(slot);
}
