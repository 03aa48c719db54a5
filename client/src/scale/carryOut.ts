import { Refusal } from '../commands/refusal.js';
import { runCompose } from '../commands/compose.js';
import type { Ctx } from '../context.js';
import { scaleArgs } from '../engine/argv.js';
import type { ComposeProject } from '../engine/argv.js';
import type { Engine, Replica } from '../engine/engine.js';
import type { Project } from '../model/projects.js';
import { runningProxies } from '../proxy/linked.js';
import type { LinkedProxy, RunningProxy } from '../proxy/linked.js';
import { drain } from './drain.js';
import type { Drain } from './drain.js';
import { runPreStop } from './hooks.js';
import { introduce } from './introduce.js';
import type { ScalePlan } from './plan.js';
import { settled } from './settled.js';
import type { Settled } from './settled.js';

export interface ScaleWork {
  readonly ctx: Ctx;
  readonly project: Project;
  readonly compose: ComposeProject;
  readonly plan: ScalePlan;
  readonly proxies: readonly LinkedProxy[];
  readonly report: (message: string) => void;
  readonly signal: AbortSignal;
  /** Does it without the proxies; offered where one of them refuses. */
  anyway(): Promise<void>;
}

export interface Scaled extends Settled {
  /** The proxies, and what those were told that had to know before. */
  readonly proxies: readonly RunningProxy[];
}

/**
 * Scales a service as planned. Replicas that go are first taken out of the proxies and finish what they have. They are then stopped
 * and removed here, since which ones Compose would choose differs from version to version; Compose finds the right number.
 */
export async function carryOut(work: ScaleWork): Promise<Scaled> {
  const { ctx, project, plan, proxies, report, signal } = work;
  const engine = await ctx.engine();
  const running = await runningProxies(engine, project, proxies, signal);
  if (plan.stops === 0) return { ...(await adding(engine, work, running)), proxies: running };
  if (running.length === 0) return { ...(await byCompose(engine, work)), proxies: running };
  const drained = await takenOut(engine, work, running);
  try {
    await runPreStop(engine, plan.leaving, plan.hooks, signal);
    report(`${plan.stops} stop`);
    await Promise.all(plan.leaving.map((replica) => stopAndRemove(engine, replica)));
    const result = await byCompose(engine, work);
    await drained.finish(signal);
    if (drained.remarks.length > 0) void ctx.ui.warn(drained.remarks.join(' '));
    return { ...result, proxies: drained.proxies };
  } catch (error) {
    await drained.undo();
    throw error;
  }
}

/** Where reloads need no question, each new replica gets requests as soon as it is ready and not when the last one is. */
async function adding(engine: Engine, work: ScaleWork, running: readonly RunningProxy[]): Promise<Settled> {
  const { ctx, project, plan, signal } = work;
  const unasked = ctx.config.get('scale.reloadProxies') === 'always';
  const proxies = unasked ? running.filter(({ needsReload }) => needsReload) : [];
  const done = new AbortController();
  const failed = (error: unknown): void => ctx.log.warn(`A proxy was not reloaded yet: ${String(error)}`);
  const names = { project: project.name, service: plan.service.name };
  const introducing = introduce({ engine, proxies, ...names, failed }, AbortSignal.any([signal, done.signal]));
  try {
    return await byCompose(engine, work);
  } finally {
    done.abort();
    await introducing;
  }
}

async function takenOut(
  engine: Engine,
  { ctx, plan, report, signal, anyway }: ScaleWork,
  proxies: readonly RunningProxy[],
): Promise<Drain> {
  const atMost = ctx.config.get('scale.drainSeconds') * 1000;
  try {
    return await drain({ engine, proxies, leaving: plan.leaving, atMost, report, signal });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`${error.message} Nothing was stopped.`, { title: 'Scale Anyway', run: anyway });
  }
}

async function byCompose(engine: Engine, work: ScaleWork): Promise<Settled> {
  const { ctx, project, compose, plan, report, signal } = work;
  const { service, to } = plan;
  await runCompose(ctx, 'Scale', compose, scaleArgs(compose, service.name, to), { report, signal });
  ctx.scaled.set(service.key, to);
  return settled(engine, { project: project.name, service: service.name, count: to }, report, signal);
}

/** Without a signal: what was told to stop stops. */
async function stopAndRemove(engine: Engine, { id }: Replica): Promise<void> {
  await engine.act(id, 'stop');
  await engine.act(id, 'remove');
}
