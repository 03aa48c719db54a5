import type { Ctx } from '../../context.js';
import type { SwarmControl } from '../../engine/swarmControl.js';

/** What changes the swarm. Throws `EngineError` where there is no Engine. */
export async function control(ctx: Ctx): Promise<SwarmControl> {
  return (await ctx.engine()).swarm.control;
}
