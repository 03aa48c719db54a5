import type { Command } from '../../context.js';
import type { SwarmTarget } from '../../swarm/target.js';
import { eachTarget } from '../eachTarget.js';
import { Refusal } from '../refusal.js';
import { listed, managedSwarm, selected } from './choose.js';
import { control } from './control.js';

export const networkCreate: Command<SwarmTarget> = {
  id: 'longshore.networkCreate',
  acts: true,
  async run(ctx) {
    const { resources } = await managedSwarm(ctx);
    const name = await ctx.ui.input({
      title: 'Create Overlay Network',
      prompt: 'Name of the network',
      check: (value) =>
        resources.networks.some((network) => network.name === value)
          ? 'There is a network of this name.'
          : /^[a-z0-9][\w.-]*$/i.test(value)
            ? undefined
            : 'Letters, digits, dots, dashes and underscores are allowed.',
    });
    if (name === undefined) return;
    const chosen = await ctx.ui.pickMany(traits, { title: `Create ${name}`, placeholder: 'Options' });
    if (!chosen) return;
    await (
      await control(ctx)
    ).createOverlay({
      name,
      attachable: chosen.includes('attachable'),
      internal: chosen.includes('internal'),
      encrypted: chosen.includes('encrypted'),
    });
    ctx.ui.done(`The network ${name} is there.`);
  },
};

const traits = [
  { label: 'Attachable', description: 'containers outside of services may join', value: 'attachable' },
  { label: 'Internal', description: 'without a way to the outside', value: 'internal' },
  { label: 'Encrypted', description: 'between nodes, at some cost', value: 'encrypted' },
] as const;

export const networkRemove: Command<SwarmTarget> = {
  id: 'longshore.networkRemove',
  acts: true,
  async run(ctx, target, all) {
    const { resources } = await managedSwarm(ctx);
    const removable = resources.networks.filter(({ ingress }) => !ingress);
    if (removable.length === 0) throw new Refusal('The swarm has no network that could be removed.');
    const chosen = selected('network', target, all).map(({ network }) => network);
    const picked =
      chosen.length > 0
        ? undefined
        : await ctx.ui.pick(
            removable.map((one) => ({ label: one.name, value: one })),
            { title: 'Remove Network', placeholder: 'Network', always: true },
          );
    const networks = picked ? [picked] : chosen;
    if (networks.length === 0) return;
    const names = listed(networks.map(({ name }) => name));
    const detail = 'Swarm refuses while a service or a container is in it.';
    if (!(await ctx.ui.confirm(`Remove the network ${names}?`, detail, 'Remove'))) return;
    const swarm = await control(ctx);
    const targets = networks.map(({ name, id }) => ({ name, value: id }));
    await eachTarget(ctx, `Remove ${names}`, 'Removed', targets, (id, signal) => swarm.remove('network', id, signal));
  },
};
