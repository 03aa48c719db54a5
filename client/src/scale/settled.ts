import { EngineError } from '../engine/engine.js';
import type { Engine, Replica } from '../engine/engine.js';

export interface Settled {
  readonly replicas: readonly Replica[];
  /** Why it will not come to what was wanted; undefined when it did. */
  readonly failure: string | undefined;
}

/**
 * Waits, by the Engine's events, until a service has so many replicas that run and are healthy where they have a health
 * check. Ends early when one of them exits or turns unhealthy; throws `EngineError` when cancelled.
 */
export async function settled(
  engine: Engine,
  { project, service, count }: { readonly project: string; readonly service: string; readonly count: number },
  report: (message: string) => void,
  signal: AbortSignal,
): Promise<Settled> {
  const done = new AbortController();
  const look = async (): Promise<Settled | undefined> => {
    const replicas = await engine.replicas({ project, service }, signal);
    const ready = replicas.filter(isReady);
    report(`${ready.length}/${count} ready`);
    if (replicas.length === count && ready.length === count) return { replicas, failure: undefined };
    const broken = replicas.find(
      ({ state, health }) => state === 'exited' || state === 'dead' || health === 'unhealthy',
    );
    if (!broken) return undefined;
    const how = broken.health === 'unhealthy' ? 'is unhealthy' : `ended (${broken.status})`;
    return { replicas, failure: `${broken.name} ${how}.` };
  };
  try {
    // The stream first, so that nothing falls between a look and the next event.
    const events = await engine.events({}, AbortSignal.any([signal, done.signal]));
    let answer = await look();
    if (answer) return answer;
    for await (const { attributes } of events) {
      if (attributes['com.docker.compose.service'] !== service) continue;
      answer = await look();
      if (answer) return answer;
    }
    throw new EngineError('unreachable', `The Docker Engine at ${engine.address} says no more.`);
  } finally {
    done.abort();
  }
}

/** Running, and healthy where it has a health check. */
export function isReady({ state, health }: Replica): boolean {
  return state === 'running' && (health === undefined || health === 'healthy');
}
