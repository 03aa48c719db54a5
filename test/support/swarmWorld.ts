import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { runCommand } from '../../client/src/commands/register.js';
import type { Command, Ctx } from '../../client/src/context.js';
import type { Engine } from '../../client/src/engine/engine.js';
import type { Snapshot } from '../../client/src/engine/snapshot.js';
import type { SwarmService, Task } from '../../client/src/engine/swarm.js';
import { EngineWatch } from '../../client/src/engine/watch.js';
import { swarmNodes } from '../../client/src/swarm/nodes.js';
import { present } from '../../client/src/swarm/present.js';
import type { SwarmTarget } from '../../client/src/swarm/target.js';
import { showTree } from '../../client/src/tree/shownTree.js';
import type { Engine as TestEngine } from '../setup/dockerd.mjs';
import { fakeCtx } from './fakeCtx.js';
import { fakeUi } from './fakeUi.js';
import type { FakeUi } from './fakeUi.js';
import { reach } from './reach.js';

/** The extension at a real Engine, without an editor: its watch, its tree and its commands. */
export interface World {
  readonly watch: EngineWatch;
  readonly engine: Engine;
  readonly changes: EventEmitter;
  /** Runs a command as somebody with these answers, and tells what was said. */
  run(
    command: Command<SwarmTarget>,
    target: SwarmTarget | undefined,
    answers: Parameters<typeof fakeUi>[0],
    more?: RunMore,
  ): Promise<readonly string[]>;
  /** What commands get, for what is no command. */
  with<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>;
  /** Label and description of every node of the tree, in no order but the tree's. */
  lines(): readonly string[];
  /** The one with this label. */
  line(label: string): string;
  service(name: string): { readonly kind: 'service'; readonly service: SwarmService };
  secret(name: string): SwarmTarget;
  node(hostname: string): NonNullable<Snapshot['swarm']>['nodes'][number] | undefined;
  nodeTarget(hostname: string): SwarmTarget;
  /** Running and meant to. */
  tasksOn(hostname: string): readonly Task[];
  /** Whether a service has so many running tasks on nodes that are there. */
  runs(service: string, count: number): boolean;
  until(holds: () => boolean): Promise<void>;
}

export interface RunMore {
  /** The whole selection. */
  readonly all?: readonly SwarmTarget[];
  prepare?(ui: FakeUi): void;
  readonly ctx?: Partial<Ctx>;
}

export async function openWorld(docker: TestEngine): Promise<World> {
  const { engine, cli } = await reach(docker);
  const changes = new EventEmitter();
  const watch = new EngineWatch({
    connect: async () => engine,
    changed: () => changes.emit('change'),
    log: () => undefined,
  });
  await watch.seen();
  const swarm = (): NonNullable<Snapshot['swarm']> => {
    assert.ok(watch.snapshot.swarm);
    return watch.snapshot.swarm;
  };
  const isUp = ({ state, desiredState }: Task): boolean => state === 'running' && desiredState === 'running';
  const world: World = {
    watch,
    engine,
    changes,
    async run(command, target, answers, { all, prepare, ctx = {} } = {}) {
      const ui = fakeUi(answers);
      prepare?.(ui);
      const base = fakeCtx({ ui, engine, cli, snapshot: () => watch.snapshot });
      await runCommand({ ...base, refresh: () => watch.refresh(), ...ctx }, command, target, all);
      return ui.said;
    },
    with: (work) => work(fakeCtx({ engine, cli, snapshot: () => watch.snapshot })),
    lines: () =>
      [...showTree(swarmNodes(watch.snapshot), present).nodes.values()].map(({ item }) =>
        `${item.label} ${item.description ?? ''}`.trim(),
      ),
    line: (label) => world.lines().find((line) => line.startsWith(`${label} `)) ?? '',
    service(name) {
      const service = swarm().services.find((one) => one.name === name);
      assert.ok(service, name);
      return { kind: 'service', service };
    },
    secret(name) {
      const secret = swarm().resources.secrets.find((one) => one.name === name);
      assert.ok(secret, name);
      return { kind: 'secret', file: secret };
    },
    node: (hostname) => watch.snapshot.swarm?.nodes.find((one) => one.hostname === hostname),
    nodeTarget(hostname) {
      const node = world.node(hostname);
      assert.ok(node, hostname);
      return { kind: 'node', node, running: 0 };
    },
    tasksOn: (hostname) => swarm().tasks.filter((task) => isUp(task) && task.nodeId === world.node(hostname)?.id),
    runs(name, count) {
      const service = swarm().services.find((one) => one.name === name);
      const ready = new Set(swarm().nodes.flatMap(({ id, state }) => (state === 'ready' ? id : [])));
      const tasks = swarm().tasks.filter((task) => task.serviceId === service?.id && isUp(task));
      return tasks.filter(({ nodeId }) => ready.has(nodeId ?? '')).length === count;
    },
    async until(holds) {
      const end = Date.now() + 90_000;
      while (!holds()) {
        await once(changes, 'change', { signal: AbortSignal.timeout(Math.max(1, end - Date.now())) });
      }
    },
  };
  return world;
}

export function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  assert.ok(item);
  return item;
}
