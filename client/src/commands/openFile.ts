import type { Command } from '../context.js';
import { chooseService } from './choose.js';
import { Refusal } from './refusal.js';

/** Shows where a service is written, or the first file of a project. */
export const openFile: Command = {
  id: 'longshore.openFile',
  acts: false,
  async run(ctx, target) {
    if (target?.kind === 'project') {
      const [first] = target.project.workspace?.files ?? [];
      if (first === undefined) throw new Refusal(`The files of ${target.project.name} are not in this workspace.`);
      return ctx.ui.openFile(first);
    }
    const choice = await chooseService(ctx, target, 'Open File', ({ declared }) => declared !== undefined);
    if (!choice) return;
    const { declared, name } = choice.service;
    if (!declared) throw new Refusal(`Service ${name} is not written in a file of this workspace.`);
    await ctx.ui.openFile(declared.uri, declared.range);
  },
};
