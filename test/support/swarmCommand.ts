import { runCommand } from '../../client/src/commands/register.js';
import type { Command } from '../../client/src/context.js';
import type { Engine } from '../../client/src/engine/engine.js';
import type { SwarmSnapshot } from '../../client/src/engine/snapshot.js';
import type { SwarmTarget } from '../../client/src/swarm/target.js';
import { fakeCtx } from './fakeCtx.js';
import type { FakeCtx, FakeParts } from './fakeCtx.js';
import { fakeEngine } from './fakeEngine.js';
import {
  fakeControl,
  fakeNode,
  fakeSpec,
  fakeSwarmFile,
  fakeSwarmNetwork,
  fakeSwarmService,
  fakeSwarmSnapshot,
  fakeTask,
} from './fakeSwarm.js';
import type { FakeControl } from './fakeSwarm.js';
import { fakeUi } from './fakeUi.js';

// A small swarm to run commands in: a manager, a worker, and the service shop_web of one task.

export const manager = fakeNode('node1', { role: 'manager', leader: true });
export const worker = fakeNode('node2');
export const web = fakeSwarmService('shop_web');
export const seen: Partial<SwarmSnapshot> = {
  nodes: [manager, worker],
  services: [web],
  tasks: [fakeTask('shop_web.1', { nodeId: worker.id })],
  resources: {
    networks: [fakeSwarmNetwork('ingress', { ingress: true }), fakeSwarmNetwork('front')],
    secrets: [fakeSwarmFile('key', { stack: 'shop' })],
    configs: [],
  },
};
export const service: SwarmTarget = { kind: 'service', service: web };
export const node = (which: typeof worker): SwarmTarget => ({ kind: 'node', node: which, running: 0 });

export interface RunParts extends FakeParts {
  readonly control?: FakeControl;
  readonly swarm?: Partial<SwarmSnapshot>;
  /** The whole selection. */
  readonly all?: readonly SwarmTarget[];
}

export interface Ran {
  readonly said: readonly string[];
  readonly control: FakeControl;
  readonly ctx: FakeCtx;
}

/** Runs a command as somebody with these answers. */
export async function run(
  command: Command<SwarmTarget>,
  target: SwarmTarget | undefined,
  answers: Parameters<typeof fakeUi>[0] = [],
  more: RunParts = {},
): Promise<Ran> {
  const control = more.control ?? fakeControl([fakeSpec('shop_web')]);
  const snapshot = () => fakeSwarmSnapshot({ ...seen, ...more.swarm });
  const base = fakeEngine();
  const services: Engine['swarm']['services'] = async () => snapshot().swarm?.services ?? [];
  const engine: Engine = { ...base, swarm: { ...base.swarm, services, control } };
  const ctx = fakeCtx({ ui: fakeUi(answers), engine, snapshot, ...more });
  await runCommand(ctx, command, target, more.all);
  return { said: ctx.ui.said, control, ctx };
}
