// What goes wrong with a real Engine while somebody works with it: killed, paused, flooded, and its containers taken away. What
// Docker says afterwards is the truth.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { composeRestart, composeStop } from '../../client/src/commands/composeVerb.js';
import { composeScale } from '../../client/src/commands/composeScale.js';
import { inspectReplica } from '../../client/src/commands/inspectReplica.js';
import { remove } from '../../client/src/commands/remove.js';
import { runCommand } from '../../client/src/commands/register.js';
import { uriOf } from '../../client/src/model/paths.js';
import { startDockerd } from '../setup/dockerd.mjs';
import type { Engine as TestEngine } from '../setup/dockerd.mjs';
import { ensureImages } from '../setup/images.mjs';
import { fakeProject, fakeService } from '../support/fakeCtx.js';
import { openLiveWorld, suspend } from '../support/liveWorld.js';
import type { LiveLog, LiveWorld } from '../support/liveWorld.js';

/** Each run of a container counts from 0 and has a word of its own, so nothing can be lost or doubled unseen. */
const writer =
  'run=$$(cat /proc/sys/kernel/random/uuid); i=0; while :; do echo "$$run $$i"; i=$$((i+1)); usleep 20000; done';
const megabytes = 120;
const fat = `i=0; while [ $$i -lt ${megabytes} ]; do head -c 1000000 /dev/zero | tr "\\\\0" x; echo " $$i"; i=$$((i+1)); done`;
const stubborn = 'trap "" TERM; while :; do sleep 1; done';
const compose = `name: trouble
services:
  writer:
    image: busybox
    command: ['sh', '-c', '${writer}']
    restart: always
    stop_grace_period: 0s
    deploy: { replicas: 3 }
  idle:
    image: busybox
    command: ['sleep', '1d']
    stop_grace_period: 0s
  fat:
    image: busybox
    command: ['sh', '-c', '${fat}']
    deploy: { replicas: 0 }
  stubborn:
    image: busybox
    command: ['sh', '-c', '${stubborn}']
    stop_grace_period: 50s
    deploy: { replicas: 0 }
`;

suite('faults', () => {
  let docker: TestEngine;
  let world: LiveWorld;
  let log: LiveLog;
  const folder = mkdtempSync(join(tmpdir(), 'longshore-faults-'));
  const file = join(folder, 'compose.yaml');
  const up = (...args: readonly string[]): Promise<unknown> =>
    docker.docker(['compose', '-f', file, 'up', '-d', '--no-recreate', ...args]);

  before(async () => {
    writeFileSync(file, compose);
    docker = await startDockerd();
    await ensureImages(docker, ['busybox']);
    await up();
    const services = [
      fakeService('writer', { replicas: 3 }),
      fakeService('idle'),
      fakeService('fat', { replicas: 0 }),
      fakeService('stubborn', { replicas: 0 }),
    ];
    world = await openLiveWorld(docker, [
      fakeProject('trouble', services, { folder: uriOf(folder), files: [uriOf(file)] }),
    ]);
    log = world.follow([{ project: 'compose/trouble', service: 'compose/trouble/writer', name: 'writer' }]);
  });
  after(async () => {
    world.stop();
    await docker.stop();
    rmSync(folder, { recursive: true });
  });

  const isLost = (): boolean => world.watch.snapshot.state.kind === 'unreachable';
  /** Waits until the tree has the Engine again, which may take 2 s, and on a slow machine as much longer as everything does. */
  async function recovers(t: TestContext): Promise<void> {
    await world.engine.ping();
    const answered = performance.now();
    await world.until(() => world.watch.snapshot.state.kind === 'connected');
    const late = performance.now() - answered;
    const started = performance.now();
    await Promise.all([world.engine.info(), world.engine.replicas()]);
    const reading = performance.now() - started;
    t.diagnostic(
      `in the tree ${late.toFixed(0)} ms after the Engine's first answer; one reading takes ${reading.toFixed(0)} ms`,
    );
    assert.ok(late < 2000 + 10 * reading, `${late} ms`);
  }

  test('killed in the middle of a log: the tree says so, and the log goes on when it is back', async (t) => {
    await world.until(() => [1, 2, 3].every((number) => log.texts(`writer-${number}`).length > 50));
    await docker.kill();
    await world.until(isLost);
    const { state } = world.watch.snapshot;
    assert.match(state.kind === 'unreachable' ? state.message : '', /^The Docker Engine at unix:.* \S+.*\.$/);
    assert.deepEqual(world.descriptions()[0], 'writer', 'and no count, since nobody knows it');
    const ctx = world.ctx();
    await runCommand(ctx, composeStop, world.service('idle'), undefined);
    assert.match(ctx.ui.said.join('\n'), /^fail: .*Cannot connect to the Docker daemon/m);
    const runs = runsOf(log.texts('writer-1')).length;
    await docker.start();
    await recovers(t);
    await world.until(() => runsOf(log.texts('writer-1')).length > runs);
  });

  test('paused for 10 s: what is begun meanwhile can be cancelled, and everything goes on', async (t) => {
    await up('idle');
    await world.until(() => world.descriptions().includes('idle 1/1 running'));
    const goOn = suspend(docker);
    const paused = performance.now();
    try {
      const cancel = new AbortController();
      const ctx = world.ctx([], cancel.signal);
      const stopping = runCommand(ctx, composeStop, world.replicas('idle')[0], undefined);
      await world.until(isLost);
      cancel.abort();
      await stopping;
      assert.equal(ctx.ui.said.at(-1), 'done: Cancelled. Stopped 0 of 1.');
      await passed(paused, 10_000);
    } finally {
      goOn();
    }
    await recovers(t);
    const before = log.texts('writer-1').length;
    await world.until(() => log.texts('writer-1').length > before + 20);
  });

  test('after both no line is lost and none is there twice', async () => {
    await docker.docker(['compose', '-f', file, 'stop', 'writer']);
    for (const name of ['writer-1', 'writer-2', 'writer-3']) {
      const { stdout } = await docker.docker(['logs', `trouble-${name}`]);
      const kept = stdout.trimEnd().split('\n');
      await world.until(() => log.texts(name).at(-1) === kept.at(-1));
      const first = kept.indexOf(log.texts(name)[0] ?? '');
      assert.ok(first >= 0, name);
      assert.deepEqual(log.texts(name), kept.slice(first), name);
    }
    assert.deepEqual(log.refused, []);
  });

  test('killed in the middle of scaling: the command ends with the words of Docker, and works when it is repeated', async (t) => {
    const ctx = world.ctx(['20']);
    const scaling = runCommand(ctx, composeScale, world.service('idle'), undefined);
    await world.until(() => world.service('idle').service.running > 2);
    await docker.kill();
    await scaling;
    assert.match(ctx.ui.said.at(-1) ?? '', /^fail: .*(?:docker daemon|Docker Engine|EOF|connect)/i);
    await docker.start();
    await recovers(t);
    assert.ok(world.ids('idle').length > 1, 'what was made is shown');
    // What a crash leaves half made only Docker can judge: it is removed, and made again.
    await runCommand(world.ctx([true]), remove, world.service('idle'), undefined);
    await world.until(() => world.ids('idle').length === 0);
    const again = world.ctx(['4', true]);
    await runCommand(again, composeScale, world.service('idle'), undefined);
    assert.ok(again.ui.said.includes('done: idle 4/4 running.'), again.ui.said.join('\n'));
    await world.until(() => world.descriptions().includes('idle 4/4 running'));
  });

  test('lines of 1 MB: whole, in order, and bounded while nobody takes them', async (t) => {
    const feed = world.follow([{ project: 'compose/trouble', service: 'compose/trouble/fat', name: 'fat' }], 1000);
    feed.pause();
    globalThis.gc?.();
    const before = held();
    await up('--scale', 'fat=1', 'fat');
    await world.until(() => world.replicas('fat')[0]?.replica.state === 'exited');
    const grown = held() - before;
    t.diagnostic(`${(grown / 1e6).toFixed(0)} MB held of ${megabytes} MB that were written`);
    assert.ok(grown < (megabytes * 1e6) / 2, `${grown} bytes`);
    feed.goOn();
    await world.until(() => feed.texts('fat-1').length === megabytes);
    feed.texts('fat-1').forEach((text, index) => {
      assert.equal(text.length, 1_000_001 + String(index).length);
      assert.ok(text.endsWith(`x ${index}`), text.slice(-20));
    });
  });

  test('a container that is removed while it is stopped: said of that one, and the others are done', async () => {
    await up('--scale', 'stubborn=2', 'stubborn');
    await world.until(() => world.service('stubborn').service.running === 2);
    const [first] = world.replicas('stubborn');
    assert.ok(first);
    const ctx = world.ctx();
    const stopping = runCommand(ctx, composeRestart, first, [first, ...world.replicas('idle')]);
    // The others are restarted at once; this one would take its time.
    await world.until(() => ctx.ui.said.some((line) => line.includes('(4/5)')));
    await docker.docker(['rm', '-f', first.replica.id]);
    await stopping;
    assert.match(ctx.ui.said.at(-1) ?? '', /^fail: Restarted 4 of 5\. trouble-stubborn-1: /);
    await world.until(() => !world.ids('stubborn').includes(first.replica.id));
    const inspect = world.ctx();
    await runCommand(inspect, inspectReplica, first, undefined);
    assert.match(inspect.ui.said.at(-1) ?? '', /^fail: No such container/);
  });

  test('a container that is removed while Compose stops it: the command ends, and nothing of it is left', async () => {
    const [second] = world.replicas('stubborn');
    assert.ok(second);
    const ctx = world.ctx();
    const stopping = runCommand(ctx, composeStop, world.service('stubborn'), undefined);
    await world.until(() => ctx.ui.said.some((line) => /report: .*stubborn-2 stopping/.test(line)));
    await docker.docker(['rm', '-f', second.replica.id]);
    await stopping;
    assert.match(ctx.ui.said.at(-1) ?? '', /^(?:done: Stopped stubborn\.|fail: .*No such container)/);
    await world.until(() => world.ids('stubborn').length === 0);
  });
});

/** The words of a writer's runs, in order. */
function runsOf(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.map((text) => text.split(' ')[0] ?? ''))];
}

/** What this process holds, apart from what is only not yet collected. */
function held(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function passed(since: number, milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, since + milliseconds - performance.now())));
}
