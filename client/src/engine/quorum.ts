import { isEngineError } from './engine.js';
import type { Engine } from './engine.js';
import type { SwarmSnapshot } from './snapshot.js';

/**
 * Whether the managers of a Swarm have lost each other, or have found each other again, since the snapshot: no event says so. Where
 * there is one manager, nothing is asked. Throws `EngineError` where the Engine itself does not answer.
 */
export async function quorumChanged(
  engine: Engine,
  { nodes, error }: SwarmSnapshot,
  signal: AbortSignal,
): Promise<boolean> {
  const lost = error !== undefined;
  if (!lost && nodes.filter(({ role }) => role === 'manager').length < 2) return false;
  try {
    await engine.swarm.nodes(signal);
    return lost;
  } catch (failure) {
    if (!isEngineError(failure) || failure.reason !== 'refused') throw failure;
    return !lost;
  }
}
