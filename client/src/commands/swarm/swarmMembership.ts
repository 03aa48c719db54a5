import type { Command } from '../../context.js';
import type { SwarmTarget } from '../../swarm/target.js';
import { Refusal } from '../refusal.js';
import { managedSwarm } from './choose.js';
import { control } from './control.js';

export const swarmLeave: Command<SwarmTarget> = {
  id: 'longshore.swarmLeave',
  acts: true,
  async run(ctx) {
    const { state, manager } = (await (await ctx.engine()).info()).swarm;
    if (state === 'inactive') throw new Refusal('This Engine is in no swarm.');
    const { swarm } = await ctx.snapshot();
    const managers = swarm?.nodes.filter(({ role }) => role === 'manager').length ?? 0;
    const detail = !manager
      ? 'The tasks on it stop, and run on other nodes instead.'
      : managers === 1
        ? 'It is the only manager: the swarm ends with all of its services, secrets and configs. That cannot be undone.'
        : `It is one of ${managers} managers. Demote it first where the others should stay in agreement.`;
    if (await ctx.ui.confirm('Take this Engine out of its swarm?', detail, 'Leave Swarm')) {
      await (await control(ctx)).leave(manager);
      ctx.ui.done('This Engine has left the swarm.');
    }
  },
};

export const swarmJoinCommand: Command<SwarmTarget> = {
  id: 'longshore.swarmJoinCommand',
  acts: true,
  async run(ctx) {
    await managedSwarm(ctx);
    const role = await ctx.ui.pick(roles, { title: 'Show Join Command', placeholder: 'What the new node will be' });
    if (!role) return;
    const { info } = await ctx.snapshot();
    const where = `${info?.swarm.nodeAddress ?? 'ADDRESS'}:2377`;
    // The token is a key to the swarm: it is shown when asked for, and never written to the log.
    const hidden = `docker swarm join --token •••••• ${where}`;
    const action = await ctx.ui.inform(`On the new ${role}: ${hidden}`, 'Copy', 'Show Token');
    if (action === undefined) return;
    const tokens = await (await control(ctx)).joinTokens();
    const command = `docker swarm join --token ${tokens[role]} ${where}`;
    if (action === 'Copy') await ctx.ui.copy(command);
    else await ctx.ui.showText(`join-as-${role}.sh`, 'shellscript', `${command}\n`);
  },
};

export const swarmRotateToken: Command<SwarmTarget> = {
  id: 'longshore.swarmRotateToken',
  acts: true,
  async run(ctx) {
    await managedSwarm(ctx);
    const role = await ctx.ui.pick(roles, { title: 'Rotate Join Token', placeholder: 'Whose token' });
    if (!role) return;
    const detail = 'The old token lets nobody in any more. Nodes that have joined stay.';
    if (!(await ctx.ui.confirm(`Rotate the join token of ${role}s?`, detail, 'Rotate'))) return;
    await (await control(ctx)).rotateToken(role);
    ctx.ui.done(`The join token of ${role}s is a new one.`);
  },
};

const roles = [
  { label: 'Worker', description: 'runs tasks', value: 'worker' },
  { label: 'Manager', description: 'runs tasks and decides with the other managers', value: 'manager' },
] as const;
