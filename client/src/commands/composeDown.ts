import type { Command, Ctx } from '../context.js';
import { downArgs } from '../engine/argv.js';
import type { Project } from '../model/projects.js';
import { chooseProject, isThere, selection } from './choose.js';
import { composeProject, runCompose } from './compose.js';
import { eachProject } from './eachProject.js';

export const composeDown = downCommand('longshore.composeDown', false);
export const composeDownVolumes = downCommand('longshore.composeDownVolumes', true);

function downCommand(id: string, volumes: boolean): Command {
  return {
    id,
    acts: true,
    async run(ctx, target, all) {
      const targets = selection(target, all);
      const title = volumes ? 'Compose: Down and Delete Volumes' : 'Compose: Down';
      const project = targets.length > 0 ? undefined : await chooseProject(ctx, undefined, title, isThere);
      const projects = project
        ? [project]
        : [...new Map(targets.map((one) => [one.project.key, one.project])).values()];
      await eachProject(projects, (one) => down(ctx, one, volumes));
    },
  };
}

async function down(ctx: Ctx, project: Project, volumes: boolean): Promise<void> {
  const count = project.services.reduce((sum, { replicas }) => sum + replicas.length, 0);
  const those = `Its ${count === 1 ? 'container' : `${count} containers`} and its networks are removed`;
  const detail = volumes
    ? `${those}, and its named volumes with everything in them. That cannot be undone.`
    : `${those}. Named volumes stay.`;
  if (!(await ctx.ui.confirm(`Take ${project.name} down?`, detail, volumes ? 'Down and Delete Volumes' : 'Down')))
    return;
  const compose = await composeProject(ctx, project, 'name');
  await runCompose(ctx, `Down ${project.name}`, compose, downArgs(compose, { volumes }));
  for (const { key } of project.services) ctx.scaled.set(key, undefined);
  ctx.ui.done(`${project.name} is down.`);
}
