import type { Command } from '../../context.js';
import { balanceOf } from '../../swarm/balance.js';
import { balanceText } from '../../swarm/balanceText.js';
import { escape } from '../../swarm/markdown.js';
import type { SwarmTarget } from '../../swarm/target.js';
import { chooseService, managedSwarm } from './choose.js';
import { control } from './control.js';

/** Addresses, networks and ports in short, then everything Swarm knows. */
export const serviceInspect: Command<SwarmTarget> = {
  id: 'longshore.serviceInspect',
  acts: false,
  async run(ctx, target) {
    const service = await chooseService(ctx, target, 'Inspect');
    if (!service) return;
    const [{ raw }, swarm] = await Promise.all([(await control(ctx)).service(service.id), managedSwarm(ctx)]);
    const all = `\`\`\`json\n${JSON.stringify(raw, undefined, 2)}\n\`\`\``;
    const text = [`# ${escape(service.name)}`, balanceText(balanceOf(service, swarm)), all].join('\n\n');
    await ctx.ui.showText(`${service.name}.md`, 'markdown', `${text}\n`);
  },
};
