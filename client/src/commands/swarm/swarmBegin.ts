import type { Command } from '../../context.js';
import { isEngineError } from '../../engine/engine.js';
import { lacksAddresses } from '../../swarm/diagnose.js';
import { offeredAddresses, readJoinCommand } from '../../swarm/joining.js';
import type { SwarmTarget } from '../../swarm/target.js';
import { Refusal } from '../refusal.js';
import { control } from './control.js';
import { gwbridgeCreate } from './gwbridge.js';

export const swarmInit: Command<SwarmTarget> = {
  id: 'longshore.swarmInit',
  acts: true,
  async run(ctx) {
    const swarm = await control(ctx);
    try {
      await swarm.init(undefined);
    } catch (error) {
      const addresses = isEngineError(error) ? offeredAddresses(error.message) : [];
      if (addresses.length === 0) throw explained(error, swarmInit);
      const other = 'Another Address…';
      const items = addresses.map(({ address, device }) => ({ label: address, description: device, value: address }));
      const options = { title: 'Initialize Swarm', placeholder: 'Address at which other nodes reach this one' };
      const picked = await ctx.ui.pick([...items, { label: other, value: '' }], options);
      const address =
        picked === ''
          ? await ctx.ui.input({ title: 'Initialize Swarm', prompt: 'Address or network device of this machine' })
          : picked;
      if (!address) return;
      await swarm.init(address);
    }
    ctx.ui.done('This Engine is the manager of a new swarm.');
  },
};

export const swarmJoin: Command<SwarmTarget> = {
  id: 'longshore.swarmJoin',
  acts: true,
  async run(ctx) {
    const text = await ctx.ui.input({
      title: 'Join Swarm',
      prompt: 'The join command that a manager shows: docker swarm join --token … address:2377',
      secret: true,
      check: (value) => (readJoinCommand(value) ? undefined : 'A token and the address of a manager are needed.'),
    });
    const how = text === undefined ? undefined : readJoinCommand(text);
    if (!how) return;
    const swarm = await control(ctx);
    await ctx.ui.progress(`Join the swarm of ${how.manager}`, async (_report, signal) => {
      try {
        await swarm.join(how, signal);
      } catch (error) {
        throw explained(error, swarmJoin);
      }
    });
    ctx.ui.done(`This Engine has joined the swarm of ${how.manager}.`);
  },
};

/** Where the Engine has no addresses left for `docker_gwbridge`: that it can be made with some, and then tried again. */
function explained(error: unknown, again: Command<SwarmTarget>): unknown {
  if (!isEngineError(error) || !lacksAddresses(error.message)) return error;
  return new Refusal(`${error.message} Every range of addresses that the Engine may take is in use. Give one to it.`, {
    title: 'Create docker_gwbridge…',
    run: async (ctx) => {
      await gwbridgeCreate.run(ctx);
      await again.run(ctx);
    },
  });
}
