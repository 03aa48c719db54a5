import type { Command } from '../context.js';
import type { Endpoint } from '../engine/endpoint.js';
import type { PublishedPort } from '../engine/engine.js';
import { chooseService } from './choose.js';
import { Refusal } from './refusal.js';

export const openInBrowser: Command = {
  id: 'longshore.openInBrowser',
  acts: false,
  async run(ctx, target) {
    const isPublished = ({ published, protocol }: PublishedPort): boolean =>
      published !== undefined && protocol === 'tcp';
    const choice = await chooseService(ctx, target, 'Open in Browser', ({ ports }) => ports.some(isPublished));
    if (!choice) return;
    const ports = (target?.kind === 'replica' ? target.replica : choice.service).ports.filter(isPublished);
    if (ports.length === 0) throw new Refusal(`${choice.service.name} publishes no port, so no browser can reach it.`);
    const endpoint = await ctx.endpoint();
    const choices = ports.map((port) => ({
      label: String(port.published),
      description: `port ${port.target} of the container`,
      value: port,
    }));
    const port = await ctx.ui.pick(choices, { title: `Port of ${choice.service.name}` });
    if (port) await ctx.ui.openExternal(browserUrl(port, endpoint));
  },
};

/** On the Engine's machine, which is another one behind `ssh://` and `tcp://`. */
export function browserUrl({ host, published, target }: PublishedPort, endpoint: Endpoint): string {
  const remote = /^(?:ssh|tcp|https?):/.test(endpoint.host) ? new URL(endpoint.host).hostname : undefined;
  const anywhere = host === undefined || host === '0.0.0.0' || host === '::';
  const name = remote ?? (anywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host);
  return `${target === 443 || target === 8443 ? 'https' : 'http'}://${name}:${published}/`;
}
