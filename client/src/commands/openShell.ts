import type { Command } from '../context.js';
import { shellArgs } from '../engine/argv.js';
import { chooseReplica, isRunning } from './choose.js';

export const openShell: Command = {
  id: 'longshore.openShell',
  acts: true,
  async run(ctx, target) {
    const choice = await chooseReplica(ctx, target, 'Open Shell', isRunning);
    if (!choice) return;
    const { program, args, env } = await ctx.cli.invocation(shellArgs(choice.replica.id));
    ctx.ui.terminal({ name: choice.replica.name, program, args, env });
  },
};
