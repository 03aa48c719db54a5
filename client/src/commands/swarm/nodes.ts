import type { Command, Ctx } from '../../context.js';
import type { SwarmNode } from '../../engine/swarm.js';
import { checkLabels, labelText, parseLabels } from '../../swarm/labels.js';
import type { SwarmTarget } from '../../swarm/target.js';
import { Refusal } from '../refusal.js';
import { chooseNode, control, managedSwarm } from './choose.js';

export const nodePromote: Command<SwarmTarget> = {
  id: 'longshore.nodePromote',
  acts: true,
  async run(ctx, target) {
    const node = await chooseNode(ctx, target, 'Promote', ({ role }) => role === 'worker');
    if (!node) return;
    const after = (await managerCount(ctx)) + 1;
    const advice = after % 2 === 0 ? ' An even number of managers stands no more failures than one less.' : '';
    const detail = `${quorumText(after)}${advice}`;
    if (!(await ctx.ui.confirm(`Make ${node.hostname} a manager?`, detail, 'Promote'))) return;
    await (await control(ctx)).changeNode(node.id, (spec) => ({ ...spec, Role: 'manager' }));
    ctx.ui.done(`${node.hostname} is a manager.`);
  },
};

export const nodeDemote: Command<SwarmTarget> = {
  id: 'longshore.nodeDemote',
  acts: true,
  async run(ctx, target) {
    const node = await chooseNode(ctx, target, 'Demote', ({ role }) => role === 'manager');
    if (!node) return;
    const after = (await managerCount(ctx)) - 1;
    if (after === 0) {
      throw new Refusal(`${node.hostname} is the only manager, and a swarm needs one. Promote another node first.`);
    }
    if (!(await ctx.ui.confirm(`Make ${node.hostname} a worker?`, quorumText(after), 'Demote'))) return;
    await (await control(ctx)).changeNode(node.id, (spec) => ({ ...spec, Role: 'worker' }));
    ctx.ui.done(`${node.hostname} is a worker.`);
  },
};

export const nodeDrain = availabilityCommand('longshore.nodeDrain', 'drain', 'Drain');
export const nodePause = availabilityCommand('longshore.nodePause', 'pause', 'Pause');
export const nodeActivate = availabilityCommand('longshore.nodeActivate', 'active', 'Activate');

function availabilityCommand(id: string, availability: SwarmNode['availability'], title: string): Command<SwarmTarget> {
  return {
    id,
    acts: true,
    async run(ctx, target) {
      const node = await chooseNode(ctx, target, title, (one) => one.availability !== availability);
      if (!node) return;
      if (availability === 'drain') {
        const { tasks } = await managedSwarm(ctx);
        const count = tasks.filter(({ nodeId, state }) => nodeId === node.id && state === 'running').length;
        const detail = `Its ${count} tasks stop and start on other nodes. It takes no tasks until it is activated.`;
        if (!(await ctx.ui.confirm(`Drain ${node.hostname}?`, detail, 'Drain'))) return;
      }
      await (await control(ctx)).changeNode(node.id, (spec) => ({ ...spec, Availability: availability }));
      ctx.ui.done(`${node.hostname}: ${said[availability]}.`);
    },
  };
}

const said = { active: 'takes tasks again', pause: 'takes no new tasks', drain: 'its tasks move away' } as const;

export const nodeLabels: Command<SwarmTarget> = {
  id: 'longshore.nodeLabels',
  acts: true,
  async run(ctx, target) {
    const node = await chooseNode(ctx, target, 'Edit Labels');
    if (!node) return;
    const text = await ctx.ui.input({
      title: `Labels of ${node.hostname}`,
      prompt: 'All of its labels, as in: zone=east, gpu=true',
      value: labelText(node.labels),
      check: checkLabels,
    });
    if (text === undefined) return;
    const labels = Object.fromEntries(parseLabels(text));
    await (await control(ctx)).changeNode(node.id, (spec) => ({ ...spec, Labels: labels }));
    ctx.ui.done(`${node.hostname} is labelled.`);
  },
};

export const nodeRemove: Command<SwarmTarget> = {
  id: 'longshore.nodeRemove',
  acts: true,
  async run(ctx, target) {
    const node = await chooseNode(ctx, target, 'Remove Node');
    if (!node) return;
    if (node.role === 'manager') {
      throw new Refusal(`${node.hostname} is a manager, and those are not removed. Demote it first.`);
    }
    const alive = node.state !== 'down';
    const detail = alive
      ? 'It is not down: its tasks go on without the swarm until it leaves. Let it leave first where you can.'
      : 'It is down. To come back it has to join again.';
    if (!(await ctx.ui.confirm(`Remove ${node.hostname} from the swarm?`, detail, 'Remove'))) return;
    await (await control(ctx)).removeNode(node.id, alive);
    ctx.ui.done(`${node.hostname} is no longer in the swarm.`);
  },
};

async function managerCount(ctx: Ctx): Promise<number> {
  return (await managedSwarm(ctx)).nodes.filter(({ role }) => role === 'manager').length;
}

function quorumText(managers: number): string {
  const spare = Math.floor((managers - 1) / 2);
  return `With ${managers} ${managers === 1 ? 'manager' : 'managers'} the swarm goes on while ${spare === 0 ? 'none' : `at most ${spare}`} of them is away.`;
}
