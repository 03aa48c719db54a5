import type { Command, Ctx } from '../context.js';
import { scaleArgs } from '../engine/argv.js';
import { checkCount, describePlan, planScale } from '../scale/plan.js';
import type { ScalePlan } from '../scale/plan.js';
import { settled } from '../scale/settled.js';
import { chooseService } from './choose.js';
import type { ServiceChoice } from './choose.js';
import { composeProject, runCompose } from './compose.js';
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
      value: String(service.replicas.length),
      check: checkCount,
    });
    if (wanted === undefined || !(await scale(ctx, choice, Number(wanted)))) return;
    // Not awaited: the message waits for as long as nobody answers it.
    if (Number(wanted) !== service.declared?.replicas) void offerToWrite(ctx, choice, Number(wanted));
  },
};

export const composeScaleUp = stepCommand('longshore.composeScaleUp', 1);
export const composeScaleDown = stepCommand('longshore.composeScaleDown', -1);

function stepCommand(id: string, step: number): Command {
  return {
    id,
    acts: true,
    async run(ctx, target) {
      const choice = await chooseService(ctx, target, 'Compose: Scale Service');
      if (choice) await scale(ctx, choice, Math.max(0, choice.service.replicas.length + step));
    },
  };
}

/** Whether it was done: not where nobody agreed or nothing was to do. */
async function scale(ctx: Ctx, { project, service }: ServiceChoice, count: number): Promise<boolean> {
  const { info, replicas } = await ctx.snapshot();
  const plan = planScale(service, count, { info, replicas: replicas.values() });
  const blocking = plan.remarks.find(({ kind }) => kind === 'blocks');
  if (blocking) throw new Refusal(blocking.text);
  if (plan.starts + plan.stops === 0) {
    ctx.ui.done(describePlan(plan));
    return false;
  }
  if (!(await agreed(ctx, plan))) return false;
  const compose = await composeProject(ctx, project);
  const engine = await ctx.engine();
  const title = `Scale ${service.name} to ${count}`;
  const result = await ctx.ui.progress(title, async (report, signal) => {
    await runCompose(ctx, title, compose, scaleArgs(compose, service.name, count), { report, signal });
    ctx.scaled.set(service.key, count);
    return settled(engine, { project: project.name, service: service.name, count }, report, signal);
  });
  if (result.failure)
    throw new Refusal(`${service.name} has ${count} replicas and not all are well: ${result.failure}`);
  ctx.ui.done(`${service.name} ${count}/${count} running.`);
  await reloadProxiesOf(ctx, project, service);
  return true;
}

async function agreed(ctx: Ctx, plan: ScalePlan): Promise<boolean> {
  const when = ctx.config.get('scale.confirm');
  if (when === 'never' || (when === 'whenItMatters' && plan.remarks.length === 0)) return true;
  return ctx.ui.confirm(describePlan(plan), plan.remarks.map(({ text }) => text).join('\n\n'), 'Scale');
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
