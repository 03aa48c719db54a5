import type { Command, Ctx } from '../../context.js';
import { balanceOf } from '../../swarm/balance.js';
import type { AnsweringNode, Balance, BalancedPort } from '../../swarm/balance.js';
import { publishedText } from '../../swarm/balanceText.js';
import { mostRequests, usualLimits } from '../../swarm/probe.js';
import type { ProbePlace } from '../../swarm/probe.js';
import { probeService } from '../../swarm/probeService.js';
import type { SwarmTarget } from '../../swarm/target.js';
import { Refusal } from '../refusal.js';
import { chooseService, managedSwarm } from './choose.js';

export const serviceBalance: Command<SwarmTarget> = {
  id: 'longshore.serviceBalance',
  acts: false,
  async run(ctx, target) {
    const service = await chooseService(ctx, target, 'Show Load Balancing');
    if (service) await ctx.showBalance(service.id);
  },
};

/** Asks a published port a bounded number of times and shows which tasks answered. */
export const serviceProbe: Command<SwarmTarget> = {
  id: 'longshore.serviceProbe',
  acts: true,
  async run(ctx, target) {
    const service = await chooseService(ctx, target, 'Probe', ({ ports }) => ports.length > 0);
    if (!service) return;
    const title = `Probe ${service.name}`;
    const [swarm, { info }] = await Promise.all([managedSwarm(ctx), ctx.snapshot()]);
    const balance = balanceOf(service, swarm);
    const port = await choosePort(ctx, title, balance);
    if (!port) return;
    const here = swarm.nodes.find(({ id }) => id === info?.swarm.nodeId)?.hostname ?? '';
    const places = await choosePlaces(ctx, title, port, here, await ownAddress(ctx, info?.swarm.nodeAddress));
    const count = places && (await askCount(ctx, title));
    if (count === undefined || !places) return;
    const engine = await ctx.engine();
    const probed = { id: service.id, here, tasks: balance.tasks, places };
    const spread = await ctx.ui.progress(title, (report, signal) => {
      report(`${count} requests`);
      return probeService(engine, probed, { ...usualLimits, count }, signal);
    });
    await ctx.showBalance(service.id, spread);
  },
};

async function choosePort(ctx: Ctx, title: string, { service, ports }: Balance): Promise<BalancedPort | undefined> {
  const fitting = ports.filter(({ protocol }) => protocol === 'tcp');
  if (fitting.length === 0)
    throw new Refusal(`${service} publishes no TCP port, so there is nothing to send requests to.`);
  const choices = fitting.map((port) => ({ label: publishedText(port), value: port }));
  const port = await ctx.ui.pick(choices, { title, placeholder: 'Published port' });
  if (port && port.nodes.length === 0) throw new Refusal(`No task of ${service} runs, so nobody would answer.`);
  return port;
}

/** With the mesh one node is asked, as it spreads the connections itself; else every node that has a task, in turn. */
async function choosePlaces(
  ctx: Ctx,
  title: string,
  { nodes, mode, published }: BalancedPort,
  here: string,
  own: string,
): Promise<readonly ProbePlace[] | undefined> {
  if (published === undefined)
    throw new Refusal('Swarm has chosen this port for each task, so no one address reaches them.');
  const placeOf = ({ hostname, address }: AnsweringNode): ProbePlace => ({
    node: hostname,
    address: hostname === here || address === '0.0.0.0' ? own : address,
    port: published,
  });
  const sorted = [...nodes].sort((a, b) => Number(b.hostname === here) - Number(a.hostname === here));
  const all = { label: 'Every node in turn', description: '', value: sorted.map(placeOf) };
  const each = sorted.map((node) => {
    const place = placeOf(node);
    return { label: node.hostname, description: place.address, value: [place] };
  });
  const choices = each.length < 2 ? each : mode === 'host' ? [all, ...each] : [...each, all];
  return ctx.ui.pick(choices, { title, placeholder: 'Where the requests go' });
}

async function askCount(ctx: Ctx, title: string): Promise<number | undefined> {
  const text = await ctx.ui.input({
    title,
    prompt: `Requests, at most ${mostRequests}`,
    value: String(usualLimits.count),
    check: (value) =>
      /^\d+$/.test(value) && Number(value) > 0 && Number(value) <= mostRequests
        ? undefined
        : `A number from 1 to ${mostRequests} is needed.`,
  });
  return text === undefined ? undefined : Number(text);
}

/** Where this Engine's own ports answer: at its machine, or at the host that we reach it by. */
async function ownAddress(ctx: Ctx, advertised: string | undefined): Promise<string> {
  const { host } = await ctx.endpoint();
  const remote = /^(?:tcp|http|https|ssh):\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)/.exec(host)?.[1];
  return remote?.replace(/^\[|\]$/g, '') ?? advertised ?? '127.0.0.1';
}
