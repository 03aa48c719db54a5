import type { Command, Ctx } from '../context.js';
import type { Replica } from '../engine/engine.js';
import type { Service } from '../model/projects.js';
import { programName } from '../proxy/linked.js';
import type { RunningProxy } from '../proxy/linked.js';
import { reloadProxy } from '../proxy/reload.js';
import { verifyProxy } from '../proxy/verify.js';
import type { Verdict } from '../proxy/verify.js';
import { chooseService, isRunning, mayBeProxy } from './choose.js';
import { eachTarget } from './eachTarget.js';
import { Refusal } from './refusal.js';

export const reloadProxyCommand: Command = {
  id: 'longshore.reloadProxy',
  acts: true,
  async run(ctx, target) {
    if (target?.kind === 'replica') return reload(ctx, [target.replica]);
    const suits = await mayBeProxy(ctx);
    const choice = await chooseService(ctx, target, 'Reload Proxy', ({ replicas }) => replicas.some(suits));
    if (!choice) return;
    const replicas = choice.service.replicas.filter(isRunning);
    if (replicas.length === 0) throw new Refusal(`${choice.service.name} does not run, so there is nothing to reload.`);
    await reload(ctx, replicas);
  },
};

async function reload(ctx: Ctx, replicas: readonly Replica[]): Promise<void> {
  const engine = await ctx.engine();
  const targets = replicas.map((replica) => ({ name: replica.name, value: replica }));
  await eachTarget(ctx, 'Reload Proxy', 'Reloaded', targets, (replica, signal) =>
    reloadProxy(engine, replica, { signal }),
  );
}

/**
 * After a service was scaled: proxies that looked its addresses up at their start, and were not told otherwise, are reloaded, or it
 * is asked whether to, as the setting says; then every proxy is seen to send to exactly the replicas that run.
 */
export async function reloadProxiesOf(ctx: Ctx, proxies: readonly RunningProxy[], service: Service): Promise<void> {
  const stale = proxies.filter(({ needsReload, told }) => needsReload && !told);
  const reloads =
    stale.length > 0 && (ctx.config.get('scale.reloadProxies') === 'always' || (await agreed(ctx, stale, service)));
  if (reloads) {
    await reload(
      ctx,
      stale.map(({ replica }) => replica),
    );
  }
  await verifyProxies(ctx, reloads ? proxies : proxies.filter((proxy) => !stale.includes(proxy)), service);
}

async function agreed(ctx: Ctx, stale: readonly RunningProxy[], service: Service): Promise<boolean> {
  const names = [...new Set(stale.map((proxy) => proxy.service))].join(' and ');
  const message = `${names} knows the replicas of ${service.name} from its start. Reload it to use exactly those that run now.`;
  const action = `Reload ${names}`;
  return (await ctx.ui.inform(message, action)) === action;
}

/** Says for each proxy whether it sends to exactly the replicas that run, and offers another reload where it does not. */
async function verifyProxies(ctx: Ctx, proxies: readonly RunningProxy[], service: Service): Promise<void> {
  if (proxies.length === 0) return;
  const engine = await ctx.engine();
  const verdicts = await ctx.ui.progress(`Check the proxies of ${service.name}`, (_report, signal) =>
    Promise.all(proxies.map((proxy) => verifyProxy(engine, proxy, service.name, signal))),
  );
  proxies.forEach((proxy, index) => {
    const verdict = verdicts[index];
    if (verdict) tell(ctx, proxy, service, verdict);
  });
}

function tell(ctx: Ctx, proxy: RunningProxy, { name }: Service, verdict: Verdict): void {
  const { replica } = proxy;
  if (verdict.kind === 'exact') {
    return ctx.ui.done(`${replica.name} sends to exactly the replicas of ${name} that run.`);
  }
  if (verdict.kind === 'unproven') {
    return ctx.log.info(`Whether ${replica.name} knows exactly the replicas of ${name} is not proven: ${verdict.why}.`);
  }
  const { unknown, extra } = verdict;
  const wrong = [
    ...(unknown.length > 0 ? [`does not send to ${unknown.join(', ')}`] : []),
    ...(extra.length > 0 ? [`still has ${extra.join(', ')}, where none of them is`] : []),
  ].join(' and ');
  const hint = proxy.needsReload ? '' : ' Its configuration may have too few slots.';
  const again = proxy.needsReload ? ['Reload Again'] : [];
  // Not awaited: the message waits for as long as nobody answers it.
  void ctx.ui.warn(`${programName(proxy)} in ${replica.name} ${wrong}.${hint}`, ...again).then(async (chosen) => {
    if (chosen !== undefined) await reload(ctx, [replica]);
  });
}
