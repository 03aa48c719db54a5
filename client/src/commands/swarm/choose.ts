import type { Ctx } from '../../context.js';
import type { SwarmSnapshot } from '../../engine/snapshot.js';
import type { SwarmNode, SwarmService } from '../../engine/swarm.js';
import type { SwarmControl } from '../../engine/swarmControl.js';
import type { SwarmTarget } from '../../swarm/target.js';
import { Refusal } from '../refusal.js';

/** What a manager knows of the Swarm. Throws `Refusal` where the Engine is none, or where the managers have no quorum. */
export async function managedSwarm(ctx: Ctx): Promise<SwarmSnapshot> {
  const { info, swarm, state } = await ctx.snapshot();
  if (state.kind === 'unreachable') throw new Refusal(state.message);
  if (swarm?.error !== undefined) {
    const quorum = /does not have a leader/.test(swarm.error)
      ? 'The swarm has lost its quorum: fewer than half of its managers answer, so nothing can be changed. Bring a manager back.'
      : swarm.error;
    throw new Refusal(quorum);
  }
  if (swarm) return swarm;
  throw new Refusal(
    info && info.swarm.state !== 'inactive'
      ? 'This Engine is a worker of its swarm, and only managers are told what to do. Choose the Docker context of a manager.'
      : 'This Engine is in no swarm. Initialize one, or join one.',
  );
}

export async function control(ctx: Ctx): Promise<SwarmControl> {
  return (await ctx.engine()).swarm.control;
}

/** Undefined when dismissed. */
export async function chooseService(
  ctx: Ctx,
  target: SwarmTarget | undefined,
  title: string,
  suits: (service: SwarmService) => boolean = () => true,
): Promise<SwarmService | undefined> {
  const { services } = await managedSwarm(ctx);
  if (target?.kind === 'service') return services.find(({ id }) => id === target.service.id) ?? target.service;
  const fitting = services.filter(suits);
  if (fitting.length === 0) throw new Refusal('The swarm has no service for this.');
  const choices = fitting.map((service) => ({
    label: service.name,
    description: `${service.running}/${service.desired} running`,
    value: service,
  }));
  return ctx.ui.pick(choices, { title, placeholder: 'Service' });
}

/** Undefined when dismissed. */
export async function chooseNode(
  ctx: Ctx,
  target: SwarmTarget | undefined,
  title: string,
  suits: (node: SwarmNode) => boolean = () => true,
): Promise<SwarmNode | undefined> {
  const { nodes } = await managedSwarm(ctx);
  if (target?.kind === 'node') return nodes.find(({ id }) => id === target.node.id) ?? target.node;
  const fitting = nodes.filter(suits);
  if (fitting.length === 0) throw new Refusal('The swarm has no node for this.');
  const choices = fitting.map((node) => ({
    label: node.hostname,
    description: [node.role, node.availability, node.state].join(', '),
    value: node,
  }));
  return ctx.ui.pick(choices, { title, placeholder: 'Node', always: true });
}

/** The name of a stack that runs. Undefined when dismissed. */
export async function chooseStack(
  ctx: Ctx,
  target: SwarmTarget | undefined,
  title: string,
): Promise<string | undefined> {
  const { services } = await managedSwarm(ctx);
  if (target?.kind === 'stack') return target.stack.name;
  const stacks = [...new Set(services.flatMap(({ stack }) => stack ?? []))].sort();
  if (stacks.length === 0) throw new Refusal('The swarm runs no stack.');
  return ctx.ui.pick(
    stacks.map((name) => ({ label: name, value: name })),
    { title, placeholder: 'Stack', always: true },
  );
}
