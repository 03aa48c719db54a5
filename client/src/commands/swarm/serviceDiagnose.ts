import type { Command } from '../../context.js';
import type { SwarmService } from '../../engine/swarm.js';
import { diagnose } from '../../swarm/diagnose.js';
import type { SwarmTarget } from '../../swarm/target.js';
import { chooseService, managedSwarm } from './choose.js';
import { control } from './control.js';
import { repairsOf } from './repairs.js';

/** Says the first cause, with what can be done about it; all of them on demand. */
export const serviceDiagnose: Command<SwarmTarget> = {
  id: 'longshore.serviceDiagnose',
  acts: false,
  async run(ctx, target) {
    if (!target && !(await managedSwarm(ctx)).services.some(isUnwell)) {
      return ctx.ui.done('Every service of the swarm runs as it should.');
    }
    const service = await chooseService(ctx, target, 'Why Is It Not Running?', isUnwell);
    if (!service) return;
    const [{ spec }, { tasks, nodes, resources }, { info }] = await Promise.all([
      (await control(ctx)).service(service.id),
      managedSwarm(ctx),
      ctx.snapshot(),
    ]);
    const own = tasks.filter(({ serviceId }) => serviceId === service.id);
    const causes = diagnose({ service, spec, tasks: own, nodes, networks: resources.networks });
    const [first] = causes;
    if (!first) return ctx.ui.done(`${service.name} is as it should be: ${service.running} running.`);
    const details = 'Show Details';
    const repairs = causes.flatMap((cause) =>
      repairsOf(cause, { kind: 'service', service }, info?.swarm.nodeId, ctx.ui.trusted),
    );
    const buttons = [...new Map(repairs.map((repair) => [repair.title, repair])).values()].slice(0, 3);
    const more = causes.length > 1 ? ` (and ${causes.length - 1} more)` : '';
    const chosen = await ctx.ui.warn(`${first.text}${more}`, ...buttons.map(({ title }) => title), details);
    if (chosen !== details) return buttons.find(({ title }) => title === chosen)?.run(ctx);
    const text = causes.map((cause) => `${cause.text}\n${cause.said ? `\n    ${cause.said}\n` : ''}`).join('\n');
    await ctx.ui.showText(`${service.name}.md`, 'markdown', `# ${service.name}\n\n${text}`);
  },
};

function isUnwell({ running, desired, update }: SwarmService): boolean {
  return running < desired || (update?.state.endsWith('paused') ?? false);
}
