import type { Replica } from '../engine/engine.js';

/** Which replicas go when so many are to stay: those that do not run, then the unhealthy, then the highest numbers. */
export function leavingReplicas(replicas: readonly Replica[], stay: number): readonly Replica[] {
  const worth = ({ state, health }: Replica): number => (state !== 'running' ? 0 : health === 'unhealthy' ? 1 : 2);
  const byWorth = [...replicas].sort((a, b) => worth(b) - worth(a) || a.number - b.number);
  return byWorth.slice(stay);
}
