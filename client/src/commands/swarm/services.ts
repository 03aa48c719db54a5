import type { Command } from '../../context.js';
import { diagnose } from '../../swarm/diagnose.js';
import { updateImageArgs } from '../../swarm/stackArgv.js';
import type { SwarmTarget } from '../../swarm/target.js';
import { checkCount } from '../../scale/plan.js';
import { Refusal } from '../refusal.js';
import { carryOut } from './carryOut.js';
import { chooseService, control, managedSwarm } from './choose.js';

export const serviceScale: Command<SwarmTarget> = {
  id: 'longshore.serviceScale',
  acts: true,
  async run(ctx, target) {
    const service = await chooseService(ctx, target, 'Scale Service', ({ mode }) => mode === 'replicated');
    if (!service) return;
    const { id, name, mode, desired, running } = service;
    if (mode !== 'replicated') {
      throw new Refusal(`${name} is ${mode}: it has no number of replicas. Its nodes are chosen by constraints.`);
    }
    const wanted = await ctx.ui.input({
      title: `Scale ${name}`,
      prompt: `Tasks of ${name}; ${running} of ${desired} run now.`,
      value: String(desired),
      check: checkCount,
    });
    if (wanted === undefined) return;
    const swarm = await control(ctx);
    const count = Number(wanted);
    await carryOut(ctx, {
      id,
      name,
      title: `Scale ${name} to ${count}`,
      done: `${name} ${count}/${count} running.`,
      begin: (signal) =>
        swarm.changeService(
          id,
          (spec) => ({ ...spec, Mode: { Replicated: { ...spec.Mode?.Replicated, Replicas: count } } }),
          signal,
        ),
    });
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
    await carryOut(ctx, {
      id,
      name,
      title: `Update ${name} to ${image}`,
      done: `${name} runs ${image}.`,
      begin: (signal) => runAgain(() => ctx.cli.run(updateImageArgs(name, image), { signal })),
    });
  },
};

/** The program reads and writes as we do, and can lose the same race. */
async function runAgain<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Error) || !/update out of sequence/.test(error.message)) throw error;
    return run();
  }
}

export const serviceForceUpdate: Command<SwarmTarget> = {
  id: 'longshore.serviceForceUpdate',
  acts: true,
  async run(ctx, target) {
    const service = await chooseService(ctx, target, 'Force Update');
    if (!service) return;
    const { id, name } = service;
    const detail = 'Every task is replaced, as its update settings say, though nothing changes. Tasks spread anew.';
    if (!(await ctx.ui.confirm(`Replace all tasks of ${name}?`, detail, 'Force Update'))) return;
    const swarm = await control(ctx);
    await carryOut(ctx, {
      id,
      name,
      title: `Replace the tasks of ${name}`,
      done: `All tasks of ${name} are new.`,
      begin: (signal) =>
        swarm.changeService(
          id,
          (spec) => ({
            ...spec,
            TaskTemplate: { ...spec.TaskTemplate, ForceUpdate: (spec.TaskTemplate.ForceUpdate ?? 0) + 1 },
          }),
          signal,
        ),
    });
  },
};

export const serviceRollback: Command<SwarmTarget> = {
  id: 'longshore.serviceRollback',
  acts: true,
  async run(ctx, target) {
    const service = await chooseService(ctx, target, 'Roll Back');
    if (!service) return;
    const { id, name } = service;
    const swarm = await control(ctx);
    if (!(await swarm.service(id)).canRollBack) {
      throw new Refusal(`${name} has not been changed yet, so there is nothing to go back to.`);
    }
    const detail = 'It goes back to its definition before the last change. Swarm remembers one: again goes forward.';
    if (!(await ctx.ui.confirm(`Roll ${name} back?`, detail, 'Roll Back'))) return;
    const change = {
      id,
      name,
      title: `Roll ${name} back`,
      done: `${name} is what it was before.`,
      begin: (signal: AbortSignal) => swarm.rollBack(id, signal),
    };
    await carryOut(ctx, change, { backwards: true });
  },
};

export const serviceInspect: Command<SwarmTarget> = {
  id: 'longshore.serviceInspect',
  acts: false,
  async run(ctx, target) {
    const service = await chooseService(ctx, target, 'Inspect');
    if (!service) return;
    const { raw } = await (await control(ctx)).service(service.id);
    await ctx.ui.showText(`${service.name}.json`, 'json', JSON.stringify(raw, undefined, 2));
  },
};

export const serviceDiagnose: Command<SwarmTarget> = {
  id: 'longshore.serviceDiagnose',
  acts: false,
  async run(ctx, target) {
    const service = await chooseService(ctx, target, 'Why Is It Not Running?', isUnwell);
    if (!service) return;
    const [{ spec }, { tasks, nodes }] = await Promise.all([
      (await control(ctx)).service(service.id),
      managedSwarm(ctx),
    ]);
    const own = tasks.filter(({ serviceId }) => serviceId === service.id);
    const causes = diagnose({ service, spec, tasks: own, nodes });
    const [first] = causes;
    const details = 'Show Details';
    if (!first) return ctx.ui.done(`${service.name} is as it should be: ${service.running} running.`);
    const more = causes.length > 1 ? ` (and ${causes.length - 1} more)` : '';
    if ((await ctx.ui.warn(`${first.text}${more}`, details)) !== details) return;
    const text = causes.map((cause) => `${cause.text}\n${cause.said ? `\n    ${cause.said}\n` : ''}`).join('\n');
    await ctx.ui.showText(`${service.name}.md`, 'markdown', `# ${service.name}\n\n${text}`);
  },
};

export const serviceRemove: Command<SwarmTarget> = {
  id: 'longshore.serviceRemove',
  acts: true,
  async run(ctx, target) {
    const service = await chooseService(ctx, target, 'Remove Service');
    if (!service) return;
    const back = service.stack === undefined ? '' : ` Deploying the stack ${service.stack} brings it back.`;
    const detail = `Its ${service.running} tasks stop, and its definition is lost.${back}`;
    if (!(await ctx.ui.confirm(`Remove ${service.name}?`, detail, 'Remove'))) return;
    await (await control(ctx)).remove('service', service.id);
    ctx.ui.done(`${service.name} is removed.`);
  },
};

function isUnwell({
  running,
  desired,
  update,
}: {
  running: number;
  desired: number;
  update: { state: string } | undefined;
}): boolean {
  return running < desired || (update?.state.endsWith('paused') ?? false);
}
