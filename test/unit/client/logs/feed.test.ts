import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { EngineError } from '../../../../client/src/engine/engine.js';
import { LogFeed } from '../../../../client/src/logs/feed.js';
import type { FollowedSource } from '../../../../client/src/logs/scope.js';
import { broken, fakeLogs, fakeTimers, settled } from './fakeLogs.js';
import type { FakeLogs, FakeTimers } from './fakeLogs.js';

interface Follow extends FakeLogs {
  readonly feed: LogFeed;
  readonly timers: FakeTimers;
  /** Everything the view got: `joined a-1`, and lines as `a-1 text`. */
  readonly seen: string[];
  /** The counts of lines that wait, as the view heard them. */
  readonly waits: string[];
  /** Whether the view takes what it gets at once. */
  eager: boolean;
}

function source(name: string, more: Partial<FollowedSource> = {}): FollowedSource {
  return { id: name, name, color: 0, running: true, log: { kind: 'replica', id: name }, ...more };
}

function follow(lines = 1000): Follow {
  const logs = fakeLogs();
  const timers = fakeTimers();
  const seen: string[] = [];
  const waits: string[] = [];
  const names: string[] = [];
  const feed = new LogFeed({
    timers,
    tail: 10,
    lines,
    engine: async () => logs.engine,
    view: {
      joined(sources, from) {
        sources.forEach(({ name }, index) => (names[from + index] = name));
        seen.push(`joined ${sources.map(({ name }) => name).join(' ')}`);
      },
      lines(batch) {
        for (const line of batch) seen.push(`${names[line.source]} ${line.text}`);
        if (world.eager) feed.taken();
      },
      waiting: (count, more) => waits.push(`${count}${more ? ' and more' : ''}`),
      refused: ({ name }, message) => seen.push(`refused ${name}: ${message}`),
    },
  });
  const world: Follow = { ...logs, feed, timers, seen, waits, eager: true };
  return world;
}

suite('LogFeed', () => {
  test('merges replicas in the order of time', async () => {
    const { feed, timers, seen, log } = follow();
    feed.update([source('a-1'), source('a-2')]);
    await settled();
    log('a-1').write([1, 'one\n'], [3, 'three\n']);
    log('a-2').write([2, 'two\n'], [4, 'four\n']);
    await timers.pass(1000);
    assert.deepEqual(seen, ['joined a-1 a-2', 'a-1 one', 'a-2 two', 'a-1 three', 'a-2 four']);
  });

  test('begins with the last lines, and with all lines of a replica that joins later', async () => {
    const { feed, opened } = follow();
    feed.update([source('a-1')]);
    feed.update([source('a-1'), source('a-2')]);
    await settled();
    assert.deepEqual(
      opened.map(({ source: { id }, options }) => [id, options.tail]),
      [
        ['a-1', 10],
        ['a-2', undefined],
      ],
    );
  });

  test('tells how many lines wait for a view that takes none', async () => {
    const world = follow(200);
    const { feed, timers, waits, log } = world;
    world.eager = false;
    feed.update([source('a-1')]);
    await settled();
    log('a-1').write([1, 'shown\n']);
    await timers.pass(1000);
    log('a-1').write([2, 'one\n'], [3, 'two\n']);
    await timers.pass(1000);
    assert.deepEqual(waits, ['2']);
    log('a-1').write(...Array.from({ length: 200 }, (_, index) => [4 + index, 'x\n'] as const));
    await timers.pass(1000);
    assert.deepEqual(waits, ['2', '202 and more']);
    world.eager = true;
    feed.taken();
    await timers.pass(1000);
    log('a-1').write([300, 'taken at once\n']);
    await timers.pass(1000);
    assert.equal(waits.length, 2);
  });

  test('a restarted replica goes on without a line twice or lost', async () => {
    const { feed, timers, seen, log, opened } = follow();
    feed.update([source('a-1')]);
    await settled();
    log('a-1').write([10, 'x\n'], [10.5, 'y\n'], [10.5, 'z\n']);
    log('a-1').end();
    await timers.pass(1000);
    assert.equal(opened.length, 2, 'asked once more, since it was last seen running');
    log('a-1').end();
    await timers.pass(1000);
    assert.equal(opened.length, 2, 'and then not until it runs again');
    feed.update([source('a-1')]);
    await settled();
    assert.equal(log('a-1').options.since, '9.500000');
    log('a-1').write([10, 'x\n'], [10.5, 'y\n'], [10.5, 'z\n'], [10.5, 'at the very same time\n'], [11, 'new\n']);
    await timers.pass(1000);
    assert.deepEqual(seen.slice(1), ['a-1 x', 'a-1 y', 'a-1 z', 'a-1 at the very same time', 'a-1 new']);
  });

  test('standard output and error each go on where they were', async () => {
    const { feed, timers, seen, log } = follow();
    feed.update([source('a-1')]);
    await settled();
    log('a-1').write([10.2, 'out\n'], [10.1, 'err, older and later\n', 'stderr']);
    log('a-1').fail(broken);
    await timers.pass(2500);
    log('a-1').write([10.05, 'older\n', 'stderr'], [10.2, 'out\n'], [10.1, 'err, older and later\n', 'stderr']);
    log('a-1').write([10.15, 'written and never seen\n', 'stderr'], [10.3, 'out again\n']);
    await timers.pass(1000);
    assert.deepEqual(
      [...seen.slice(1)].sort(),
      ['a-1 err, older and later', 'a-1 out', 'a-1 out again', 'a-1 written and never seen'].sort(),
    );
  });

  test('half a line of a broken connection is not shown, and the whole one is, once', async () => {
    const { feed, timers, seen, log } = follow();
    feed.update([source('a-1')]);
    await settled();
    log('a-1').write([1, 'first\n'], [2, 'half ']);
    log('a-1').fail(broken);
    await timers.pass(2500);
    log('a-1').write([1, 'first\n'], [2, 'half '], [2, 'and half\n']);
    await timers.pass(1000);
    assert.deepEqual(seen.slice(1), ['a-1 first', 'a-1 half and half']);
  });

  test('the last words of a container that ended without a line feed', async () => {
    const { feed, timers, seen, log } = follow();
    feed.update([source('a-1', { running: false })]);
    await settled();
    log('a-1').write([1, 'panic']);
    log('a-1').end();
    await timers.pass(1000);
    assert.deepEqual(seen.slice(1), ['a-1 panic']);
  });

  test('a lost connection is tried again, and anew when the Engine is back', async () => {
    const { feed, timers, log, opened } = follow();
    feed.update([source('a-1', { running: false })]);
    await settled();
    log('a-1').fail(broken);
    await timers.pass(1999);
    assert.equal(opened.length, 1);
    await timers.pass(1);
    assert.equal(opened.length, 2);
    const dead = log('a-1');
    feed.lost();
    feed.update([source('a-1', { running: false })]);
    await settled();
    assert.equal(dead.signal.aborted, true, 'a connection that may be dead without saying so is left');
    assert.equal(opened.length, 3);
  });

  test('a removed replica is read to its end and not asked for again', async () => {
    const { feed, timers, seen, log, opened } = follow();
    feed.update([source('a-1'), source('a-2')]);
    await settled();
    feed.update([source('a-1')]);
    log('a-2').write([1, 'bye\n']);
    log('a-2').end();
    await timers.pass(5000);
    assert.deepEqual([seen.slice(1), opened.length], [['a-2 bye'], 2]);
  });

  test('a log that cannot be read is said, and the others go on', async () => {
    const { feed, timers, seen, log } = follow();
    feed.update([source('a-1'), source('a-2')]);
    await settled();
    log('a-1').fail(new EngineError('refused', 'configured logging driver does not support reading'));
    log('a-2').write([1, 'here\n']);
    await timers.pass(1000);
    assert.deepEqual(seen.slice(1), ['refused a-1: configured logging driver does not support reading', 'a-2 here']);
  });

  test('a view that takes nothing stops the reading, and nothing is lost', async () => {
    const world = follow(100);
    const { feed, timers, seen, log } = world;
    world.eager = false;
    feed.update([source('a-1')]);
    await settled();
    for (let chunk = 0; chunk < 10; chunk++) {
      log('a-1').write(...Array.from({ length: 60 }, (_, index) => [chunk, `${chunk * 60 + index}\n`] as const));
    }
    await timers.pass(10_000);
    assert.ok(log('a-1').unread >= 6, `${log('a-1').unread} chunks are with the Engine`);
    assert.ok(seen.length < 200);
    world.eager = true;
    feed.taken();
    await timers.pass(1000);
    assert.equal(log('a-1').unread, 0);
    assert.deepEqual(
      seen.slice(1),
      Array.from({ length: 600 }, (_, index) => `a-1 ${index}`),
    );
  });

  test('another Engine begins anew, with the last lines', async () => {
    const { feed, opened } = follow();
    feed.update([source('a-1')]);
    await settled();
    feed.changed();
    feed.update([source('b-1')]);
    await settled();
    assert.deepEqual([opened[0]?.signal.aborted, opened[1]?.options.tail], [true, 10]);
  });

  test('stopped, it lets go of everything', async () => {
    const { feed, timers, seen, log, opened } = follow();
    feed.update([source('a-1')]);
    await settled();
    log('a-1').write([1, 'x\n']);
    feed.stop();
    await timers.pass(10_000);
    assert.deepEqual([seen, opened.length, log('a-1').signal.aborted], [['joined a-1'], 1, true]);
  });
});
