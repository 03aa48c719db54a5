import type { Command, Ctx } from '../context.js';
import type { Service } from '../model/projects.js';
import { linkedProxies } from '../proxy/linked.js';
import { carryOut } from '../scale/carryOut.js';
import { noHooks, serviceHooks } from '../scale/hooks.js';
import { checkCount, describePlan, planScale } from '../scale/plan.js';
import type { ScalePlan } from '../scale/plan.js';
import { chooseService } from './choose.js';
import type { ServiceChoice } from './choose.js';
import { composeProject } from './compose.js';
import { Refusal } from './refusal.js';
import { reloadProxiesOf } from './reloadProxy.js';

export const composeScale: Command = {
  id: 'longshore.composeScale',
  acts: true,
  async run(ctx, target) {
    const choice = await chooseService(ctx, target, 'Compose: Scale Service');
    if (!choice) return;
    const { service } = choice;
    const wanted = await ctx.ui.input({
      title: `Scale ${service.name}`,
      prompt: `Replicas of ${service.name}; ${service.replicas.length} now${declaredText(choice)}.`,
      value: String(service.replicas.length || (service.declared?.replicas ?? 1)),
      check: checkCount,
    });
    if (wanted === undefined || !(await scale(ctx, choice, Number(wanted)))) return;
    // Not awaited: the message waits for as long as nobody answers it.
    if (Number(wanted) !== service.declared?.replicas) void offerToWrite(ctx, choice, Number(wanted));
  },
};

export const composeScaleUp = stepCommand('longshore.composeScaleUp', 'Add a Replica', 1);
export const composeScaleDown = stepCommand('longshore.composeScaleDown', 'Take a Replica Away', -1);

function stepCommand(id: string, title: string, step: number): Command {
  return {
    id,
    acts: true,
    async run(ctx, target) {
      const suits = ({ replicas }: Service): boolean => replicas.length + step >= 0;
      const choice = await chooseService(ctx, target, `Compose: ${title}`, suits);
      if (choice) await scale(ctx, choice, Math.max(0, choice.service.replicas.length + step));
    },
  };
}

/** Whether it was done: not where nobody agreed or nothing was to do. `tell`: the proxies are told before replicas go. */
async function scale(ctx: Ctx, choice: ServiceChoice, count: number, tell = true): Promise<boolean> {
  const { project, service } = choice;
  const { info } = await ctx.snapshot();
  const containers = await (await ctx.engine()).containers();
  const proxies =
    tell && ctx.config.get('scale.reloadProxies') !== 'never' ? await linkedProxies(ctx, project, service) : [];
  const drainSeconds = ctx.config.get('scale.drainSeconds');
  const compose = await composeProject(ctx, project);
  const ours = proxies.length > 0 && count < service.replicas.length;
  const hooks = ours ? await serviceHooks(ctx, compose, service.name) : noHooks;
  const plan = planScale(service, count, { info, containers, proxies, drainSeconds, hooks });
  const blocking = plan.remarks.find(({ kind }) => kind === 'blocks');
  if (blocking) throw new Refusal(blocking.text);
  if (plan.starts + plan.stops === 0) {
    ctx.ui.done(describePlan(plan));
    return false;
  }
  if (!(await agreed(ctx, plan))) return false;
  const anyway = async (): Promise<void> => void (await scale(ctx, choice, count, false));
  const { failure, ...done } = await ctx.ui.progress(`Scale ${service.name} to ${count}`, (report, signal) =>
    carryOut({ ctx, project, compose, plan, proxies, report, signal, anyway }),
  );
  if (failure) throw new Refusal(`${service.name} has ${count} replicas and not all are well: ${failure}`);
  ctx.ui.done(`${service.name} ${count}/${count} running.`);
  if (count > 0) await reloadProxiesOf(ctx, done.proxies, service);
  return true;
}

/** Reloading somebody's proxy is worth a question too, unless a setting answers it. */
async function agreed(ctx: Ctx, plan: ScalePlan): Promise<boolean> {
  const when = ctx.config.get('scale.confirm');
  const asks = plan.steps.length > 0 && ctx.config.get('scale.reloadProxies') === 'ask';
  if (when === 'never' || (when === 'whenItMatters' && plan.remarks.length === 0 && !asks)) return true;
  const detail = [...plan.steps, ...plan.remarks.map(({ text }) => text)].join('\n\n');
  return ctx.ui.confirm(describePlan(plan), detail, 'Scale');
}

/** The count lasts until the next Up, unless the file says it too. */
async function offerToWrite(ctx: Ctx, { project, service }: ServiceChoice, count: number): Promise<void> {
  const [uri] = project.workspace?.files ?? [];
  if (uri === undefined || !service.declared) return;
  const write = 'Write into File';
  const message = `${service.name} runs ${count} replicas and its file asks for ${service.declared.replicas ?? 1}: the next Up sets it back.`;
  if ((await ctx.ui.inform(message, write)) !== write) return;
  const edit = await ctx.language.replicasEdit({ uri, service: service.name, replicas: count });
  if (!edit)
    return void ctx.ui.warn(`${service.name} is not written in a file of this workspace, so nothing was changed.`);
  await ctx.ui.edit(edit.uri, edit.edits);
  await ctx.ui.openFile(edit.uri, service.declared.range);
}

function declaredText({ service }: ServiceChoice): string {
  return service.declared?.replicas === undefined ? '' : `, ${service.declared.replicas} in the file`;
}
