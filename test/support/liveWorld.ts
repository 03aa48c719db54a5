// The extension without its editor on a real Engine: the watch, the projects as the tree has them, a followed log, and commands.
import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { watchDrift } from '../../client/src/drift.js';
import type { Drift } from '../../client/src/drift.js';
import type { Engine } from '../../client/src/engine/engine.js';
import { EngineWatch } from '../../client/src/engine/watch.js';
import { LogFeed } from '../../client/src/logs/feed.js';
import type { LogLine } from '../../client/src/logs/line.js';
import { sourcesOf } from '../../client/src/logs/scope.js';
import type { FollowedSource, LogScope } from '../../client/src/logs/scope.js';
import { realTimers } from '../../client/src/logs/timers.js';
import { LiveProjects } from '../../client/src/model/liveProjects.js';
import type { Project } from '../../client/src/model/projects.js';
import type { Target } from '../../client/src/model/target.js';
import { present } from '../../client/src/tree/present.js';
import { serviceNodes } from '../../client/src/tree/serviceNodes.js';
import { showTree } from '../../client/src/tree/shownTree.js';
import type { WorkspaceProject } from '../../server/src/protocol.js';
import type { Engine as TestEngine } from '../setup/dockerd.mjs';
import { fakeCtx } from './fakeCtx.js';
import type { FakeCtx } from './fakeCtx.js';
import { fakeUi } from './fakeUi.js';
import { reach } from './reach.js';

export interface LiveWorld {
  readonly engine: Engine;
  readonly watch: EngineWatch;
  /** A person with these answers; `signal` is the Cancel button of every progress. */
  ctx(answers?: Parameters<typeof fakeUi>[0], signal?: AbortSignal): FakeCtx;
  shown(): ReturnType<typeof showTree<Target>>;
  /** Of the services in the tree: name and description. */
  descriptions(): readonly string[];
  ids(service: string): readonly string[];
  project(): Target & { kind: 'project' };
  service(name: string): Target & { kind: 'service' };
  replicas(service: string): readonly (Target & { kind: 'replica' })[];
  /** Waits, by the watch's changes and new lines, until something holds; fails after two minutes. */
  until(holds: () => boolean): Promise<void>;
  /** Follows a scope from now on; the world keeps what comes. `taking` false is a view that pauses. */
  follow(scope: LogScope, lines?: number): LiveLog;
  /** A file was saved: what runs is compared with the files, from the first time on. */
  saved(): void;
  stop(): void;
}

export interface LiveLog {
  readonly feed: LogFeed;
  readonly lines: readonly LogLine[];
  readonly refused: readonly string[];
  /** Of one replica, such as `api-2`, over all containers that had the name. */
  texts(name: string): readonly string[];
  pause(): void;
  goOn(): void;
}

export async function openLiveWorld(
  docker: Pick<TestEngine, 'env'>,
  workspace: readonly WorkspaceProject[] = [],
): Promise<LiveWorld> {
  const { endpoint, engine, cli } = await reach(docker);
  const changes = new EventEmitter();
  const counts = new Map<string, number>();
  const feeds: { readonly scope: LogScope; readonly feed: LogFeed }[] = [];
  let projects: readonly Project[] = [];
  let drift: Drift | undefined;
  const watch = new EngineWatch({
    connect: async () => engine,
    changed: () => live.join(),
    log: () => undefined,
  });
  const tell = ({ scope, feed }: (typeof feeds)[number]): void => {
    if (watch.snapshot.state.kind === 'connected') feed.update(sourcesOf(scope, projects));
    else feed.lost();
  };
  const live = new LiveProjects({
    language: { projects: async () => workspace },
    watch,
    scaled: () => counts,
    others: () => true,
    changed(now) {
      projects = now;
      drift?.look(now);
      feeds.forEach(tell);
      changes.emit('change');
    },
  });
  await live.all();
  const world: LiveWorld = {
    engine,
    watch,
    ctx(answers = [], signal) {
      const ui = fakeUi(answers);
      const progress = ui.progress.bind(ui);
      if (signal) ui.progress = (title, work) => progress(title, (report) => work(report, signal));
      const ctx = fakeCtx({ ui, engine, cli, snapshot: () => watch.snapshot, projects: () => projects });
      const set = (service: string, count: number | undefined): void => {
        if (count === undefined) counts.delete(service);
        else counts.set(service, count);
        live.join();
      };
      return { ...ctx, endpoint: async () => endpoint, scaled: { counts, set } };
    },
    shown: () => showTree(serviceNodes(projects), present),
    descriptions: () =>
      [...world.shown().nodes.values()].flatMap(({ value, item }) =>
        value.kind === 'service' ? `${item.label} ${item.description ?? ''}`.replace(/ · :.*/, '').trim() : [],
      ),
    ids: (name) => world.replicas(name).map(({ replica }) => replica.id),
    project() {
      const [project] = projects;
      if (!project) throw new Error('There is no project.');
      return { kind: 'project', project };
    },
    service(name) {
      const { project } = world.project();
      const service = project.services.find((one) => one.name === name);
      if (!service) throw new Error(`There is no service ${name}.`);
      return { kind: 'service', project, service };
    },
    replicas(name) {
      const { project, service } = world.service(name);
      return service.replicas.map((replica) => ({ kind: 'replica', project, service, replica }));
    },
    async until(holds) {
      const patience = AbortSignal.timeout(120_000);
      while (!holds()) await once(changes, 'change', { signal: patience });
    },
    follow(scope, lines = 10_000) {
      const log = openLog(engine, lines, () => changes.emit('change'));
      feeds.push({ scope, feed: log.feed });
      tell({ scope, feed: log.feed });
      return log;
    },
    saved() {
      drift ??= watchDrift(world.ctx(), (hashes) => (live.hashes = hashes));
      drift.forget();
      live.join();
    },
    stop() {
      for (const { feed } of feeds) feed.stop();
      watch.stop();
    },
  };
  return world;
}

function openLog(engine: Engine, bound: number, changed: () => void): LiveLog {
  const lines: LogLine[] = [];
  const sources: FollowedSource[] = [];
  const refused: string[] = [];
  let paused = false;
  const feed = new LogFeed({
    timers: realTimers,
    // Docker counts each 16 KiB of a long line.
    tail: 1000,
    lines: bound,
    engine: async () => engine,
    view: {
      joined: (joined) => sources.push(...joined),
      lines(batch) {
        lines.push(...batch);
        changed();
        if (!paused) feed.taken();
      },
      waiting: () => undefined,
      refused: ({ name }, message) => refused.push(`${name}: ${message}`),
    },
  });
  return {
    feed,
    lines,
    refused,
    texts: (name) => lines.filter(({ source }) => sources[source]?.name === name).map(({ text }) => text),
    pause: () => (paused = true),
    goOn() {
      paused = false;
      feed.taken();
    },
  };
}

/** Stops dockerd's process and not its containers, as a machine under swap does; answers with what has it go on. */
export function suspend(docker: TestEngine): () => void {
  const pid = docker.pid();
  process.kill(pid, 'SIGSTOP');
  return () => {
    // What started it in its namespaces has stopped with it, and wakes it when it wakes.
    const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    process.kill(pid, 'SIGCONT');
    process.kill(Number(parent), 'SIGCONT');
  };
}
