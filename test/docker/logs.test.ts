// The log feed on a real Engine: replicas that write, join and restart. What Docker has kept is the truth.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { startDockerd } from '../setup/dockerd.mjs';
import type { Engine as TestEngine } from '../setup/dockerd.mjs';
import { ensureImages } from '../setup/images.mjs';
import { openLiveWorld } from '../support/liveWorld.js';
import type { LiveLog, LiveWorld } from '../support/liveWorld.js';

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
  let world: LiveWorld;
  let log: LiveLog;
  const folder = mkdtempSync(join(tmpdir(), 'longshore-logs-'));
  const file = join(folder, 'compose.yaml');
  const up = (count: number): Promise<unknown> =>
    docker.docker(['compose', '-f', file, 'up', '-d', '--no-recreate', '--scale', `writer=${count}`]);

  before(async () => {
    writeFileSync(file, compose);
    docker = await startDockerd();
    await ensureImages(docker, ['busybox']);
    await up(3);
    world = await openLiveWorld(docker);
    log = world.follow([{ project: 'compose/talk', name: 'talk' }]);
  });
  after(async () => {
    world.stop();
    await docker.stop();
    rmSync(folder, { recursive: true });
  });

  test('three replicas are merged, each in its order', async (t) => {
    await world.until(() => [1, 2, 3].every((number) => log.texts(`writer-${number}`).length > 60));
    let latest = 0;
    const late = log.lines.filter(({ time }) => time < (latest = Math.max(latest, time))).length;
    assert.equal(late, log.feed.late);
    // An Engine that stalls for longer than the merge waits makes some lines late, and only these.
    assert.ok(late < log.lines.length / 4, `${late} of ${log.lines.length} lines are late`);
    assert.ok(log.texts('writer-1').every((text) => text.endsWith(' 日志')));
    t.diagnostic(`${log.lines.length} lines, ${late} late`);
  });

  test('a line of 1 MB is one line', async () => {
    await world.until(() => log.texts('big-1').includes('end'));
    assert.deepEqual(
      log.texts('big-1').map((text) => text.length),
      [1_000_000, 3],
    );
  });

  test('replicas that are added join by themselves, from their first line', async () => {
    await up(5);
    await world.until(() => log.texts('writer-4').length > 10 && log.texts('writer-5').length > 10);
    for (const name of ['writer-4', 'writer-5']) assert.match(log.texts(name)[0] ?? '', / 0 日志$/);
  });

  test('a replica that restarts goes on', async () => {
    await docker.docker(['restart', 'talk-writer-2']);
    await world.until(() => runs(log.texts('writer-2')).length === 2);
    const [, second] = runs(log.texts('writer-2'));
    assert.match(log.texts('writer-2').find((text) => text.startsWith(second ?? '?')) ?? '', / 0 日志$/);
  });

  test('after all that no line is lost and none is there twice', async () => {
    await docker.docker(['compose', '-f', file, 'stop']);
    for (const number of [1, 2, 3, 4, 5]) {
      const { stdout } = await docker.docker(['logs', `talk-writer-${number}`]);
      const kept = stdout.trimEnd().split('\n');
      const name = `writer-${number}`;
      await world.until(() => log.texts(name).at(-1) === kept.at(-1));
      const first = kept.indexOf(log.texts(name)[0] ?? '');
      assert.ok(first >= 0, name);
      assert.deepEqual(log.texts(name), kept.slice(first), name);
    }
    assert.deepEqual(log.refused, []);
  });
});

/** The words of a writer's runs, in order. */
function runs(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.map((text) => text.split(' ')[0] ?? ''))];
}
