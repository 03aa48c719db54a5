import type { Command } from '../context.js';
import { proxyIn } from '../proxy/reload.js';
import { chooseReplica, mayBeProxy } from './choose.js';
import { Refusal } from './refusal.js';

/** What nginx has read, with every included file: `nginx -T`. */
export const showProxyConfig: Command = {
  id: 'longshore.showProxyConfig',
  acts: true,
  async run(ctx, target) {
    const choice = await chooseReplica(ctx, target, 'Show nginx Configuration', await mayBeProxy(ctx));
    if (!choice) return;
    const engine = await ctx.engine();
    const { print, kind } = await proxyIn(engine, choice.replica);
    if (!print) throw new Refusal(`${kind} cannot print its configuration; its file is what it has read.`);
    const { stdout, stderr, exitCode } = await engine.exec(choice.replica.id, print);
    if (exitCode !== 0)
      throw new Refusal(`nginx in ${choice.replica.name} does not accept its configuration: ${stderr.trim()}`);
    await ctx.ui.showText(`${choice.replica.name}.nginx.conf`, 'longshore-nginx', stdout);
  },
};
