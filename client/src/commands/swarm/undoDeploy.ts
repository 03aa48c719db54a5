import { isEngineError } from '../../engine/engine.js';
import type { Engine } from '../../engine/engine.js';
import { listed } from './choose.js';

/** The definitions of a stack's services, as JSON by id. */
export async function readStack({ swarm }: Engine, stack: string): Promise<ReadonlyMap<string, string>> {
  const services = await swarm.services({ stack });
  const readings = await Promise.all(services.map(({ id }) => swarm.control.service(id)));
  return new Map(readings.map(({ id, spec }) => [id, JSON.stringify(spec)]));
}

/**
 * Goes back to before a deployment that was stopped half-way: Swarm remembers one definition of each service, so the ones that
 * changed are rolled back, and the ones that are new are removed. Answers what came of it, in sentences.
 */
export async function undoDeploy(engine: Engine, stack: string, before: ReadonlyMap<string, string>): Promise<string> {
  const { swarm } = engine;
  const back: string[] = [];
  const gone: string[] = [];
  const stays: string[] = [];
  for (const { id, name } of await swarm.services({ stack })) {
    try {
      const { spec, canRollBack } = await swarm.control.service(id);
      if (!before.has(id)) {
        await swarm.control.remove('service', id);
        gone.push(name);
      } else if (before.get(id) !== JSON.stringify(spec)) {
        if (!canRollBack) throw new Error(`${name} has nothing to go back to.`);
        await swarm.control.rollBack(id);
        back.push(name);
      }
    } catch (error) {
      if (!isEngineError(error) && !(error instanceof Error)) throw error;
      stays.push(`${name} (${error.message})`);
    }
  }
  const sentences = [
    back.length > 0 ? `${listed(back)} ${back.length > 1 ? 'go' : 'goes'} back to what it was.` : '',
    gone.length > 0 ? `${listed(gone)} ${gone.length > 1 ? 'were' : 'was'} new and is removed.` : '',
    stays.length > 0 ? `Stays as it was deployed: ${stays.join(', ')}.` : '',
  ].filter(Boolean);
  const nothing = 'None of its services had changed yet.';
  return `The deployment of ${stack} was stopped. ${sentences.length > 0 ? sentences.join(' ') : nothing}`;
}
