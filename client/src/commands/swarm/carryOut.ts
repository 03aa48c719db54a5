import type { Ctx } from '../../context.js';
import { isEngineError } from '../../engine/engine.js';
import { followService } from '../../swarm/follow.js';
import type { FollowOptions } from '../../swarm/follow.js';
import { isCancelled } from '../register.js';
import { Refusal } from '../refusal.js';
import { control } from './choose.js';

export interface ServiceChange {
  readonly id: string;
  readonly name: string;
  /** As a progress title: `Scale shop_web to 5`. */
  readonly title: string;
  /** When it came about: `shop_web runs 5 tasks.` */
  readonly done: string;
  /** Begins it. */
  begin(signal: AbortSignal): Promise<unknown>;
}

/**
 * Changes a service and follows its tasks until they are as they should be. To cancel is to go back: Swarm returns to the
 * definition from before. Throws `Refusal` with the reason where the change fails.
 */
export async function carryOut(ctx: Ctx, change: ServiceChange, options: FollowOptions = {}): Promise<void> {
  const swarm = await control(ctx);
  const failure = await ctx.ui.progress(change.title, async (report, signal) => {
    await change.begin(signal);
    try {
      return await followService(swarm, change.id, report, signal, options);
    } catch (error) {
      if (!isCancelled(error) || options.backwards) throw error;
      await goBack();
      throw error;
    }
  });
  if (failure !== undefined) throw new Refusal(failure);
  ctx.ui.done(change.done);

  async function goBack(): Promise<void> {
    try {
      await swarm.rollBack(change.id);
      ctx.ui.done(`${change.name} goes back to what it was.`);
    } catch (error) {
      if (!isEngineError(error)) throw error;
      void ctx.ui.warn(`${change.name} stays as it was changed, because Swarm cannot take it back: ${error.message}.`);
    }
  }
}
