import assert from 'node:assert/strict';
import { EventEmitter, getEventListeners, once } from 'node:events';
import { suite, test } from 'node:test';
import { EngineError } from '../../../../client/src/engine/engine.js';
import type { Snapshot } from '../../../../client/src/engine/snapshot.js';
import type { Timing } from '../../../../client/src/engine/watch.js';
import { EngineWatch } from '../../../../client/src/engine/watch.js';
import { fakeEngine } from '../../../support/fakeEngine.js';
import { fakeNode, fakeSwarmService } from '../../../support/fakeSwarm.js';

suite('watching a swarm', () => {
  test('networks, secrets and configs are read again only when an event speaks of them', async (t) => {
    const { engine, watch, until } = watched(t);
    await watch.seen();
    engine.calls.length = 0;
    engine.swarm_.services = [fakeSwarmService('web')];
    engine.send({ kind: 'service', action: 'update', id: 'id-web' });
    await until(({ swarm }) => swarm?.services.length === 1);
    assert.deepEqual(engine.calls, ['services', 'tasks', 'nodes']);
    for (const kind of ['secret', 'config', 'network'] as const) {
      engine.calls.length = 0;
      engine.swarm_.services = [...engine.swarm_.services, fakeSwarmService(kind)];
      engine.send({ kind, action: 'create', id: 'new' });
      await until(({ swarm }) => swarm?.services.some(({ name }) => name === kind) ?? false);
      assert.deepEqual(engine.calls, ['services', 'tasks', 'nodes', 'resources'], kind);
    }
  });

  test('managers that lose each other, and find each other again, are noticed though no event says so', async (t) => {
    const { engine, watch, until } = watched(t, { pulse: 5 });
    const manager = { role: 'manager', leader: true } as const;
    engine.swarm_.nodes = [fakeNode('node1', manager), fakeNode('node2', manager)];
    await watch.seen();
    const { nodes } = engine.swarm;
    const lost = new EngineError('refused', 'The swarm does not have a leader.', 500);
    engine.swarm.nodes = async () => Promise.reject(lost);
    await until(({ swarm }) => swarm?.error === lost.message);
    engine.swarm.nodes = nodes;
    await until(({ swarm }) => swarm?.error === undefined && swarm?.nodes.length === 2);
  });

  test('the events of a swarm on its way leave nothing behind on the signal of the connection', async (t) => {
    const { engine, watch, until } = watched(t, { settle: 60_000 });
    const { services } = engine.swarm;
    const listening: number[] = [];
    engine.swarm.services = (filter, signal) => {
      if (signal) listening.push(getEventListeners(signal, 'abort').length);
      return services(filter, signal);
    };
    await watch.seen();
    for (let desired = 2; desired < 20; desired++) {
      engine.swarm_.services = [fakeSwarmService('web', { desired })];
      engine.send({ kind: 'service', action: 'update', id: 'id-web' });
      await until(({ swarm }) => swarm?.services[0]?.desired === desired);
    }
    assert.equal(listening.at(-1), listening[1]);
  });

  test('an Engine that is still coming back to its swarm is asked until it is there', async (t) => {
    const { engine, watch, until } = watched(t);
    engine.info_ = { ...engine.info_, swarm: { ...engine.info_.swarm, state: 'pending', manager: false } };
    const { info } = await watch.seen();
    assert.equal(info?.swarm.state, 'pending');
    engine.info_ = { ...engine.info_, swarm: { ...engine.info_.swarm, state: 'active' } };
    await until((snapshot) => snapshot.info?.swarm.state === 'active');
  });
});

interface Watched {
  readonly engine: ReturnType<typeof fakeEngine>;
  readonly watch: EngineWatch;
  until(holds: (snapshot: Snapshot) => boolean): Promise<void>;
}

function watched(t: { after(done: () => void): void }, timing: Partial<Timing> = {}): Watched {
  const engine = fakeEngine();
  engine.info_ = { ...engine.info_, swarm: { ...engine.info_.swarm, state: 'active', manager: true } };
  const changes = new EventEmitter();
  const watch = new EngineWatch({
    connect: async () => engine,
    changed: () => changes.emit('change'),
    log: () => undefined,
    timing: { gather: 0, settle: 1, ...timing },
  });
  t.after(() => watch.stop());
  const until = async (holds: (snapshot: Snapshot) => boolean): Promise<void> => {
    const signal = AbortSignal.timeout(5000);
    while (!holds(watch.snapshot)) await once(changes, 'change', { signal });
  };
  return { engine, watch, until };
}
