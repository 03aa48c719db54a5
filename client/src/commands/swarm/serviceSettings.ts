import type { Command } from '../../context.js';
import { checkDuration, nanoseconds } from '../../swarm/durations.js';
import { checkPorts, parsePorts, portText } from '../../swarm/ports.js';
import { publishing, restarting } from '../../swarm/specChanges.js';
import type { SwarmTarget } from '../../swarm/target.js';
import { carryOut } from './carryOut.js';
import { chooseService, chooseServices, listed } from './choose.js';
import { control } from './control.js';

/** All published ports in one line, so that this publishes, changes and takes back. */
export const servicePorts: Command<SwarmTarget> = {
  id: 'longshore.servicePorts',
  acts: true,
  async run(ctx, target) {
    const service = await chooseService(ctx, target, 'Publish Ports');
    if (!service) return;
    const { id, name } = service;
    const swarm = await control(ctx);
    const { EndpointSpec: endpoint = {} } = (await swarm.service(id)).spec;
    const text = await ctx.ui.input({
      title: `Published ports of ${name}`,
      prompt: 'All of them, as in: 8080:80, 53:53/udp host. The mode is ingress (every node answers) or host.',
      value: (endpoint.Ports ?? []).map(portText).join(', '),
      check: (value) => checkPorts(value, endpoint.Mode ?? 'vip'),
    });
    if (text === undefined) return;
    const ports = parsePorts(text);
    const said = ports.length > 0 ? `publishes ${ports.map(portText).join(', ')}` : 'publishes no port';
    const begin = (signal: AbortSignal): Promise<void> =>
      swarm.changeService(id, (spec) => publishing(spec, ports), signal);
    await carryOut(ctx, `Publish the ports of ${name}`, [{ id, name, done: `${name} ${said}.`, begin }]);
  },
};

export const serviceRestartPolicy: Command<SwarmTarget> = {
  id: 'longshore.serviceRestartPolicy',
  acts: true,
  async run(ctx, target, all) {
    const services = await chooseServices(ctx, target, all, { title: 'Restart Policy' });
    const names = listed(services.map(({ name }) => name));
    if (services.length === 0) return;
    const title = `Restart policy of ${names}`;
    const condition = await ctx.ui.pick(conditions, { title, placeholder: 'When a task that ended is made again' });
    if (condition === undefined) return;
    const delay =
      condition === 'none'
        ? '5s'
        : await ctx.ui.input({ title, prompt: 'How long Swarm waits before', value: '5s', check: checkDuration });
    const attempts =
      condition === 'none'
        ? '0'
        : delay && (await ctx.ui.input({ title, prompt: 'Attempts; 0 is no limit', value: '0', check: checkAttempts }));
    if (delay === undefined || attempts === undefined) return;
    const policy = { Condition: condition, Delay: nanoseconds(delay), MaxAttempts: Number(attempts) };
    const swarm = await control(ctx);
    await carryOut(
      ctx,
      `Change the restart policy of ${names}`,
      services.map(({ id, name }) => ({
        id,
        name,
        done: `${name} restarts on ${condition}.`,
        begin: (signal) =>
          swarm.changeService(
            id,
            (spec) => restarting(spec, { ...spec.TaskTemplate.RestartPolicy, ...policy }),
            signal,
          ),
      })),
    );
  },
};

const conditions = [
  { label: 'Always', description: 'any', value: 'any' },
  { label: 'After a failure', description: 'on-failure', value: 'on-failure' },
  { label: 'Never', description: 'none', value: 'none' },
] as const;

function checkAttempts(text: string): string | undefined {
  return /^\d{1,9}$/.test(text) ? undefined : 'A whole number is needed.';
}
