import type { Command } from '../../context.js';
import type { SwarmTarget } from '../../swarm/target.js';
import { control } from './control.js';

/** Makes what the Engine makes when it joins a swarm, and cannot where all of its own ranges of addresses are taken. */
export const gwbridgeCreate: Command<SwarmTarget> = {
  id: 'longshore.gwbridgeCreate',
  acts: true,
  async run(ctx) {
    const subnet = await ctx.ui.input({
      title: 'Create docker_gwbridge',
      prompt: 'A range of addresses that nothing else uses, as in 10.11.0.0/16; empty lets the Engine choose',
      value: '',
      check: (value) =>
        value === '' || /^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/.test(value) || /^[0-9a-f:]+\/\d{1,3}$/i.test(value)
          ? undefined
          : 'A range is written as in 10.11.0.0/16.',
    });
    if (subnet === undefined) return;
    await (await control(ctx)).createGwbridge(subnet === '' ? undefined : subnet);
    ctx.ui.done('The bridge docker_gwbridge is there. Tasks that failed without it start again by themselves.');
  },
};
