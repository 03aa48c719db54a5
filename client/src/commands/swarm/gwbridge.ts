import type { Command } from '../../context.js';
import type { SwarmTarget } from '../../swarm/target.js';
import { control } from './choose.js';

/** Makes anew what the Engine makes when it joins a swarm; somebody may have removed it since. */
export const gwbridgeCreate: Command<SwarmTarget> = {
  id: 'longshore.gwbridgeCreate',
  acts: true,
  async run(ctx) {
    await (await control(ctx)).createGwbridge();
    ctx.ui.done('The bridge docker_gwbridge is there. Tasks that failed without it start again by themselves.');
  },
};
