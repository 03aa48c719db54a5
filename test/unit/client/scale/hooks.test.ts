import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { EngineError } from '../../../../client/src/engine/engine.js';
import { noHooks, readHooks, runPreStop, serviceHooks } from '../../../../client/src/scale/hooks.js';
import { fakeCli, fakeCtx } from '../../../support/fakeCtx.js';
import { fakeEngine, fakeReplica } from '../../../support/fakeEngine.js';

const api = [fakeReplica('shop-api-2'), fakeReplica('shop-api-3')];
const both = { preStop: [{ command: ['one'] }, { command: ['two'] }], postStart: [] };
const { signal } = new AbortController();

suite('hooks', () => {
  test('are what Compose reads, with each dollar once', async () => {
    const hook = {
      command: ['sh', '-c', 'echo $$HOME'],
      user: 'a',
      working_dir: '/w',
      environment: { A: '$$5', B: null },
    };
    const api = { pre_stop: [hook, { command: ['second'] }], post_start: [{ command: ['warm'] }] };
    const cli = fakeCli(() => JSON.stringify({ services: { api } }));
    const compose = { name: 'shop', folder: '/w', files: ['/w/c.yaml'], envFiles: [], profiles: [] };
    assert.deepEqual(await serviceHooks(fakeCtx({ cli }), compose, 'api'), {
      postStart: [{ command: ['warm'] }],
      preStop: [
        { command: ['sh', '-c', 'echo $HOME'], user: 'a', workingDir: '/w', environment: { A: '$5', B: null } },
        { command: ['second'] },
      ],
    });
    assert.match(cli.runs[0] ?? '', / config --format=json -- api$/);
    assert.deepEqual(readHooks('{"services": {"api": {}}}', 'api'), noHooks);
    assert.deepEqual(await serviceHooks(fakeCtx({ cli }), { ...compose, files: [] }, 'api'), noHooks);
    assert.equal(cli.runs.length, 1);
  });

  test('run one after another in each replica, as they ask', async () => {
    const engine = fakeEngine(api);
    const ran: string[] = [];
    engine.exec = async (id, argv, _signal, how) => {
      ran.push(`${id} ${argv.join(' ')} ${how?.user}`);
      return { exitCode: 0, stdout: '', stderr: '' };
    };
    const preStop = [
      { command: ['one'], user: 'a' },
      { command: ['two'], user: 'b' },
    ];
    await runPreStop(engine, api.slice(1), { preStop, postStart: [] }, signal);
    assert.deepEqual(ran, ['id-shop-api-3 one a', 'id-shop-api-3 two b']);
  });

  test('one that fails is said in its own words, once all the others have ended', async () => {
    const engine = fakeEngine(api);
    let ended = 0;
    engine.exec = async (id) => {
      if (id === 'id-shop-api-2') return { exitCode: 3, stdout: 'step\n', stderr: 'first\nqueue is not empty\n' };
      await new Promise((resolve) => setImmediate(resolve));
      ended++;
      return { exitCode: 0, stdout: '', stderr: '' };
    };
    await assert.rejects(runPreStop(engine, api, both, signal), {
      name: 'Refusal',
      message: 'A `pre_stop` hook in shop-api-2 ended with status 3: queue is not empty. It was not stopped.',
    });
    assert.equal(ended, 2);
  });

  test('a container that has stopped by itself needs none', async () => {
    const engine = fakeEngine(api);
    engine.exec = async () => Promise.reject(new EngineError('conflict', 'It is not running.', 409));
    await runPreStop(engine, api, both, signal);
    engine.exec = async () => Promise.reject(new EngineError('unreachable', 'Gone.'));
    await assert.rejects(runPreStop(engine, api, both, signal), /Gone/);
  });
});
