// The log feed on a real Engine: replicas that write, join, restart and lose their Engine. What Docker has kept is the truth.
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { connect } from '../../client/src/engine/connect.js';
import { resolveEndpoint } from '../../client/src/engine/endpoint.js';
import { EngineWatch } from '../../client/src/engine/watch.js';
import { LogFeed } from '../../client/src/logs/feed.js';
import type { LogLine } from '../../client/src/logs/line.js';
import { sourcesOf } from '../../client/src/logs/scope.js';
import type { FollowedSource } from '../../client/src/logs/scope.js';
import { realTimers } from '../../client/src/logs/timers.js';
import { joinProjects } from '../../client/src/model/projects.js';
import { startDockerd } from '../setup/dockerd.mjs';
import type { Engine as TestEngine } from '../setup/dockerd.mjs';
import { ensureImages } from '../setup/images.mjs';

/** Each run of a container counts from 0 and has a word of its own, so nothing can be lost or doubled unseen. */
const writer =
  'run=$$(cat /proc/sys/kernel/random/uuid); i=0; while :; do echo "$$run $$i 日志"; i=$$((i+1)); usleep 20000; done';
const compose = `name: talk
services:
  writer:
    image: busybox
    command: ['sh', '-c', '${writer}']
    restart: always
    stop_grace_period: 0s
  big:
    image: busybox
    command: ['sh', '-c', 'head -c 1000000 /dev/zero | tr "\\\\0" x; echo; echo end; sleep 1d']
    stop_grace_period: 0s
`;

suite('follow logs', () => {
  let docker: TestEngine;
  let world: World;
  const folder = mkdtempSync(join(tmpdir(), 'longshore-logs-'));
  const file = join(folder, 'compose.yaml');
  const up = (count: number): Promise<unknown> =>
    docker.docker(['compose', '-f', file, 'up', '-d', '--no-recreate', '--scale', `writer=${count}`]);

  before(async () => {
    writeFileSync(file, compose);
    docker = await startDockerd();
    await ensureImages(docker, ['busybox']);
    await up(3);
    world = await openWorld(docker);
  });
  after(async () => {
    world.stop();
    await docker.stop();
    rmSync(folder, { recursive: true });
  });

  test('three replicas are merged, each in its order', async (t) => {
    await world.until(() => [1, 2, 3].every((number) => world.texts(`writer-${number}`).length > 60));
    const times = world.lines.map(({ time }) => time);
    assert.ok(times.every((time, index) => index === 0 || (times[index - 1] ?? 0) <= time));
    assert.equal(world.feed.late, 0);
    assert.ok(world.texts('writer-1').every((text) => text.endsWith(' 日志')));
    t.diagnostic(`${world.lines.length} lines`);
  });

  test('a line of 1 MB is one line', async () => {
    await world.until(() => world.texts('big-1').includes('end'));
    assert.deepEqual(
      world.texts('big-1').map((text) => text.length),
      [1_000_000, 3],
    );
  });

  test('replicas that are added join by themselves, from their first line', async () => {
    await up(5);
    await world.until(() => world.texts('writer-4').length > 10 && world.texts('writer-5').length > 10);
    for (const name of ['writer-4', 'writer-5']) assert.match(world.texts(name)[0] ?? '', / 0 日志$/);
  });

  test('a replica that restarts goes on', async () => {
    await docker.docker(['restart', 'talk-writer-2']);
    await world.until(() => runs(world.texts('writer-2')).length === 2);
    const [, second] = runs(world.texts('writer-2'));
    assert.match(world.texts('writer-2').find((text) => text.startsWith(second ?? '?')) ?? '', / 0 日志$/);
  });

  test('an Engine that is paused goes on where it was', async () => {
    process.kill(docker.pid(), 'SIGSTOP');
    try {
      await world.until(() => world.watch.snapshot.state.kind === 'unreachable');
    } finally {
      goOn(docker.pid());
    }
    const before = world.texts('writer-1').length;
    await world.until(() => world.texts('writer-1').length > before + 20);
  });

  test('an Engine that is killed and started again has its replicas followed again', async () => {
    const before = runs(world.texts('writer-1')).length;
    await docker.kill();
    await world.until(() => world.watch.snapshot.state.kind === 'unreachable');
    await docker.start();
    await world.until(() => runs(world.texts('writer-1')).length > before);
  });

  test('after all that no line is lost and none is there twice', async () => {
    await docker.docker(['compose', '-f', file, 'stop']);
    for (const number of [1, 2, 3, 4, 5]) {
      const { stdout } = await docker.docker(['logs', `talk-writer-${number}`]);
      const kept = stdout.trimEnd().split('\n');
      const name = `writer-${number}`;
      await world.until(() => world.texts(name).at(-1) === kept.at(-1));
      const first = kept.indexOf(world.texts(name)[0] ?? '');
      assert.ok(first >= 0, name);
      assert.deepEqual(world.texts(name), kept.slice(first), name);
    }
  });
});

/** The words of a writer's runs, in order. */
function runs(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.map((text) => text.split(' ')[0] ?? ''))];
}

/** Has a paused process go on. What started it in its namespaces has stopped with it, and wakes it when it wakes. */
function goOn(pid: number): void {
  const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  process.kill(pid, 'SIGCONT');
  process.kill(Number(parent), 'SIGCONT');
}

interface World {
  readonly watch: EngineWatch;
  readonly feed: LogFeed;
  readonly lines: readonly LogLine[];
  texts(name: string): readonly string[];
  /** Waits, by new lines and changes, until something holds. */
  until(holds: () => boolean): Promise<void>;
  stop(): void;
}

async function openWorld(docker: TestEngine): Promise<World> {
  const engine = connect(await resolveEndpoint({ context: '', env: { ...process.env, ...docker.env } }));
  const lines: LogLine[] = [];
  const sources: FollowedSource[] = [];
  const changes = new EventEmitter();
  const feed = new LogFeed({
    timers: realTimers,
    // Docker counts each 16 KiB of a long line.
    tail: 100,
    lines: 10_000,
    engine: async () => engine,
    view: {
      joined: (joined) => sources.push(...joined),
      lines(batch) {
        lines.push(...batch);
        changes.emit('change');
        feed.taken();
      },
      refused: ({ name }, message) => assert.fail(`${name}: ${message}`),
    },
  });
  const watch = new EngineWatch({
    connect: async () => engine,
    log: () => undefined,
    changed(snapshot) {
      const { kind } = snapshot.state;
      const nothing = new Map<never, never>();
      const projects = joinProjects({ workspace: [], snapshot, scaled: nothing, hashes: nothing, others: true });
      if (kind === 'connected') feed.update(sourcesOf([{ project: 'compose/talk', name: 'talk' }], projects));
      else feed.lost();
      changes.emit('change');
    },
  });
  await watch.seen();
  return {
    watch,
    feed,
    lines,
    texts: (name) => lines.filter(({ source }) => sources[source]?.name === name).map(({ text }) => text),
    async until(holds) {
      while (!holds()) await once(changes, 'change', { signal: AbortSignal.timeout(60_000) });
    },
    stop() {
      feed.stop();
      watch.stop();
    },
  };
}
