import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { suite, test } from 'node:test';
import type { Snapshot } from '../../../../client/src/engine/snapshot.js';
import { EngineWatch } from '../../../../client/src/engine/watch.js';
import type { Timing } from '../../../../client/src/engine/watch.js';
import { fakeEngine, fakeReplica } from '../../../support/fakeEngine.js';
import type { FakeEngine } from '../../../support/fakeEngine.js';

interface Watched {
  readonly watch: EngineWatch;
  readonly engine: FakeEngine;
  readonly shown: Snapshot[];
  until(holds: (snapshot: Snapshot) => boolean): Promise<Snapshot>;
}

function watched(t: { after(done: () => void): void }, timing: Partial<Timing> = {}): Watched {
  const engine = fakeEngine([fakeReplica('shop-api-1'), fakeReplica('shop-api-2')]);
  const changes = new EventEmitter();
  const shown: Snapshot[] = [];
  const watch = new EngineWatch({
    connect: async () => engine,
    changed: (snapshot) => {
      shown.push(snapshot);
      changes.emit('change');
    },
    log: () => undefined,
    timing: { gather: 0, retry: [1, 2], ...timing },
  });
  t.after(() => watch.stop());
  const until = async (holds: (snapshot: Snapshot) => boolean): Promise<Snapshot> => {
    while (!holds(watch.snapshot)) await once(changes, 'change', { signal: AbortSignal.timeout(5000) });
    return watch.snapshot;
  };
  return { watch, engine, shown, until };
}

const connected = ({ state }: Snapshot): boolean => state.kind === 'connected';

suite('watch', () => {
  test('nothing is asked before it starts', async (t) => {
    const { watch, engine, until } = watched(t);
    assert.deepEqual(engine.calls, []);
    watch.start();
    await until(connected);
    assert.deepEqual(engine.calls, ['events', 'info', 'replicas'], 'the stream is open before the first reading');
  });

  test('an event reads only what it is about', async (t) => {
    const { watch, engine, until } = watched(t);
    await watch.seen();
    engine.calls.length = 0;
    engine.put(fakeReplica('shop-api-3'), 'start');
    await until(({ replicas }) => replicas.size === 3);
    engine.take('id-shop-api-1');
    const { replicas } = await until((snapshot) => snapshot.replicas.size === 2);
    assert.deepEqual([...replicas.keys()], ['id-shop-api-2', 'id-shop-api-3']);
    assert.deepEqual(engine.calls, ['replicas ids=id-shop-api-3', 'replicas ids=id-shop-api-1']);
  });

  test('many events make one reading', async (t) => {
    const { watch, engine, until } = watched(t, { gather: 5 });
    await watch.seen();
    engine.calls.length = 0;
    for (let number = 10; number < 60; number++) engine.put(fakeReplica(`shop-api-${number}`), 'start');
    await until(({ replicas }) => replicas.size === 52);
    assert.equal(engine.calls.length, 1);
  });

  test('other containers are nobody', async (t) => {
    const { watch, engine, until } = watched(t);
    await watch.seen();
    engine.calls.length = 0;
    engine.send({ id: 'stranger', action: 'start' });
    engine.put(fakeReplica('shop-api-3'), 'start');
    await until(({ replicas }) => replicas.size === 3);
    assert.deepEqual(engine.calls, ['replicas ids=id-shop-api-3']);
  });

  test('a lost Engine is said, and its return seen', async (t) => {
    const { watch, engine, shown, until } = watched(t);
    await watch.seen();
    engine.goAway();
    const lost = await until(({ state }) => state.kind === 'unreachable');
    assert.equal(lost.replicas.size, 0);
    engine.replicas_.delete('id-shop-api-1');
    engine.comeBack();
    const back = await until(connected);
    assert.deepEqual([...back.replicas.keys()], ['id-shop-api-2'], 'everything was read again');
    const said = shown.filter(({ state }) => state.kind === 'unreachable').length;
    assert.ok(said <= 2, `an Engine that stays away is said once per cause, not ${said} times`);
  });

  test('an Engine that stops answering is lost', async (t) => {
    const { watch, engine, until } = watched(t, { pulse: 1, patience: 20 });
    await watch.seen();
    const ping = engine.ping;
    engine.ping = () => new Promise(() => undefined);
    const { state } = await until((snapshot) => snapshot.state.kind === 'unreachable');
    assert.match(state.kind === 'unreachable' ? state.message : '', /does not answer/);
    engine.ping = ping;
    await until(connected);
  });

  test('an Engine that stops answering in the first reading is lost too', async (t) => {
    const { watch, engine, until } = watched(t, { pulse: 1, patience: 20 });
    const { info, ping } = engine;
    const never = (signal?: AbortSignal): Promise<never> =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted'))));
    Object.assign(engine, { info: never, ping: never });
    watch.start();
    await until((snapshot) => snapshot.state.kind === 'unreachable');
    Object.assign(engine, { info, ping });
    await until(connected);
  });

  test('another context is connected to at once', async (t) => {
    const { watch, engine, shown, until } = watched(t);
    await watch.seen();
    engine.replicas_.clear();
    watch.reconnect();
    await until((snapshot) => connected(snapshot) && snapshot.replicas.size === 0);
    assert.ok(
      shown.every(({ state }) => state.kind !== 'unreachable'),
      'that is no failure',
    );
  });

  test('a manager is asked for its Swarm, again for each of its events, and often while tasks are on their way', async (t) => {
    const { watch, engine, until } = watched(t, { settle: 1 });
    engine.info_ = { ...engine.info_, swarm: { ...engine.info_.swarm, state: 'active', manager: true } };
    engine.swarm_.services = [swarmService({ running: 1, desired: 1 })];
    const first = await watch.seen();
    assert.equal(first.swarm?.services[0]?.running, 1);
    engine.swarm_.services = [swarmService({ running: 1, desired: 3 })];
    engine.send({ kind: 'service', action: 'update', id: 's1' });
    await until(({ swarm }) => swarm?.services[0]?.desired === 3);
    // No event tells of tasks on other nodes.
    engine.swarm_.services = [swarmService({ running: 3, desired: 3 })];
    await until(({ swarm }) => swarm?.services[0]?.running === 3);
  });

  test('after stop nothing is asked', async (t) => {
    const { watch, engine, until } = watched(t);
    await watch.seen();
    watch.stop();
    engine.calls.length = 0;
    engine.put(fakeReplica('shop-api-3'), 'start');
    assert.deepEqual(engine.calls, []);
    watch.start();
    await until(({ replicas }) => replicas.size === 3);
    assert.deepEqual(engine.calls, ['events', 'info', 'replicas']);
  });
});

function swarmService(count: { running: number; desired: number }): FakeEngine['swarm_']['services'][number] {
  return {
    id: 's1',
    name: 'shop_web',
    stack: 'shop',
    mode: 'replicated',
    image: 'web:1',
    endpointMode: 'vip',
    virtualAddresses: [],
    ports: [],
    update: undefined,
    version: 1,
    ...count,
  };
}
