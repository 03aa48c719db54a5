import type { Ctx } from '../context.js';
import { takenPort } from '../engine/takenPort.js';
import type { TakenPort } from '../engine/takenPort.js';
import type { Service } from '../model/projects.js';
import { Refusal } from './refusal.js';
import type { Step } from './refusal.js';

/**
 * What Docker says of a port that it could not publish, with the service that asks for it, whoever has it, and the place to change;
 * undefined for any other message.
 */
export async function portTaken(ctx: Ctx, said: string): Promise<Refusal | undefined> {
  const taken = takenPort(said);
  if (!taken) return undefined;
  const { port, container } = taken;
  const service = await wanting(ctx, taken);
  const holder = await holding(ctx, taken);
  const declared = service?.declared?.ports.find(
    ({ published: [first, last] = [0, 0] }) => first <= port && port <= last,
  );
  const range = declared?.published;
  const text = [
    `Port ${port} is taken by ${holder}, so ${service?.name ?? container ?? 'a container'} could not start.`,
    range && range[0] < range[1] ? `The file publishes ${range[0]}-${range[1]}, one port for each replica.` : '',
    'Publish another port, or stop what has it.',
  ];
  const show: readonly Step[] = declared
    ? [{ title: 'Open File', run: ({ ui }) => ui.openFile(declared.uri, declared.range) }]
    : [];
  return new Refusal(text.filter(Boolean).join(' '), ...show);
}

/** By the name that Compose gives its container, which may be too young to be in the list of what is there. */
async function wanting(ctx: Ctx, { container = '' }: TakenPort): Promise<Service | undefined> {
  const number = /\d*$/.exec(container)?.[0];
  const projects = await ctx.projects();
  const services = projects.flatMap(({ name, services }) => services.map((service) => ({ project: name, service })));
  const found = services.find(
    ({ project, service }) => container === (service.declared?.containerName ?? `${project}-${service.name}-${number}`),
  );
  return found?.service;
}

async function holding(ctx: Ctx, { port, container }: TakenPort): Promise<string> {
  const outside = "another program on the Engine's machine";
  try {
    const all = await (await ctx.engine()).containers();
    const holder = all.find(
      ({ name, ports }) => name !== container && ports.some(({ published }) => published === port),
    );
    return holder ? `the container ${holder.name}` : outside;
  } catch {
    return 'something else';
  }
}
