import type { Command } from '../../context.js';
import type { SwarmService } from '../../engine/swarm.js';
import { renewed } from '../../swarm/specChanges.js';
import { updateImageArgs } from '../../swarm/stackArgv.js';
import type { SwarmTarget } from '../../swarm/target.js';
import { checkCount } from '../../scale/plan.js';
import { eachTarget } from '../eachTarget.js';
import { Refusal } from '../refusal.js';
import { carryOut } from './carryOut.js';
import { chooseService, chooseServices, listed } from './choose.js';
import { control } from './control.js';

export const serviceScale: Command<SwarmTarget> = {
  id: 'longshore.serviceScale',
  acts: true,
  async run(ctx, target, all) {
    const suits = ({ mode }: SwarmService): boolean => mode === 'replicated';
    const services = await chooseServices(ctx, target, all, { title: 'Scale Service', suits });
    const [first] = services;
    if (!first) return;
    const other = services.find(({ mode }) => mode !== 'replicated');
    if (other) {
      throw new Refusal(
        `${other.name} is ${other.mode}: it has no number of replicas. Its nodes are chosen by constraints.`,
      );
    }
    const names = listed(services.map(({ name }) => name));
    const now = services.map(({ running, desired }) => `${running} of ${desired}`);
    const wanted = await ctx.ui.input({
      title: `Scale ${names}`,
      prompt: `Tasks of ${services.length > 1 ? 'each of them' : names}; ${listed(now)} run now.`,
      value: String(first.desired),
      check: checkCount,
    });
    if (wanted === undefined) return;
    const swarm = await control(ctx);
    const count = Number(wanted);
    await carryOut(
      ctx,
      `Scale ${names} to ${count}`,
      services.map(({ id, name }) => ({
        id,
        name,
        done: `${name} ${count}/${count} running.`,
        begin: (signal) =>
          swarm.changeService(
            id,
            (spec) => ({ ...spec, Mode: { Replicated: { ...spec.Mode?.Replicated, Replicas: count } } }),
            signal,
          ),
      })),
    );
  },
};

export const serviceUpdateImage: Command<SwarmTarget> = {
  id: 'longshore.serviceUpdateImage',
  acts: true,
  async run(ctx, target) {
    const service = await chooseService(ctx, target, 'Update Image');
    if (!service) return;
    const { id, name } = service;
    const image = await ctx.ui.input({
      title: `Update ${name}`,
      prompt: 'Image, with its tag',
      value: service.image,
      check: (value) => (/^\S+$/.test(value) ? undefined : 'The name of an image has no blanks.'),
    });
    if (image === undefined) return;
    const begin = (signal: AbortSignal): Promise<unknown> =>
      runAgain(() => ctx.cli.run(updateImageArgs(name, image), { signal }));
    await carryOut(ctx, `Update ${name} to ${image}`, [{ id, name, done: `${name} runs ${image}.`, begin }]);
  },
};

/** The program reads and writes as we do, and can lose the same race. */
async function runAgain<T>(run: () => Promise<T>, attempts = 5): Promise<T> {
  for (let left = attempts; ; left--) {
    try {
      return await run();
    } catch (error) {
      if (left <= 1 || !(error instanceof Error) || !/update out of sequence/.test(error.message)) throw error;
    }
  }
}

export const serviceForceUpdate: Command<SwarmTarget> = {
  id: 'longshore.serviceForceUpdate',
  acts: true,
  async run(ctx, target, all) {
    const services = await chooseServices(ctx, target, all, { title: 'Force Update' });
    if (services.length === 0) return;
    const names = listed(services.map(({ name }) => name));
    const detail = 'Every task is replaced, as its update settings say, though nothing changes. Tasks spread anew.';
    if (!(await ctx.ui.confirm(`Replace all tasks of ${names}?`, detail, 'Force Update'))) return;
    const swarm = await control(ctx);
    await carryOut(
      ctx,
      `Replace the tasks of ${names}`,
      services.map(({ id, name }) => ({
        id,
        name,
        done: `All tasks of ${name} are new.`,
        begin: (signal) => swarm.changeService(id, renewed, signal),
      })),
    );
  },
};

export const serviceRollback: Command<SwarmTarget> = {
  id: 'longshore.serviceRollback',
  acts: true,
  async run(ctx, target, all) {
    const services = await chooseServices(ctx, target, all, { title: 'Roll Back' });
    if (services.length === 0) return;
    const swarm = await control(ctx);
    const readings = await Promise.all(services.map(({ id }) => swarm.service(id)));
    const first = readings.find(({ canRollBack }) => !canRollBack);
    if (first) throw new Refusal(`${first.spec.Name} has not been changed yet, so there is nothing to go back to.`);
    const names = listed(services.map(({ name }) => name));
    const detail = 'Back to the definition before the last change. Swarm remembers one: again goes forward.';
    if (!(await ctx.ui.confirm(`Roll ${names} back?`, detail, 'Roll Back'))) return;
    const changes = services.map(({ id, name }) => ({
      id,
      name,
      done: `${name} is what it was before.`,
      begin: (signal: AbortSignal) => swarm.rollBack(id, signal),
    }));
    await carryOut(ctx, `Roll ${names} back`, changes, { backwards: true });
  },
};

export const serviceRemove: Command<SwarmTarget> = {
  id: 'longshore.serviceRemove',
  acts: true,
  async run(ctx, target, all) {
    const services = await chooseServices(ctx, target, all, { title: 'Remove Service' });
    if (services.length === 0) return;
    const names = listed(services.map(({ name }) => name));
    const tasks = services.reduce((sum, { running }) => sum + running, 0);
    const stacks = [...new Set(services.flatMap(({ stack }) => stack ?? []))];
    const back = stacks.length === 0 ? '' : ` Deploying the stack ${listed(stacks)} brings it back.`;
    const stops = tasks === 1 ? '1 task stops' : `${tasks} tasks stop`;
    const detail = `${stops}, and the definition is lost.${back}`;
    if (!(await ctx.ui.confirm(`Remove ${names}?`, detail, 'Remove'))) return;
    const swarm = await control(ctx);
    const targets = services.map(({ id, name }) => ({ name, value: id }));
    await eachTarget(ctx, `Remove ${names}`, 'Removed', targets, (id, signal) => swarm.remove('service', id, signal));
  },
};
