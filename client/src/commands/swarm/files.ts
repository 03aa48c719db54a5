import { readFile } from 'node:fs/promises';
import type { Command, Ctx } from '../../context.js';
import type { SwarmFile } from '../../engine/swarm.js';
import { pathOf } from '../../model/paths.js';
import { nextName, rotated, uses } from '../../swarm/rotation.js';
import type { SwarmTarget } from '../../swarm/target.js';
import { eachTarget } from '../eachTarget.js';
import { Refusal } from '../refusal.js';
import { carryOut } from './carryOut.js';
import { listed, managedSwarm, selected } from './choose.js';
import { control } from './control.js';

type Kind = 'secret' | 'config';

export const secretCreate = createCommand('secret', 'longshore.secretCreate');
export const configCreate = createCommand('config', 'longshore.configCreate');
export const secretRotate = rotateCommand('secret', 'longshore.secretRotate');
export const configRotate = rotateCommand('config', 'longshore.configRotate');
export const secretRemove = removeCommand('secret', 'longshore.secretRemove');
export const configRemove = removeCommand('config', 'longshore.configRemove');

function createCommand(kind: Kind, id: string): Command<SwarmTarget> {
  return {
    id,
    acts: true,
    async run(ctx, target) {
      const { resources } = await managedSwarm(ctx);
      const taken = new Set(resources[`${kind}s`].map(({ name }) => name));
      const name = await ctx.ui.input({
        title: `Create ${capital(kind)}`,
        prompt: `Name of the ${kind}`,
        check: (value) =>
          taken.has(value)
            ? `There is a ${kind} of this name.`
            : /^[a-z0-9]([\w.-]{0,62}[a-z0-9])?$/i.test(value)
              ? undefined
              : 'Up to 64 letters, digits, dots, dashes and underscores are allowed.',
      });
      const data = name === undefined ? undefined : await content(ctx, kind, target);
      if (name === undefined || data === undefined) return;
      await (await control(ctx)).create(kind, { name, data });
      ctx.ui.done(`The ${kind} ${name} is there.`);
    },
  };
}

/** Secrets and configs never change: a new one takes the place of the old one in every service that has it. */
function rotateCommand(kind: Kind, id: string): Command<SwarmTarget> {
  return {
    id,
    acts: true,
    async run(ctx, target) {
      const old = await chooseFile(ctx, kind, target, `Rotate ${capital(kind)}`);
      if (!old) return;
      const { services, resources } = await managedSwarm(ctx);
      const swarm = await control(ctx);
      const readings = await Promise.all(services.map((service) => swarm.service(service.id)));
      const users = readings.filter(({ spec }) => uses(spec, kind, old.id));
      const data = await content(ctx, kind, undefined);
      if (data === undefined) return;
      const name = nextName(old.name, new Set(resources[`${kind}s`].map((one) => one.name)));
      const list = users.map(({ spec }) => spec.Name).join(', ');
      const detail = users.length > 0 ? `Their tasks are replaced: ${list}.` : 'No service has it.';
      if (!(await ctx.ui.confirm(`Rotate ${old.name} to ${name}?`, detail, 'Rotate'))) return;
      const { stack } = old;
      const to = await swarm.create(kind, { name, data, ...(stack !== undefined && { stack }) });
      for (const { id: service, spec } of users) {
        const begin = (signal: AbortSignal): Promise<void> =>
          swarm.changeService(service, (now) => rotated(now, { kind, from: old.id, to, name }), signal);
        const change = { id: service, name: spec.Name, done: `${spec.Name} has ${name}.`, begin };
        await carryOut(ctx, `Give ${name} to ${spec.Name}`, [change]);
      }
      const remove = `Remove ${old.name}`;
      const said = `${name} is in place of ${old.name}. A roll-back needs the old one; a stack file has to name the new one.`;
      if ((await ctx.ui.inform(said, remove)) === remove) await swarm.remove(kind, old.id);
    },
  };
}

function removeCommand(kind: Kind, id: string): Command<SwarmTarget> {
  return {
    id,
    acts: true,
    async run(ctx, target, all) {
      const several = selected(kind, target, all).map(({ file }) => file);
      const one = several.length > 1 ? undefined : await chooseFile(ctx, kind, target, `Remove ${capital(kind)}`);
      const files = one ? [one] : several;
      if (files.length === 0) return;
      const names = listed(files.map(({ name }) => name));
      const detail = 'What is in it is lost. Swarm refuses while a service has it.';
      if (!(await ctx.ui.confirm(`Remove the ${kind} ${names}?`, detail, 'Remove'))) return;
      const swarm = await control(ctx);
      const targets = files.map(({ name, id: value }) => ({ name, value }));
      await eachTarget(ctx, `Remove ${names}`, 'Removed', targets, (value, signal) =>
        swarm.remove(kind, value, signal),
      );
    },
  };
}

async function chooseFile(
  ctx: Ctx,
  kind: Kind,
  target: SwarmTarget | undefined,
  title: string,
): Promise<SwarmFile | undefined> {
  const { resources } = await managedSwarm(ctx);
  if (target?.kind === kind) return target.file;
  const files = resources[`${kind}s`];
  if (files.length === 0) throw new Refusal(`The swarm has no ${kind}.`);
  return ctx.ui.pick(
    files.map((file) => ({ label: file.name, value: file })),
    { title, placeholder: capital(kind), always: true },
  );
}

/** Of the file it was called on, else typed. Never logged. */
async function content(ctx: Ctx, kind: Kind, target: SwarmTarget | undefined): Promise<Uint8Array | undefined> {
  const path = target?.kind === 'file' ? pathOf(target.uri) : undefined;
  if (path !== undefined) return readFile(path);
  const text = await ctx.ui.input({
    title: `Content of the ${capital(kind)}`,
    prompt: 'One line. For more, call this on a file in the explorer.',
    secret: kind === 'secret',
    check: (value) => (value === '' ? `An empty ${kind} is refused.` : undefined),
  });
  return text === undefined ? undefined : Buffer.from(text);
}

function capital(kind: Kind): string {
  return kind === 'secret' ? 'Secret' : 'Config';
}
