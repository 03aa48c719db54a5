import { basename } from 'node:path';
import type { Command, Ctx } from '../context.js';
import type { Project } from '../model/projects.js';
import { pathOf } from '../model/paths.js';
import { upArgs } from '../engine/argv.js';
import type { UpOptions } from '../engine/argv.js';
import { byProject, chooseProject, selection } from './choose.js';
import { composeProject, runCompose } from './compose.js';
import { eachProject } from './eachProject.js';

export const composeUp = upCommand('longshore.composeUp', 'Up', {});

/** Replaces every container, though nothing in the file changed. */
export const composeRecreate = upCommand('longshore.composeRecreate', 'Recreate', { recreate: 'always' });

function upCommand(id: string, title: string, options: UpOptions): Command {
  return {
    id,
    acts: true,
    async run(ctx, target, all) {
      const targets = selection(target, all);
      const project = targets.length > 0 ? undefined : await chooseProject(ctx, undefined, `Compose: ${title}`);
      const chosen = byProject(project ? [{ kind: 'project', project }] : targets);
      await eachProject(chosen.keys(), async (one) => {
        const services = chosen.get(one) ?? [];
        const variant = await chooseVariant(ctx, one);
        if (!variant) return;
        const compose = await composeProject(ctx, variant);
        await runCompose(ctx, `${title} ${one.name}`, compose, upArgs(compose, { ...options, services }));
        // The counts are the file's again.
        for (const { key, name } of one.services) {
          if (services.length === 0 || services.includes(name)) ctx.scaled.set(key, undefined);
        }
        ctx.ui.done(`${one.name} is up.`);
      });
    },
  };
}

/** Which files make the project, where there are several ways and none of them runs. Undefined when dismissed. */
async function chooseVariant(ctx: Ctx, project: Project): Promise<Project | undefined> {
  if (project.variants.length < 2 || project.files) return project;
  const choices = project.variants.map((workspace) => ({
    label: workspace.files.map((uri) => basename(pathOf(uri) ?? uri)).join(' + '),
    value: { ...project, workspace },
  }));
  return ctx.ui.pick(choices, { title: `Files of ${project.name}` });
}
