import type { Command } from '../context.js';
import { chooseReplica } from './choose.js';

export const inspectReplica: Command = {
  id: 'longshore.inspectReplica',
  acts: false,
  async run(ctx, target) {
    const choice = await chooseReplica(ctx, target, 'Inspect Container');
    if (!choice) return;
    const { raw } = await (await ctx.engine()).inspect(choice.replica.id);
    await ctx.ui.showText(`${choice.replica.name}.json`, 'json', JSON.stringify(raw, undefined, 2));
  },
};
