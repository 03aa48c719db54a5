import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { RunningProxy } from '../../../../client/src/proxy/linked.js';
import { introduce } from '../../../../client/src/scale/introduce.js';
import { fakeEngine, fakeReplica } from '../../../support/fakeEngine.js';
import type { FakeEngine } from '../../../support/fakeEngine.js';

const address = (last: number) => ({ addresses: [{ network: 'net', address: `10.0.0.${last}` }] });
const api = (number: number, health: 'starting' | 'healthy') =>
  fakeReplica(`shop-api-${number}`, { ...address(number), health });
const web = fakeReplica('shop-web-1', address(9));
const nginx: RunningProxy = { kind: 'nginx', service: 'web', needsReload: true, replica: web };

/** An Engine whose nginx tells of each reload what its hosts file said. */
function watched(reloaded: (hosts: string) => void): FakeEngine {
  const engine = fakeEngine([api(1, 'healthy'), api(2, 'starting'), api(3, 'starting'), web]);
  engine.inspect = async (id) => ({
    ...{ startedAt: 0, restarts: 0, tty: false, user: '', mounts: [], raw: {} },
    networks: (engine.replicas_.get(id)?.addresses ?? []).map((one) => ({
      network: one.network,
      addresses: [one.address],
      names: [engine.replicas_.get(id)?.service ?? ''],
    })),
  });
  engine.exec = async (_id, argv) => {
    if (argv.includes('HUP')) reloaded(argv[7] ?? '');
    return { exitCode: 0, stdout: '1\t0\tnginx: master process nginx\t\n8\t1\tnginx: worker process\t\n', stderr: '' };
  };
  return engine;
}

suite('introduce', () => {
  test('a replica that is ready gets requests while another is not', async () => {
    const done = new AbortController();
    const said = new Promise<string>((reloaded) => {
      const engine = watched(reloaded);
      const failed = (error: unknown): void => assert.fail(String(error));
      void introduce({ engine, proxies: [nginx], project: 'shop', service: 'api', failed }, done.signal);
      setImmediate(() => engine.put(api(3, 'healthy'), 'health_status: healthy'));
    });
    assert.equal(await said, '10.0.0.1 api api.net\n10.0.0.3 api api.net');
    done.abort();
  });

  test('when none waits any more it is for the last reload', async () => {
    const done = new AbortController();
    const engine = watched(() => assert.fail('it was reloaded'));
    for (const number of [2, 3]) engine.put(api(number, 'healthy'), 'start');
    const { replicas } = engine;
    let looks = 0;
    engine.replicas = (...args) => {
      if (++looks === 3) done.abort();
      return replicas(...args);
    };
    const failed = (error: unknown): void => assert.fail(String(error));
    await introduce({ engine, proxies: [nginx], project: 'shop', service: 'api', failed }, done.signal);
    assert.ok(looks >= 3);
  });

  test('a proxy that refuses is told, and ends nothing', async () => {
    const engine = watched(() => undefined);
    engine.put(api(1, 'starting'), 'start');
    engine.exec = async () => ({ exitCode: 1, stdout: '', stderr: '' });
    const why = new Promise<unknown>((failed) => {
      void introduce(
        { engine, proxies: [nginx], project: 'shop', service: 'api', failed },
        new AbortController().signal,
      );
      setTimeout(() => engine.put(api(2, 'healthy'), 'health_status: healthy'), 10);
    });
    assert.match(String(await why), /Neither nginx nor HAProxy runs/);
  });
});
