import type { Command } from '../context.js';
import { chooseReplica, selection } from './choose.js';
import { Refusal } from './refusal.js';
import type { Replica } from '../engine/engine.js';

export const copyId = copyCommand('longshore.copyId', 'Copy Container Id', ({ id }) => id);

export const copyAddress = copyCommand(
  'longshore.copyAddress',
  'Copy Container Address',
  ({ addresses }) => addresses[0]?.address,
);

/** One line per replica that is selected. */
function copyCommand(id: string, title: string, text: (replica: Replica) => string | undefined): Command {
  return {
    id,
    acts: false,
    async run(ctx, target, all) {
      let replicas = selection(target, all).flatMap((one) => (one.kind === 'replica' ? one.replica : []));
      if (replicas.length === 0) {
        const choice = await chooseReplica(ctx, target, title);
        if (!choice) return;
        replicas = [choice.replica];
      }
      const lines = replicas.flatMap((replica) => text(replica) ?? []);
      if (lines.length === 0) throw new Refusal(`${replicas[0]?.name ?? 'The replica'} has none: it does not run.`);
      await ctx.ui.copy(lines.join('\n'));
      ctx.ui.done(`Copied ${lines.length === 1 ? (lines[0] ?? '') : `${lines.length} lines`}.`);
    },
  };
}
