import type { Command, Ctx } from '../../context.js';
import type { SwarmNetwork } from '../../engine/swarm.js';
import { isEngineError } from '../../engine/engine.js';
import { followService } from '../../swarm/follow.js';
import { checkPorts, parsePorts } from '../../swarm/ports.js';
import { serviceSnippets } from '../../swarm/serviceSnippets.js';
import { serviceCreateArgs } from '../../swarm/stackArgv.js';
import type { SwarmTarget } from '../../swarm/target.js';
import { isCancelled } from '../register.js';
import { Refusal } from '../refusal.js';
import { managedSwarm } from './choose.js';
import { control } from './control.js';

/** A service from a snippet; to cancel while it starts is to remove it again. */
export const serviceCreate: Command<SwarmTarget> = {
  id: 'longshore.serviceCreate',
  acts: true,
  async run(ctx) {
    const { services, resources } = await managedSwarm(ctx);
    const title = 'Create Service';
    const snippet = await ctx.ui.pick(
      serviceSnippets.map((one) => ({ label: one.label, description: one.description, value: one })),
      { title, placeholder: 'What it is' },
    );
    if (!snippet) return;
    const name = await ctx.ui.input({
      title,
      prompt: 'Name of the service; others reach it by this name',
      check: (value) =>
        services.some((service) => service.name === value)
          ? 'There is a service of this name.'
          : /^[a-z0-9][\w.-]{0,62}$/i.test(value)
            ? undefined
            : 'Letters, digits, dots, dashes and underscores are allowed.',
    });
    if (name === undefined) return;
    const check = (value: string): string | undefined =>
      /^[^\s-]\S*$/.test(value) ? undefined : 'The name of an image is needed; it has no blanks.';
    const image = await ctx.ui.input({ title, prompt: 'Image, with its tag', check });
    if (image === undefined) return;
    const ports = await askPorts(ctx, title, snippet.publish);
    const networks = await askNetworks(ctx, title, resources.networks);
    if (!ports || !networks) return;
    const args = serviceCreateArgs({ name, image, ports, networks, snippet });
    const failure = await ctx.ui.progress(`Create ${name}`, async (report, signal) => {
      const { stdout } = await ctx.cli.run(args, { signal, progress: report });
      const id = stdout.trim().split(/\s+/)[0] ?? '';
      const swarm = await control(ctx);
      try {
        return await followService(swarm, id, report, signal);
      } catch (error) {
        if (isCancelled(error)) await takeBack(ctx, id, name);
        throw error;
      }
    });
    if (failure !== undefined) throw new Refusal(`${name} is there and not complete. ${failure}`);
    ctx.ui.done(`${name} ${snippet.mode === 'replicated-job' ? 'has run' : 'runs'}.`);
  },
};

async function askPorts(
  ctx: Ctx,
  title: string,
  publish: 'ingress' | 'host' | undefined,
): Promise<ReturnType<typeof parsePorts> | undefined> {
  if (!publish) return [];
  const text = await ctx.ui.input({
    title,
    prompt: 'Published port and the port in the container, as in 8080:80',
    check: (value) => (value.trim() === '' ? 'A port is needed.' : checkPorts(value, 'vip')),
  });
  return text === undefined ? undefined : parsePorts(text).map((port) => ({ ...port, PublishMode: publish }));
}

async function askNetworks(
  ctx: Ctx,
  title: string,
  networks: readonly SwarmNetwork[],
): Promise<readonly string[] | undefined> {
  const own = networks.filter(({ ingress }) => !ingress);
  if (own.length === 0) return [];
  const choices = own.map(({ name, driver }) => ({ label: name, description: driver, value: name }));
  return ctx.ui.pickMany(choices, { title, placeholder: 'Networks, so that other services reach it' });
}

async function takeBack(ctx: Ctx, id: string, name: string): Promise<void> {
  try {
    await (await control(ctx)).remove('service', id);
    ctx.ui.done(`${name} is removed again.`);
  } catch (error) {
    if (!isEngineError(error)) throw error;
    void ctx.ui.warn(`${name} stays, because it cannot be removed: ${error.message}.`);
  }
}
