import type { EngineInfo, Replica } from './engine.js';
import type { SwarmNode, SwarmResources, SwarmService, Task } from './swarm.js';

/** What was last seen of an Engine. */
export interface Snapshot {
  readonly state: EngineState;
  readonly info: EngineInfo | undefined;
  /** By id. */
  readonly replicas: ReadonlyMap<string, Replica>;
  /** Undefined where the Engine is no manager of a Swarm. */
  readonly swarm: SwarmSnapshot | undefined;
}

export type EngineState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected' }
  /** `message` names the address and the cause. */
  | { readonly kind: 'unreachable'; readonly denied: boolean; readonly message: string };

export interface SwarmSnapshot {
  readonly services: readonly SwarmService[];
  readonly tasks: readonly Task[];
  readonly nodes: readonly SwarmNode[];
  readonly resources: SwarmResources;
  /** Why the lists are empty though the Engine is a manager, for example a lost quorum. */
  readonly error: string | undefined;
}

export const nothingSeen: Snapshot = {
  state: { kind: 'connecting' },
  info: undefined,
  replicas: new Map(),
  swarm: undefined,
};

export const noResources: SwarmResources = { networks: [], secrets: [], configs: [] };

/** With the asked ones as the Engine now says: those it no longer names are gone. */
export function withReplicas(snapshot: Snapshot, asked: readonly string[], found: readonly Replica[]): Snapshot {
  const replicas = new Map(snapshot.replicas);
  const left = new Set(asked);
  for (const replica of found) {
    replicas.set(replica.id, replica);
    left.delete(replica.id);
  }
  for (const id of left) replicas.delete(id);
  return { ...snapshot, replicas };
}

/** Whether a service of the Swarm is on its way: only then is there anything to see that brings no event. */
export function isSettling({ services, tasks }: SwarmSnapshot): boolean {
  return (
    services.some(({ running, desired, update }) => running !== desired || update?.state.endsWith('ing')) ||
    tasks.some(({ state, desiredState }) => desiredState === 'running' && transitional.has(state))
  );
}

const transitional: ReadonlySet<string> = new Set([
  'new',
  'allocated',
  'pending',
  'assigned',
  'accepted',
  'preparing',
  'ready',
  'starting',
]);
