import type { Command } from '../context.js';
import { removeArgs } from '../engine/argv.js';
import { byProject, chooseReplica, selection } from './choose.js';
import { composeProject, runCompose } from './compose.js';
import { actOnReplicas } from './replicas.js';

/** Removes containers: of whole services through Compose, single ones through the Engine. */
export const remove: Command = {
  id: 'longshore.remove',
  acts: true,
  async run(ctx, target, all) {
    let targets = selection(target, all);
    if (targets.length === 0) {
      const choice = await chooseReplica(ctx, undefined, 'Remove Containers');
      if (!choice) return;
      targets = [{ kind: 'replica', ...choice }];
    }
    const replicas = targets.filter((one) => one.kind === 'replica');
    const services = targets.filter((one) => one.kind === 'service');
    const names = [...services.map(({ service }) => service.name), ...replicas.map(({ replica }) => replica.name)];
    const detail = 'Containers are stopped and removed, and what they wrote outside of volumes is lost.';
    if (!(await ctx.ui.confirm(`Remove ${names.join(', ')}?`, detail, 'Remove'))) return;
    for (const [project, names] of byProject(services)) {
      const compose = await composeProject(ctx, project, 'name');
      await runCompose(ctx, `Remove ${names.join(', ')}`, compose, removeArgs(compose, names));
    }
    if (replicas.length > 0) await actOnReplicas(ctx, 'remove', 'Removed', replicas);
  },
};
