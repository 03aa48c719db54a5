import type { Command } from '../context.js';
import { configArgs } from '../engine/argv.js';
import { chooseProject } from './choose.js';
import { askCompose, composeProject } from './compose.js';

/** The project as Compose understands it: merged, interpolated, with every default. */
export const showConfig: Command = {
  id: 'longshore.showConfig',
  acts: true,
  async run(ctx, target) {
    const project = await chooseProject(ctx, target, 'Compose: Show Output of docker compose config');
    if (!project) return;
    const compose = await composeProject(ctx, project);
    const text = await ctx.ui.progress(`Resolve ${project.name}`, (_report, signal) =>
      askCompose(ctx, compose, configArgs(compose), signal),
    );
    await ctx.ui.showText(`${project.name}.resolved.yaml`, 'yaml', text);
  },
};
