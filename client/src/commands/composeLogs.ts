import { parse } from 'node:path';
import type { Command, Ctx } from '../context.js';
import { logsArgs } from '../engine/argv.js';
import { scopeOf } from '../logs/scope.js';
import type { Project } from '../model/projects.js';
import type { Target } from '../model/target.js';
import type { Choice } from '../ui.js';
import { byProject, chooseProject, isThere, selection } from './choose.js';
import { composeProject } from './compose.js';

/** Reading only, so it works in an untrusted workspace too. */
export const composeLogs: Command = {
  id: 'longshore.composeLogs',
  acts: false,
  async run(ctx, target, all) {
    const targets = await chosen(ctx, target, all, 'Show Logs', hasLogs);
    if (targets.length > 0) await ctx.showLogs(scopeOf(targets));
  },
};

/** As Compose itself shows them, in a terminal for each project. */
export const composeLogsTerminal: Command = {
  id: 'longshore.composeLogsTerminal',
  acts: true,
  async run(ctx, target, all) {
    for (const [project, services] of byProject(await chosen(ctx, target, all, 'Show Logs in Terminal', isThere))) {
      const compose = await composeProject(ctx, project, 'name');
      const { program, args, env } = await ctx.cli.invocation(logsArgs(compose, services, ctx.config.get('logs.tail')));
      const name = `Logs: ${[project.name, ...services].join(' ')}`;
      ctx.ui.terminal({ name, program, args, env, cwd: compose.folder ?? parse(process.cwd()).root });
    }
  },
};

function hasLogs({ services }: Project): boolean {
  return services.some(({ replicas, tasks }) => replicas.length + tasks.length > 0);
}

/** Without a target: a project, then all of it or one of its services. */
async function chosen(
  ctx: Ctx,
  target: Target | undefined,
  all: readonly Target[] | undefined,
  title: string,
  suits: (project: Project) => boolean,
): Promise<readonly Target[]> {
  const selected = selection(target, all);
  if (selected.length > 0) return selected;
  const project = await chooseProject(ctx, undefined, title, suits);
  if (!project) return [];
  const whole: Target = { kind: 'project', project };
  const services = project.services.map((service): Choice<Target> => ({
    label: service.name,
    description: `${service.running} running`,
    value: { kind: 'service', project, service },
  }));
  const choices = services.length === 1 ? services : [{ label: 'All services', value: whole }, ...services];
  const choice = await ctx.ui.pick(choices, { title, placeholder: `Service of ${project.name}` });
  return choice ? [choice] : [];
}
