import type { Command } from '../context.js';
import { upArgs } from '../engine/argv.js';
import { chooseProject } from './choose.js';
import { composeProject, runCompose } from './compose.js';

export const composeUpServices: Command = {
  id: 'longshore.composeUpServices',
  acts: true,
  async run(ctx, target) {
    const project = await chooseProject(ctx, target, 'Compose: Up Services');
    if (!project) return;
    const choices = project.services.map(({ name, running, desired, declared }) => ({
      label: name,
      description: [`${running}/${desired ?? '?'} running`, ...(declared?.profiles ?? [])].join(' · '),
      picked: running > 0,
      value: name,
    }));
    const services = await ctx.ui.pickMany(choices, { title: `Up services of ${project.name}` });
    if (!services?.length) return;
    const compose = await composeProject(ctx, project);
    await runCompose(ctx, `Up ${services.join(', ')}`, compose, upArgs(compose, { services }));
    for (const service of project.services) if (services.includes(service.name)) ctx.scaled.set(service.key, undefined);
    ctx.ui.done(`${services.join(', ')} of ${project.name} up.`);
  },
};
