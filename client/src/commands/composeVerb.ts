import type { Command, Ctx } from '../context.js';
import { restartAloneArgs, serviceArgs } from '../engine/argv.js';
import type { ComposeProject, ServiceVerb } from '../engine/argv.js';
import type { ReplicaAction } from '../engine/engine.js';
import type { Target } from '../model/target.js';
import { byProject, chooseProject, chooseService, selection } from './choose.js';
import { composeProject, runCompose } from './compose.js';
import { eachProject } from './eachProject.js';
import { eachTarget } from './eachTarget.js';

export const composeStart = verbCommand('longshore.composeStart', 'start', 'Started');
export const composeStop = verbCommand('longshore.composeStop', 'stop', 'Stopped');
export const composeRestart = verbCommand('longshore.composeRestart', 'restart', 'Restarted');
export const composePull = verbCommand('longshore.composePull', 'pull', 'Pulled');
export const composeBuild = verbCommand('longshore.composeBuild', 'build', 'Built');

/** Restarts services and nothing that depends on them: how a proxy is made to read its configuration the rough way. */
export const composeRestartAlone: Command = {
  id: 'longshore.composeRestartAlone',
  acts: true,
  async run(ctx, target, all) {
    const targets = selection(target, all);
    const title = 'Compose: Restart without Dependencies';
    const choice = targets.length > 0 ? undefined : await chooseService(ctx, undefined, title);
    const chosen = choice ? [{ kind: 'service' as const, ...choice }] : targets;
    await onServices(ctx, chosen, 'Restart', 'Restarted', 'name', restartAloneArgs);
  },
};

/** On whole projects and services through Compose; on single replicas through the Engine, since Compose has no name for them. */
function verbCommand(id: string, verb: ServiceVerb, past: string): Command {
  const needs = verb === 'pull' || verb === 'build' ? 'files' : 'name';
  const title = verb.charAt(0).toUpperCase() + verb.slice(1);
  return {
    id,
    acts: true,
    async run(ctx, target, all) {
      let targets = selection(target, all);
      if (targets.length === 0) {
        const project = await chooseProject(ctx, undefined, `Compose: ${title}`);
        if (!project) return;
        targets = [{ kind: 'project', project }];
      }
      const single = needs === 'name' ? targets.filter((one) => one.kind === 'replica') : [];
      if (single.length > 0) {
        const engine = await ctx.engine();
        const names = single.map(({ replica }) => ({ name: replica.name, value: replica.id }));
        await eachTarget(ctx, title, past, names, (replica, signal) =>
          engine.act(replica, verb as ReplicaAction, signal),
        );
      }
      const rest = targets.filter((one) => !single.some((replica) => replica === one));
      await onServices(ctx, rest, title, past, needs, (project, services) => serviceArgs(project, verb, services));
    },
  };
}

async function onServices(
  ctx: Ctx,
  targets: readonly Target[],
  title: string,
  past: string,
  needs: 'files' | 'name',
  args: (project: ComposeProject, services: readonly string[]) => readonly string[],
): Promise<void> {
  const chosen = byProject(targets);
  await eachProject(chosen.keys(), async (project) => {
    const services = chosen.get(project) ?? [];
    const compose = await composeProject(ctx, project, needs);
    const what = services.length > 0 ? services.join(', ') : project.name;
    await runCompose(ctx, `${title} ${what}`, compose, args(compose, services));
    ctx.ui.done(`${past} ${what}.`);
  });
}
