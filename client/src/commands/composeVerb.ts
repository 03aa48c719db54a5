import type { Command, Ctx } from '../context.js';
import { restartAloneArgs, serviceArgs } from '../engine/argv.js';
import type { ComposeProject, ServiceVerb } from '../engine/argv.js';
import type { Project } from '../model/projects.js';
import type { Target } from '../model/target.js';
import { byProject, chooseProject, chooseService, has, isCompose, isThere, selection } from './choose.js';
import { composeProject, runCompose } from './compose.js';
import { eachProject } from './eachProject.js';
import { actOnReplicas } from './replicas.js';
import type { ReplicaVerb } from './replicas.js';

export const composeStart = verbCommand('longshore.composeStart', 'start', 'Started', isThere);
export const composeStop = verbCommand(
  'longshore.composeStop',
  'stop',
  'Stopped',
  has(({ running }) => running > 0),
);
export const composeRestart = verbCommand('longshore.composeRestart', 'restart', 'Restarted', isThere);
export const composePull = verbCommand('longshore.composePull', 'pull', 'Pulled', isCompose);
export const composeBuild = verbCommand(
  'longshore.composeBuild',
  'build',
  'Built',
  has(({ declared }) => declared?.build === true),
);

/** Restarts services and nothing that depends on them: how a proxy is made to read its configuration the rough way. */
export const composeRestartAlone: Command = {
  id: 'longshore.composeRestartAlone',
  acts: true,
  async run(ctx, target, all) {
    const targets = selection(target, all);
    const title = 'Compose: Restart without Dependencies';
    const choice =
      targets.length > 0
        ? undefined
        : await chooseService(ctx, undefined, title, ({ replicas }) => replicas.length > 0);
    const chosen = choice ? [{ kind: 'service' as const, ...choice }] : targets;
    await onServices(ctx, chosen, 'Restart', 'Restarted', 'name', restartAloneArgs);
  },
};

/** On whole projects and services through Compose; on single replicas through the Engine, since Compose has no name for them. */
function verbCommand(id: string, verb: ServiceVerb, past: string, suits: (project: Project) => boolean): Command {
  const needs = verb === 'pull' || verb === 'build' ? 'files' : 'name';
  const title = verb.charAt(0).toUpperCase() + verb.slice(1);
  return {
    id,
    acts: true,
    async run(ctx, target, all) {
      let targets = selection(target, all);
      if (targets.length === 0) {
        const project = await chooseProject(ctx, undefined, `Compose: ${title}`, suits);
        if (!project) return;
        targets = [{ kind: 'project', project }];
      }
      const single = needs === 'name' ? targets.filter((one) => one.kind === 'replica') : [];
      if (single.length > 0) await actOnReplicas(ctx, verb as ReplicaVerb, past, single);
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
