import type { Command, Ctx } from '../../context.js';
import type { Engine } from '../../engine/engine.js';
import { pause } from '../../engine/pause.js';
import { describeDiff } from '../../swarm/diff.js';
import { followService } from '../../swarm/follow.js';
import type { DeployOptions } from '../../swarm/stackArgv.js';
import { deployArgs, stackRemoveArgs } from '../../swarm/stackArgv.js';
import type { SwarmTarget } from '../../swarm/target.js';
import { isCancelled } from '../register.js';
import { Refusal } from '../refusal.js';
import { chooseStack, managedSwarm } from './choose.js';
import { chooseStackFile, compareStack, refuseBroken } from './stackFile.js';
import type { DeployableStack } from './stackFile.js';
import { readStack, undoDeploy } from './undoDeploy.js';

export const stackDeploy = deployCommand('longshore.stackDeploy', 'Deploy Stack', async (ctx, { name }) =>
  ctx.ui.pickMany(deployChoices, { title: `Deploy ${name}`, placeholder: 'Options' }),
);

/** As it was deployed last from here, or without options where it was not. */
export const stackRedeploy = deployCommand(
  'longshore.stackRedeploy',
  'Redeploy Stack',
  async (_ctx, { name }) => lastChosen.get(name) ?? [],
);

const lastChosen = new Map<string, readonly DeployChoice[]>();

function deployCommand(
  id: string,
  title: string,
  choose: (ctx: Ctx, stack: DeployableStack) => Promise<readonly DeployChoice[] | undefined>,
): Command<SwarmTarget> {
  return {
    id,
    acts: true,
    async run(ctx, target) {
      await managedSwarm(ctx);
      const stack = await chooseStackFile(ctx, target, title);
      if (!stack) return;
      const { name } = stack;
      await refuseBroken(ctx, stack);
      const chosen = await choose(ctx, stack);
      if (!chosen) return;
      const lines = describeDiff(await compareStack(ctx, stack, resolution(chosen)), chosen.includes('prune'));
      const detail = lines.length > 0 ? shorten(lines).join('\n') : 'Nothing changes in its services.';
      if (!(await ctx.ui.confirm(`Deploy ${name}?`, detail, 'Deploy'))) return;
      lastChosen.set(name, chosen);
      await deploy(ctx, stack, chosen);
    },
  };
}

/** To cancel is to go back: services that were there return to what they were, those that came go. */
async function deploy(ctx: Ctx, stack: DeployableStack, chosen: readonly DeployChoice[]): Promise<void> {
  const { name, cwd, variables, files } = stack;
  const args = deployArgs({
    files,
    stack: name,
    prune: chosen.includes('prune'),
    registryAuth: chosen.includes('registryAuth'),
    resolveImage: resolution(chosen),
  });
  const engine = await ctx.engine();
  const before = await readStack(engine, name);
  const failures = await ctx.ui.progress(`Deploy ${name}`, async (report, signal) => {
    try {
      await ctx.cli.run(args, { cwd, variables, signal, progress: report });
      return await followStack(engine, name, report, signal);
    } catch (error) {
      if (isCancelled(error)) void ctx.ui.warn(await undoDeploy(engine, name, before));
      throw error;
    }
  });
  if (failures.length > 0) throw new Refusal(`${name} is deployed and not complete. ${failures.join(' ')}`);
  ctx.ui.done(`${name} is deployed.`);
}

function resolution(chosen: readonly DeployChoice[]): DeployOptions['resolveImage'] {
  if (chosen.includes('offline')) return 'never';
  return chosen.includes('changed') ? 'changed' : 'always';
}

type DeployChoice = (typeof deployChoices)[number]['value'];

const deployChoices = [
  { label: 'Remove services that the file no longer has', description: '--prune', value: 'prune' },
  { label: 'Give the nodes the registry credentials', description: '--with-registry-auth', value: 'registryAuth' },
  { label: 'Ask the registry only for images that changed', description: '--resolve-image=changed', value: 'changed' },
  { label: 'Do not ask the registry for digests', description: '--resolve-image=never', value: 'offline' },
] as const;

export const stackDiff: Command<SwarmTarget> = {
  id: 'longshore.stackDiff',
  // It runs `docker stack config` on the file.
  acts: true,
  async run(ctx, target) {
    await managedSwarm(ctx);
    const stack = await chooseStackFile(ctx, target, 'Show What Deploying Changes');
    if (!stack) return;
    const lines = describeDiff(await compareStack(ctx, stack, 'always'), false);
    if (lines.length === 0) return ctx.ui.done(`${stack.name} runs as its file says.`);
    await ctx.ui.showText(`${stack.name}.diff`, 'diff', `${lines.join('\n')}\n`);
  },
};

export const stackRemove: Command<SwarmTarget> = {
  id: 'longshore.stackRemove',
  acts: true,
  async run(ctx, target) {
    const name = await chooseStack(ctx, target, 'Remove Stack');
    if (name === undefined) return;
    const { services } = await managedSwarm(ctx);
    const own = services.filter(({ stack }) => stack === name);
    const detail = `Its ${own.length} services stop, and they go with the stack's networks, secrets and configs. Volumes stay.`;
    if (!(await ctx.ui.confirm(`Remove the stack ${name}?`, detail, 'Remove'))) return;
    const ids = own.map(({ id }) => id);
    await ctx.ui.progress(`Remove ${name}`, async (report, signal) => {
      await ctx.cli.run(stackRemoveArgs(name), { signal, progress: report });
      await untilGone(await ctx.engine(), name, ids, report, signal);
    });
    ctx.ui.done(`${name} is gone.`);
  },
};

/** Of each service that does not come to what it should be, why. */
async function followStack(
  { swarm }: Engine,
  stack: string,
  report: (message: string) => void,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const services = await swarm.services({ stack }, signal);
  let complete = 0;
  const outcomes = await Promise.all(
    services.map(async ({ id }) => {
      const failure = await followService(swarm.control, id, () => undefined, signal);
      report(`${++complete} of ${services.length} services complete`);
      return failure;
    }),
  );
  return outcomes.filter((failure) => failure !== undefined);
}

/** The program answers when removing has begun; tasks and networks take their time. */
async function untilGone(
  { swarm }: Engine,
  stack: string,
  ids: readonly string[],
  report: (message: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const [services, all, nodes, resources] = await Promise.all([
      swarm.services({ stack }, signal),
      // Swarm answers no question about the tasks of a service that is gone.
      swarm.tasks({}, signal),
      swarm.nodes(signal),
      swarm.resources(signal),
    ]);
    // A node that is down says nothing of its tasks until it comes back.
    const down = new Set(nodes.filter(({ state }) => state === 'down').map(({ id }) => id));
    const tasks = all.filter(({ serviceId, nodeId }) => ids.includes(serviceId) && !down.has(nodeId ?? ''));
    const rest = Object.values(resources)
      .flat()
      .filter((one) => one.stack === stack);
    if (services.length + tasks.length + rest.length === 0) return;
    report(`${tasks.length} tasks, ${rest.length} networks, secrets and configs left`);
    await pause(500, signal);
  }
}

function shorten(lines: readonly string[], most = 20): readonly string[] {
  return lines.length > most ? [...lines.slice(0, most), `… and ${lines.length - most} more changes`] : lines;
}
