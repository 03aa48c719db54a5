import type { Command } from '../../context.js';
import type { ScopePart } from '../../logs/scope.js';
import { swarmScopePart } from '../../logs/swarmLogged.js';
import type { SwarmTarget } from '../../swarm/target.js';
import { selection } from '../choose.js';
import { Refusal } from '../refusal.js';
import { managedSwarm } from './choose.js';

/** The logs of stacks, services and tasks, from whatever node they run on. Reading only. */
export const swarmLogs: Command<SwarmTarget> = {
  id: 'longshore.swarmLogs',
  acts: false,
  async run(ctx, target, all) {
    const swarm = await managedSwarm(ctx);
    const parts = selection(target, all).flatMap((one) => swarmScopePart(one, swarm) ?? []);
    if (parts.length > 0) return ctx.showLogs(parts);
    const { services } = swarm;
    if (services.length === 0) throw new Refusal('The swarm runs no service, so there are no logs.');
    const stacks = [...new Set(services.flatMap(({ stack }) => stack ?? []))].sort();
    const choices: readonly { readonly label: string; readonly description: string; readonly of: SwarmTarget }[] = [
      ...stacks.map((name) => ({
        label: name,
        description: 'stack',
        of: { kind: 'stack', stack: { name, services: [] } } as const,
      })),
      ...services.map((service) => ({
        label: service.name,
        description: `${service.running} running`,
        of: { kind: 'service', service } as const,
      })),
    ];
    const picked = await ctx.ui.pick(
      choices.flatMap(({ label, description, of }) => {
        const part = swarmScopePart(of, swarm);
        return part ? { label, description, value: part } : [];
      }),
      { title: 'Show Logs', placeholder: 'Stack or service' },
    );
    if (picked) await ctx.showLogs([picked] satisfies readonly ScopePart[]);
  },
};
