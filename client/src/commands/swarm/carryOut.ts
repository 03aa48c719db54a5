import type { Ctx } from '../../context.js';
import { isEngineError } from '../../engine/engine.js';
import { followService } from '../../swarm/follow.js';
import type { FollowOptions } from '../../swarm/follow.js';
import { isCancelled } from '../register.js';
import { Refusal } from '../refusal.js';
import { control } from './control.js';

export interface ServiceChange {
  readonly id: string;
  readonly name: string;
  /** When it came about: `shop_web runs 5 tasks.` */
  readonly done: string;
  /** Begins it. */
  begin(signal: AbortSignal): Promise<unknown>;
}

/**
 * Changes services and follows their tasks until they are as they should be. To cancel is to go back: Swarm returns to the
 * definition from before. Throws `Refusal` with the reasons where changes fail; one that fails leaves the others alone.
 */
export async function carryOut(
  ctx: Ctx,
  title: string,
  changes: readonly ServiceChange[],
  options: FollowOptions = {},
): Promise<void> {
  const swarm = await control(ctx);
  const one = async (change: ServiceChange, report: (message: string) => void, signal: AbortSignal): Promise<void> => {
    await change.begin(signal);
    try {
      const failure = await followService(swarm, change.id, report, signal, options);
      if (failure !== undefined) throw new Refusal(failure);
    } catch (error) {
      if (isCancelled(error) && !options.backwards) await goBack(change);
      throw error;
    }
  };
  const outcomes = await ctx.ui.progress(title, (report, signal) =>
    Promise.allSettled(
      changes.map((change) =>
        one(change, (message) => report(changes.length > 1 ? `${change.name} ${message}` : message), signal),
      ),
    ),
  );
  for (const [index, { status }] of outcomes.entries()) {
    if (status === 'fulfilled') ctx.ui.done(changes[index]?.done ?? '');
  }
  const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  if (errors.length === 0) return;
  const failures = errors.filter((error) => !isCancelled(error));
  if (errors.length === 1 || failures.length === 0) throw errors[0];
  throw new Refusal(failures.map((error) => (error instanceof Error ? error.message : String(error))).join(' '));

  async function goBack({ id, name }: ServiceChange): Promise<void> {
    try {
      await swarm.rollBack(id);
      ctx.ui.done(`${name} goes back to what it was.`);
    } catch (error) {
      if (!isEngineError(error)) throw error;
      void ctx.ui.warn(`${name} stays as it was changed, because Swarm cannot take it back: ${error.message}.`);
    }
  }
}
