import type { Ctx } from '../context.js';
import { CliError } from '../engine/cli.js';
import type { Engine, Replica } from '../engine/engine.js';
import type { Target } from '../model/target.js';
import { noHooks, runPostStart, runPreStop, serviceHooks } from '../scale/hooks.js';
import type { Hooks } from '../scale/hooks.js';
import { composeProject } from './compose.js';
import { eachTarget } from './eachTarget.js';
import { Refusal } from './refusal.js';
import type { Step } from './refusal.js';
import { isCancelled } from './register.js';

export type ReplicaVerb = 'start' | 'stop' | 'restart' | 'remove';
export type ReplicaTarget = Extract<Target, { readonly kind: 'replica' }>;

/**
 * Acts on single replicas through the Engine, since Compose has no name for them, and with the hooks of their services as Compose
 * would run them.
 */
export async function actOnReplicas(
  ctx: Ctx,
  verb: ReplicaVerb,
  past: string,
  targets: readonly ReplicaTarget[],
  withHooks = true,
): Promise<void> {
  const title = verb.charAt(0).toUpperCase() + verb.slice(1);
  const hooks = new Map<string, Hooks>();
  for (const target of withHooks ? targets : []) {
    const { key } = target.service;
    const without = (): Promise<void> => actOnReplicas(ctx, verb, past, targets, false);
    if (!hooks.has(key)) hooks.set(key, await hooksOf(ctx, target, { title: `${title} without Hooks`, run: without }));
  }
  const engine = await ctx.engine();
  const named = targets.map((value) => ({ name: value.replica.name, value }));
  await eachTarget(ctx, title, past, named, ({ replica, service }, signal) =>
    act(engine, verb, replica, hooks.get(service.key) ?? noHooks, signal),
  );
}

/** `otherwise`: what is offered where Compose cannot read the files. */
async function hooksOf(ctx: Ctx, { project, service }: ReplicaTarget, otherwise: Step): Promise<Hooks> {
  if (!service.declared) return noHooks;
  try {
    return await serviceHooks(ctx, await composeProject(ctx, project, 'name'), service.name);
  } catch (error) {
    if (isCancelled(error) || !(error instanceof Error)) throw error;
    // Without Compose nobody runs hooks.
    if (error instanceof CliError && error.reason === 'missing') return noHooks;
    const why = error.message.replace(/\.?$/, '.');
    throw new Refusal(`It is not known which hooks ${service.name} has, so nothing was done: ${why}`, otherwise);
  }
}

async function act(
  engine: Engine,
  verb: ReplicaVerb,
  replica: Replica,
  hooks: Hooks,
  signal: AbortSignal,
): Promise<void> {
  if (verb !== 'start') await runPreStop(engine, [replica], hooks, signal);
  // To remove it is to kill it, unless it has stopped.
  if (verb === 'remove') await engine.act(replica.id, 'stop', signal);
  await engine.act(replica.id, verb, signal);
  const starts = verb === 'restart' || (verb === 'start' && replica.state !== 'running');
  if (starts) await runPostStart(engine, replica, hooks, signal);
}
