import { isEngineError } from './engine.js';
import type { Engine, Replica } from './engine.js';
import type { Taken } from './dirt.js';
import { noResources, withReplicas } from './snapshot.js';
import type { Snapshot, SwarmSnapshot } from './snapshot.js';
import type { SwarmResources } from './swarm.js';

/** The snapshot with what has to be read again as the Engine now says it. Throws `EngineError`. */
export async function readAgain(
  engine: Engine,
  before: Snapshot,
  { everything, swarm, resources, ids }: Taken,
  signal: AbortSignal,
): Promise<Snapshot> {
  const known = resources || before.swarm?.error !== undefined ? undefined : before.swarm?.resources;
  let next = before;
  if (everything) {
    const [info, replicas] = await Promise.all([engine.info(signal), engine.replicas({}, signal)]);
    next = { state: { kind: 'connected' }, info, replicas: byId(replicas), swarm: undefined };
  } else if (ids.length > 0) {
    next = withReplicas(next, ids, await engine.replicas({ ids }, signal));
  }
  const manager = next.info?.swarm.manager === true;
  if (!everything && !swarm) return next;
  return { ...next, swarm: manager ? await readSwarm(engine, known, signal) : undefined };
}

/** `known` are the networks, secrets and configs where no event has spoken of them. */
async function readSwarm(
  engine: Engine,
  known: SwarmResources | undefined,
  signal: AbortSignal,
): Promise<SwarmSnapshot> {
  const { swarm } = engine;
  try {
    const [services, tasks, nodes, resources] = await Promise.all([
      swarm.services({}, signal),
      swarm.tasks({}, signal),
      swarm.nodes(signal),
      known ?? swarm.resources(signal),
    ]);
    return { services, tasks, nodes, resources, error: undefined };
  } catch (error) {
    // A Swarm without a leader answers nothing; its Engine's containers are there all the same.
    if (!isEngineError(error) || error.reason !== 'refused') throw error;
    return { services: [], tasks: [], nodes: [], resources: noResources, error: error.message };
  }
}

function byId(replicas: readonly Replica[]): ReadonlyMap<string, Replica> {
  return new Map(replicas.map((replica) => [replica.id, replica]));
}
