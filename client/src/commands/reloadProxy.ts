import type { Command, Ctx } from '../context.js';
import type { Replica } from '../engine/engine.js';
import type { Project, Service } from '../model/projects.js';
import { reloadProxy } from '../proxy/reload.js';
import { chooseService, isRunning } from './choose.js';
import { eachTarget } from './eachTarget.js';
import { Refusal } from './refusal.js';

export const reloadProxyCommand: Command = {
  id: 'longshore.reloadProxy',
  acts: true,
  async run(ctx, target) {
    if (target?.kind === 'replica') return reload(ctx, [target.replica]);
    const choice = await chooseService(ctx, target, 'Reload Proxy', ({ running }) => running > 0);
    if (!choice) return;
    const replicas = choice.service.replicas.filter(isRunning);
    if (replicas.length === 0) throw new Refusal(`${choice.service.name} does not run, so there is nothing to reload.`);
    await reload(ctx, replicas);
  },
};

async function reload(ctx: Ctx, replicas: readonly Replica[]): Promise<void> {
  const engine = await ctx.engine();
  const targets = replicas.map((replica) => ({ name: replica.name, value: replica }));
  await eachTarget(ctx, 'Reload Proxy', 'Reloaded', targets, (replica, signal) => reloadProxy(engine, replica, signal));
}

/**
 * After a service was scaled: the proxies that looked its addresses up at their start do not know the new ones, and still send
 * requests to those that are gone. Reloads them, or asks, as the setting says.
 */
export async function reloadProxiesOf(ctx: Ctx, project: Project, service: Service): Promise<void> {
  const when = ctx.config.get('scale.reloadProxies');
  const [uri] = project.workspace?.files ?? [];
  if (when === 'never' || uri === undefined) return;
  const links = (await ctx.language.proxiesOf({ uri, service: service.name })).filter(({ needsReload }) => needsReload);
  const names = [...new Set(links.map((link) => link.service))];
  const replicas = await Promise.all(
    names.map(async (name) => (await ctx.engine()).replicas({ project: project.name, service: name })),
  );
  const running = replicas.flat().filter(isRunning);
  if (running.length === 0) return;
  if (when === 'ask') {
    const list = names.join(' and ');
    const message = `${list} knows the replicas of ${service.name} from its start. Reload it to use exactly those that run now.`;
    const action = `Reload ${list}`;
    if ((await ctx.ui.inform(message, action)) !== action) return;
  }
  await reload(ctx, running);
}
