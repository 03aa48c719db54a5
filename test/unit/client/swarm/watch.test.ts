import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { suite, test } from 'node:test';
import type { Snapshot } from '../../../../client/src/engine/snapshot.js';
import { EngineWatch } from '../../../../client/src/engine/watch.js';
import { fakeEngine } from '../../../support/fakeEngine.js';
import { fakeSwarmService } from '../../../support/fakeSwarm.js';

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

function watched(t: { after(done: () => void): void }): Watched {
  const engine = fakeEngine();
  engine.info_ = { ...engine.info_, swarm: { ...engine.info_.swarm, state: 'active', manager: true } };
  const changes = new EventEmitter();
  const watch = new EngineWatch({
    connect: async () => engine,
    changed: () => changes.emit('change'),
    log: () => undefined,
    timing: { gather: 0, settle: 1 },
  });
  t.after(() => watch.stop());
  const until = async (holds: (snapshot: Snapshot) => boolean): Promise<void> => {
    const signal = AbortSignal.timeout(5000);
    while (!holds(watch.snapshot)) await once(changes, 'change', { signal });
  };
  return { engine, watch, until };
}
