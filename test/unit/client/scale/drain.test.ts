import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { suite, test } from 'node:test';
import { Refusal } from '../../../../client/src/commands/refusal.js';
import { isEngineError } from '../../../../client/src/engine/engine.js';
import type { Replica } from '../../../../client/src/engine/engine.js';
import { pause } from '../../../../client/src/engine/pause.js';
import type { RunningProxy } from '../../../../client/src/proxy/linked.js';
import { drain } from '../../../../client/src/scale/drain.js';
import type { DrainOptions } from '../../../../client/src/scale/drain.js';
import { leavingReplicas } from '../../../../client/src/scale/leaving.js';
import { fakeEngine, fakeReplica } from '../../../support/fakeEngine.js';
import type { FakeEngine } from '../../../support/fakeEngine.js';

const at = (name: string, address: string, more: Partial<Replica> = {}): Replica =>
  fakeReplica(name, { addresses: [{ network: 'net', address }], ...more });
const api = [at('shop-api-1', '10.0.0.1'), at('shop-api-2', '10.0.0.2'), at('shop-api-3', '10.0.0.3')];
const web = at('shop-web-1', '10.0.0.9');

/** An Engine on which `web` runs nginx; `words` is what its programs were told, in order. */
function withNginx(check = 0, oldEnds = true): FakeEngine & { readonly words: readonly string[] } {
  const engine = fakeEngine([...api, web]);
  const words: string[] = [];
  let pid = 20;
  let listed = 0;
  engine.inspect = async (id) => ({
    ...{ startedAt: 0, restarts: 0, tty: false, user: '', mounts: [], raw: {} },
    networks: (engine.replicas_.get(id)?.addresses ?? []).map(({ network, address }) => ({
      network,
      addresses: [address],
      names: [engine.replicas_.get(id)?.service ?? ''],
    })),
  });
  engine.exec = async (_id, argv, signal, how) => {
    signal?.throwIfAborted();
    if (argv.includes('-t')) return { exitCode: check, stdout: '', stderr: '[emerg] no' };
    if (argv.includes('HUP')) {
      words.push(`${how?.user ?? 'itself'}: ${argv[7]?.replaceAll('\n', ', ') || 'plain'}`);
      pid += 10;
    }
    const old = oldEnds && listed++ > 3 ? '' : `${pid - 10}\t1\tnginx: worker process is shutting down\t\n`;
    const stdout = `1\t0\tnginx: master process nginx\t\n${pid}\t1\tnginx: worker process\t\n${old}`;
    return { exitCode: 0, stdout, stderr: '' };
  };
  return Object.assign(engine, { words });
}

const nginx: RunningProxy = { kind: 'nginx', service: 'web', needsReload: true, replica: web };
const options = (engine: FakeEngine, more: Partial<DrainOptions> = {}): DrainOptions => ({
  engine,
  proxies: [nginx],
  leaving: api.slice(2),
  atMost: 60_000,
  report: () => undefined,
  signal: new AbortController().signal,
  ...more,
});

suite('drain', () => {
  test('nginx is reloaded without those that go, as root since the hosts file is, and knows the others', async () => {
    const engine = withNginx();
    const { proxies, remarks, undo } = await drain(options(engine));
    assert.deepEqual(engine.words, ['0: 10.0.0.1 api api.net, 10.0.0.2 api api.net']);
    assert.deepEqual([proxies[0]?.told, remarks], [['10.0.0.1', '10.0.0.2'], []]);
    await undo();
    assert.equal(engine.words[1], 'itself: plain');
  });

  test('requests that do not end are waited for as long as is set', async () => {
    const { remarks } = await drain(options(withNginx(0, false), { atMost: 0 }));
    assert.deepEqual(remarks, ['Requests through shop-web-1 were still open after 0 s.']);
  });

  test('a proxy that refuses its configuration ends it before anything is done', async () => {
    const engine = withNginx(1);
    await assert.rejects(
      drain(options(engine)),
      (error) => error instanceof Refusal && /\[emerg\] no/.test(error.message),
    );
    assert.deepEqual(engine.words, []);
  });

  test('where a second proxy refuses, the first uses all again', async () => {
    const engine = withNginx();
    const { exec } = engine;
    const strict = at('shop-web-2', '10.0.0.8');
    engine.exec = async (id, argv, ...how) =>
      id === strict.id && argv.includes('-t')
        ? { exitCode: 1, stdout: '', stderr: '[emerg] no' }
        : exec(id, argv, ...how);
    await assert.rejects(drain(options(engine, { proxies: [nginx, { ...nginx, replica: strict }] })), Refusal);
    assert.deepEqual(engine.words, ['0: 10.0.0.1 api api.net, 10.0.0.2 api api.net', 'itself: plain']);
  });

  test('cancelled while requests finish, the proxies use all again', async () => {
    const engine = withNginx(0, false);
    const controller = new AbortController();
    const report = (message: string): void => void (message.startsWith('open requests') && controller.abort());
    await assert.rejects(drain(options(engine, { report, signal: controller.signal })));
    assert.deepEqual(engine.words, ['0: 10.0.0.1 api api.net, 10.0.0.2 api api.net', 'itself: plain']);
  });

  test('what cannot be told is said', async () => {
    const proxies = [{ ...nginx, needsReload: false }];
    const { remarks } = await drain(options(withNginx(), { proxies }));
    assert.match(remarks[0] ?? '', /^nginx in shop-web-1 could not be told beforehand/);
    assert.match((await drain(options(withNginx(), { leaving: api }))).remarks[0] ?? '', /could not be told/);
  });

  test('HAProxy is told over its socket, and its slots are free again once all of them are empty', async () => {
    const said: string[] = [];
    const engine = fakeEngine([...api, web]);
    let gone = false;
    let sessions = 2;
    const answer = (command: string): string => {
      if (command === 'show servers state') {
        const rows = api.map((_, index) => `3 web ${index} web${index + 1} 10.0.0.${index + 1} 2 0`);
        if (gone) for (const slot of [1, 2]) rows[slot] = `3 web ${slot} web${slot + 1} - 0 40`;
        return `1\n# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state\n${rows.join('\n')}\n`;
      }
      if (command.startsWith('show stat')) return `# pxname,svname,qcur,scur\nweb,web2,0,0\nweb,web3,0,${sessions--}\n`;
      if (command !== 'show info') said.push(command);
      return 'Name: HAProxy\n';
    };
    engine.exec = async (_id, argv) => {
      const stdout = argv.includes('/h.sock')
        ? answer(argv.at(-1) ?? '')
        : argv.includes('/x.cfg')
          ? 'global\n stats socket /h.sock level admin\n'
          : '1\t0\thaproxy\t-W\t-f\t/x.cfg\t\n8\t1\thaproxy\t-W\t\n';
      return { exitCode: 0, stdout, stderr: '' };
    };
    const haproxy: RunningProxy = { kind: 'haproxy', service: 'web', needsReload: false, replica: web };
    const { remarks, finish } = await drain(options(engine, { proxies: [haproxy], leaving: api.slice(1) }));
    assert.deepEqual(said, ['set server web/web2 state drain; set server web/web3 state drain']);
    assert.deepEqual([remarks, sessions], [[], -1], 'it was not waited for the last session');
    setTimeout(() => (gone = true), 1);
    await finish(new AbortController().signal);
    assert.deepEqual(said.slice(1), ['set server web/web2 state ready; set server web/web3 state ready']);
    assert.ok(gone, 'ready was said before the slot let go');
  });

  test('many may wait under one signal, and leave nothing behind on it', async (t) => {
    const warnings: Error[] = [];
    const hear = (warning: Error): void => void warnings.push(warning);
    process.on('warning', hear);
    t.after(() => process.off('warning', hear));
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 20 }, () => pause(1, signal)));
    assert.deepEqual(warnings, []);
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  test('a wait that is cancelled says so as the Engine does', async () => {
    await assert.rejects(
      pause(60_000, AbortSignal.abort()),
      (error) => isEngineError(error) && error.reason === 'cancelled',
    );
  });
});

suite('which replicas go', () => {
  const number = (replicas: readonly Replica[]): readonly number[] => replicas.map((one) => one.number).sort();

  test('the highest numbers', () => assert.deepEqual(number(leavingReplicas(api, 1)), [2, 3]));
  test('first those that do not run, then the unhealthy', () => {
    const mixed = [
      at('shop-api-1', '10.0.0.1', { state: 'exited' }),
      at('shop-api-2', '10.0.0.2', { health: 'unhealthy' }),
      at('shop-api-5', '10.0.0.3', { health: 'healthy' }),
      at('shop-api-9', '10.0.0.4'),
    ];
    assert.deepEqual(number(leavingReplicas(mixed, 3)), [1]);
    assert.deepEqual(number(leavingReplicas(mixed, 2)), [1, 2]);
    assert.deepEqual(number(leavingReplicas(mixed, 1)), [1, 2, 9]);
    assert.deepEqual(leavingReplicas(mixed, 4), []);
  });
});
