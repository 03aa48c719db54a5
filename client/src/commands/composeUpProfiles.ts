import type { Command } from '../context.js';
import { upArgs } from '../engine/argv.js';
import { chooseProject, has } from './choose.js';
import { composeProject, runCompose } from './compose.js';
import { Refusal } from './refusal.js';

export const composeUpProfiles: Command = {
  id: 'longshore.composeUpProfiles',
  acts: true,
  async run(ctx, target) {
    const hasProfiles = has(({ declared }) => (declared?.profiles.length ?? 0) > 0);
    const project = await chooseProject(ctx, target, 'Compose: Up with Profiles', hasProfiles);
    if (!project) return;
    const services = project.services.map(({ name, declared }) => ({ name, profiles: declared?.profiles ?? [] }));
    const profiles = [...new Set(services.flatMap((service) => service.profiles))].sort();
    if (profiles.length === 0) throw new Refusal(`No service of ${project.name} has a profile. Use "Compose: Up".`);
    const choices = profiles.map((profile) => ({
      label: profile,
      description: services.flatMap((service) => (service.profiles.includes(profile) ? service.name : [])).join(', '),
      value: profile,
    }));
    const chosen = await ctx.ui.pickMany(choices, { title: `Profiles of ${project.name}` });
    if (!chosen?.length) return;
    const compose = { ...(await composeProject(ctx, project)), profiles: chosen };
    await runCompose(ctx, `Up ${project.name} with ${chosen.join(', ')}`, compose, upArgs(compose));
    for (const { key } of project.services) ctx.scaled.set(key, undefined);
    ctx.ui.done(`${project.name} is up with ${chosen.join(', ')}.`);
  },
};
