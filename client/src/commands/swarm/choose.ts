import type { Ctx } from '../../context.js';
import type { SwarmSnapshot } from '../../engine/snapshot.js';
import type { SwarmNode, SwarmService } from '../../engine/swarm.js';
import type { SwarmTarget } from '../../swarm/target.js';
import { selection } from '../choose.js';
import { Refusal } from '../refusal.js';
import { useContext } from '../useContext.js';
import { swarmInit, swarmJoin } from './swarmBegin.js';

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
  throw info && info.swarm.state !== 'inactive' ? worker() : noSwarm(ctx);
}

function worker(): Refusal {
  return new Refusal(
    'This Engine is a worker of its swarm, and only managers are told what to do. Choose the Docker context of a manager.',
    { title: 'Choose Docker Context', run: (ctx) => useContext.run(ctx) },
  );
}

function noSwarm(ctx: Ctx): Refusal {
  const begin = [
    { title: 'Initialize Swarm', run: (it: Ctx) => swarmInit.run(it) },
    { title: 'Join Swarm…', run: (it: Ctx) => swarmJoin.run(it) },
  ];
  return new Refusal('This Engine is in no swarm. Initialize one, or join one.', ...(ctx.ui.trusted ? begin : []));
}

/** What a command is about, and its title where it has to ask. */
export interface Question<T> {
  readonly title: string;
  /** What is offered; all where undefined. */
  suits?(one: T): boolean;
}

/** What of a selection is of a kind. */
export function selected<K extends SwarmTarget['kind']>(
  kind: K,
  target: SwarmTarget | undefined,
  all: readonly SwarmTarget[] | undefined,
): readonly Extract<SwarmTarget, { readonly kind: K }>[] {
  return selection(target, all).filter((one): one is Extract<SwarmTarget, { readonly kind: K }> => one.kind === kind);
}

/** As they are now, not as they were when they were shown. Empty when dismissed. */
export async function chooseServices(
  ctx: Ctx,
  target: SwarmTarget | undefined,
  all: readonly SwarmTarget[] | undefined,
  { title, suits = () => true }: Question<SwarmService>,
): Promise<readonly SwarmService[]> {
  const { services } = await managedSwarm(ctx);
  const chosen = selected('service', target, all).map(({ service }) => service);
  if (chosen.length > 0) return chosen.map((one) => services.find(({ id }) => id === one.id) ?? one);
  const fitting = services.filter(suits).sort((a, b) => a.name.localeCompare(b.name));
  if (fitting.length === 0) throw new Refusal(`The swarm has no service that "${title}" could act on.`);
  const choices = fitting.map((service) => ({
    label: service.name,
    description: `${service.running}/${service.desired} running`,
    value: service,
  }));
  const picked = await ctx.ui.pick(choices, { title, placeholder: 'Service' });
  return picked ? [picked] : [];
}

/** One, for what makes sense for one alone. Undefined when dismissed. */
export async function chooseService(
  ctx: Ctx,
  target: SwarmTarget | undefined,
  title: string,
  suits?: (service: SwarmService) => boolean,
): Promise<SwarmService | undefined> {
  return (await chooseServices(ctx, target, undefined, suits ? { title, suits } : { title }))[0];
}

/** Empty when dismissed. */
export async function chooseNodes(
  ctx: Ctx,
  target: SwarmTarget | undefined,
  all: readonly SwarmTarget[] | undefined,
  { title, suits = () => true }: Question<SwarmNode>,
): Promise<readonly SwarmNode[]> {
  const { nodes } = await managedSwarm(ctx);
  const chosen = selected('node', target, all).map(({ node }) => node);
  if (chosen.length > 0) return chosen.map((one) => nodes.find(({ id }) => id === one.id) ?? one);
  const fitting = nodes.filter(suits).sort((a, b) => a.hostname.localeCompare(b.hostname));
  if (fitting.length === 0) throw new Refusal(`The swarm has no node that "${title}" could act on.`);
  const choices = fitting.map((node) => ({
    label: node.hostname,
    description: [node.role, node.availability, node.state].join(', '),
    value: node,
  }));
  const picked = await ctx.ui.pick(choices, { title, placeholder: 'Node', always: true });
  return picked ? [picked] : [];
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

/** `node1`, `node1 and node2`, `node1, node2 and node3`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last;
}
