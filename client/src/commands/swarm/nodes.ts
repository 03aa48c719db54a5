import type { Command, Ctx } from '../../context.js';
import type { SwarmNode } from '../../engine/swarm.js';
import type { NodeSpec } from '../../engine/swarmSpec.js';
import { checkLabels, labelText, parseLabels } from '../../swarm/labels.js';
import type { SwarmTarget } from '../../swarm/target.js';
import { eachTarget } from '../eachTarget.js';
import { Refusal } from '../refusal.js';
import { chooseNodes, listed, managedSwarm } from './choose.js';
import { control } from './control.js';

export const nodePromote: Command<SwarmTarget> = {
  id: 'longshore.nodePromote',
  acts: true,
  async run(ctx, target, all) {
    const suits = ({ role }: SwarmNode): boolean => role === 'worker';
    const nodes = (await chooseNodes(ctx, target, all, { title: 'Promote', suits })).filter(suits);
    if (nodes.length === 0) return;
    const after = (await managerCount(ctx)) + nodes.length;
    const advice = after % 2 === 0 ? ' An even number of managers stands no more failures than one less.' : '';
    const question = `Make ${names(nodes)} ${nodes.length > 1 ? 'managers' : 'a manager'}?`;
    if (!(await ctx.ui.confirm(question, `${quorumText(after)}${advice}`, 'Promote'))) return;
    await changeNodes(ctx, 'Promote', nodes, (spec) => ({ ...spec, Role: 'manager' }));
    ctx.ui.done(`${names(nodes)}: ${nodes.length > 1 ? 'managers' : 'a manager'} now.`);
  },
};

export const nodeDemote: Command<SwarmTarget> = {
  id: 'longshore.nodeDemote',
  acts: true,
  async run(ctx, target, all) {
    const suits = ({ role }: SwarmNode): boolean => role === 'manager';
    const nodes = (await chooseNodes(ctx, target, all, { title: 'Demote', suits })).filter(suits);
    if (nodes.length === 0) return;
    const after = (await managerCount(ctx)) - nodes.length;
    if (after <= 0) {
      const only = nodes.length > 1 ? 'are the only managers' : 'is the only manager';
      throw new Refusal(`${names(nodes)} ${only}, and a swarm needs one. Promote another node first.`);
    }
    const question = `Make ${names(nodes)} ${nodes.length > 1 ? 'workers' : 'a worker'}?`;
    if (!(await ctx.ui.confirm(question, quorumText(after), 'Demote'))) return;
    await changeNodes(ctx, 'Demote', nodes, (spec) => ({ ...spec, Role: 'worker' }));
    ctx.ui.done(`${names(nodes)}: ${nodes.length > 1 ? 'workers' : 'a worker'} now.`);
  },
};

export const nodeDrain = availabilityCommand('longshore.nodeDrain', 'drain', 'Drain');
export const nodePause = availabilityCommand('longshore.nodePause', 'pause', 'Pause');
export const nodeActivate = availabilityCommand('longshore.nodeActivate', 'active', 'Activate');

function availabilityCommand(id: string, availability: SwarmNode['availability'], title: string): Command<SwarmTarget> {
  return {
    id,
    acts: true,
    async run(ctx, target, all) {
      const suits = (one: SwarmNode): boolean => one.availability !== availability;
      const nodes = await chooseNodes(ctx, target, all, { title, suits });
      if (nodes.length === 0) return;
      if (availability === 'drain') {
        const { tasks } = await managedSwarm(ctx);
        const ids = new Set(nodes.map((node) => node.id));
        const count = tasks.filter(({ nodeId, state }) => ids.has(nodeId ?? '') && state === 'running').length;
        const moves =
          count === 1
            ? '1 task stops there and starts on another node'
            : `${count} tasks stop there and start on other nodes`;
        const detail = `${moves}. New tasks come only after Activate.`;
        if (!(await ctx.ui.confirm(`Drain ${names(nodes)}?`, detail, 'Drain'))) return;
      }
      await changeNodes(ctx, title, nodes, (spec) => ({ ...spec, Availability: availability }));
      ctx.ui.done(`${names(nodes)}: ${said[availability]}.`);
    },
  };
}

const said = { active: 'takes tasks again', pause: 'takes no new tasks', drain: 'its tasks move away' } as const;

/** Of several nodes: what is written is added to the labels of each. */
export const nodeLabels: Command<SwarmTarget> = {
  id: 'longshore.nodeLabels',
  acts: true,
  async run(ctx, target, all) {
    const nodes = await chooseNodes(ctx, target, all, { title: 'Edit Labels' });
    const [first] = nodes;
    if (!first) return;
    const several = nodes.length > 1;
    const text = await ctx.ui.input({
      title: `Labels of ${names(nodes)}`,
      prompt: `${several ? 'Labels to add to each' : 'All of its labels'}, as in: zone=east, gpu=true`,
      value: several ? '' : labelText(first.labels),
      check: checkLabels,
    });
    if (text === undefined) return;
    const labels = Object.fromEntries(parseLabels(text));
    await changeNodes(ctx, 'Label', nodes, (spec) => ({
      ...spec,
      Labels: several ? { ...spec.Labels, ...labels } : labels,
    }));
    ctx.ui.done(`${names(nodes)}: labelled.`);
  },
};

export const nodeRemove: Command<SwarmTarget> = {
  id: 'longshore.nodeRemove',
  acts: true,
  async run(ctx, target, all) {
    const nodes = await chooseNodes(ctx, target, all, { title: 'Remove Node' });
    if (nodes.length === 0) return;
    const manager = nodes.find(({ role }) => role === 'manager');
    if (manager) {
      throw new Refusal(`${manager.hostname} is a manager, and those are not removed. Demote it first.`);
    }
    const alive = nodes.filter(({ state }) => state !== 'down');
    const detail =
      alive.length > 0
        ? `Not down: ${names(alive)}. Tasks go on there without the swarm until the node leaves. Let it leave first where you can.`
        : 'Down. To come back a node has to join again.';
    if (!(await ctx.ui.confirm(`Remove ${names(nodes)} from the swarm?`, detail, 'Remove'))) return;
    const swarm = await control(ctx);
    const targets = nodes.map((node) => ({ name: node.hostname, value: node }));
    await eachTarget(ctx, `Remove ${names(nodes)}`, 'Removed', targets, ({ id, state }, signal) =>
      swarm.removeNode(id, state !== 'down', signal),
    );
  },
};

async function changeNodes(
  ctx: Ctx,
  title: string,
  nodes: readonly SwarmNode[],
  change: (spec: NodeSpec) => NodeSpec,
): Promise<void> {
  const swarm = await control(ctx);
  const [only] = nodes;
  if (only && nodes.length === 1) return swarm.changeNode(only.id, change);
  const targets = nodes.map(({ hostname, id }) => ({ name: hostname, value: id }));
  await eachTarget(ctx, `${title} ${names(nodes)}`, 'Changed', targets, (id, signal) =>
    swarm.changeNode(id, change, signal),
  );
}

function names(nodes: readonly SwarmNode[]): string {
  return listed(nodes.map(({ hostname }) => hostname));
}

async function managerCount(ctx: Ctx): Promise<number> {
  return (await managedSwarm(ctx)).nodes.filter(({ role }) => role === 'manager').length;
}

function quorumText(managers: number): string {
  const spare = Math.floor((managers - 1) / 2);
  return `With ${managers} ${managers === 1 ? 'manager' : 'managers'} the swarm goes on while ${spare === 0 ? 'none' : `at most ${spare}`} of them is away.`;
}
