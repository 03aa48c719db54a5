import type { Command } from '../context.js';
import { listContexts } from '../engine/endpoint.js';

/** Chooses the Docker context for this editor; `docker context use` stays as it is. */
export const useContext: Command = {
  id: 'longshore.useContext',
  acts: false,
  async run(ctx) {
    const contexts = await listContexts({ ...process.env, ...ctx.config.get('docker.environment') });
    const setting = ctx.config.get('docker.context');
    const endpoint = await ctx.endpoint().catch(() => undefined);
    const choices = [
      { label: "Docker's own choice", description: 'DOCKER_HOST, DOCKER_CONTEXT or `docker context use`', value: '' },
      ...contexts.map(({ name, host, description }) => ({
        label: name,
        description: name === endpoint?.context ? `${host} · in use` : host,
        detail: description,
        picked: name === setting,
        value: name,
      })),
    ];
    const chosen = await ctx.ui.pick(choices, { title: 'Docker context of this editor', always: true });
    if (chosen !== undefined) await ctx.config.set('docker.context', chosen || undefined, 'user');
  },
};
