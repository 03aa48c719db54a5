// The work-flow of examples/gpu-inference by our own commands on a real Engine: up, look, scale, down.
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { composeDown } from '../../client/src/commands/composeDown.js';
import { composeScale } from '../../client/src/commands/composeScale.js';
import { composeUp } from '../../client/src/commands/composeUp.js';
import { reloadProxyCommand } from '../../client/src/commands/reloadProxy.js';
import { runCommand } from '../../client/src/commands/register.js';
import { uriOf } from '../../client/src/model/paths.js';
import { startDockerd } from '../setup/dockerd.mjs';
import type { Engine as TestEngine } from '../setup/dockerd.mjs';
import { ensureImages } from '../setup/images.mjs';
import { fakeProject, fakeService } from '../support/fakeCtx.js';
import { get } from '../support/http.js';
import { openLiveWorld } from '../support/liveWorld.js';
import type { LiveWorld } from '../support/liveWorld.js';

const folder = resolve('examples/gpu-inference');
const workspace = [
  fakeProject('gpu-inference', [fakeService('api', { replicas: 3 }), fakeService('nginx')], {
    folder: uriOf(folder),
    files: [uriOf(`${folder}/compose.yaml`), uriOf(`${folder}/compose.cpu.yaml`)],
  }),
];

suite('operate a project', () => {
  let docker: TestEngine;
  let world: LiveWorld;
  before(async () => {
    docker = await startDockerd();
    await ensureImages(docker, ['inference-api:1.0', 'nginx:stable-alpine']);
    world = await openLiveWorld(docker, workspace);
  });
  after(async () => {
    world.stop();
    await docker.stop();
  });

  test('the images of the Engine can be offered by their names', async () => {
    assert.ok((await world.engine.images()).includes('inference-api:1.0'));
  });

  test('before anything runs the tree shows the services of the files', () => {
    assert.deepEqual(world.descriptions(), ['api 0/3 running', 'nginx 0/1 running']);
  });

  test('Compose: Up brings up three replicas', async () => {
    await runCommand(world.ctx(), composeUp, world.project(), undefined);
    await world.until(() => world.descriptions()[0] === 'api 3/3 running · healthy');
    const replicas = [...world.shown().nodes.values()].filter(({ value }) => value.kind === 'replica');
    assert.deepEqual(replicas.map(({ item }) => item.accessibleLabel).slice(0, 3), [
      'api-1, running, healthy',
      'api-2, running, healthy',
      'api-3, running, healthy',
    ]);
  });

  test('Compose: Scale Service adds two, keeps the three, and the tree says so within 2 s of Docker', async (t) => {
    const before = world.ids('api');
    const done = new AbortController();
    t.after(() => done.abort());
    let saidByDocker = 0;
    const listening = (async () => {
      let starts = 0;
      for await (const { action, attributes } of await world.engine.events({}, done.signal)) {
        if (action === 'start' && attributes['com.docker.compose.service'] === 'api') starts++;
        if (starts === 2) return (saidByDocker = Date.now());
      }
    })();
    const seen = world
      .until(() => world.descriptions()[0]?.startsWith('api 5/5 running') ?? false)
      .then(() => Date.now());
    const ctx = world.ctx(['5']);
    await runCommand(ctx, composeScale, world.service('api'), undefined);
    assert.ok(ctx.ui.said.includes('done: api 5/5 running.'), ctx.ui.said.join('\n'));
    await listening;
    const late = (await seen) - saidByDocker;
    t.diagnostic(`5/5 was shown ${late} ms after Docker's event`);
    assert.ok(late < 2000, `${late} ms`);
    assert.ok(
      before.every((id) => world.ids('api').includes(id)),
      'a replica was replaced',
    );
  });

  test('Reload Proxy checks nginx, gives it new workers, and it knows all five', async () => {
    const ctx = world.ctx();
    await runCommand(ctx, reloadProxyCommand, world.service('nginx'), undefined);
    assert.equal(ctx.ui.said.at(-1), 'done: Reloaded gpu-inference-nginx-1.', ctx.ui.said.join('\n'));
    const hosts = new Set<string>();
    for (let request = 0; request < 200 && hosts.size < 5; request++) {
      hosts.add((await get(`http://${docker.address}:8080/`)).body);
    }
    assert.equal(hosts.size, 5);
  });

  test('Reload Proxy refuses what nginx refuses', async () => {
    const { docker: run } = docker;
    await run(['exec', 'gpu-inference-nginx-1', 'sh', '-c', 'echo nonsense >> /etc/nginx/conf.d/default.conf']);
    const ctx = world.ctx();
    await runCommand(ctx, reloadProxyCommand, world.service('nginx'), undefined);
    assert.match(ctx.ui.said.at(-1) ?? '', /refuses its configuration, so it was not reloaded: .*\[emerg\]/);
  });

  test('Compose: Scale Service refuses what cannot be', async () => {
    const fixed = fakeService('api', { containerName: 'api' });
    const service = { ...world.service('api').service, declared: fixed };
    const ctx = world.ctx(['6']);
    await runCommand(ctx, composeScale, { ...world.service('api'), service }, undefined);
    assert.match(ctx.ui.said.at(-1) ?? '', /^fail: api has `container_name: api`/);
  });

  test('the Engine goes away and comes back: the tree says so and recovers within 2 s', async (t) => {
    await docker.kill();
    await world.until(() => world.watch.snapshot.state.kind === 'unreachable');
    assert.deepEqual(world.descriptions()[0], 'api', 'and no count, since nobody knows it');
    await docker.start();
    const back = Date.now();
    await world.until(() => world.watch.snapshot.state.kind === 'connected');
    t.diagnostic(`connected ${Date.now() - back} ms after the Engine answered`);
    assert.ok(Date.now() - back < 2000);
    assert.equal(world.ids('api').length, 5);
  });

  test('Compose: Down leaves nothing', async () => {
    const ctx = world.ctx([true]);
    await runCommand(ctx, composeDown, world.project(), undefined);
    assert.equal(ctx.ui.said.at(-1), 'done: gpu-inference is down.', ctx.ui.said.join('\n'));
    assert.equal((await docker.docker(['ps', '-aq'])).stdout, '');
    assert.equal(
      (await docker.docker(['network', 'ls', '-q', '--filter', 'label=com.docker.compose.project'])).stdout,
      '',
    );
    await world.until(() => world.descriptions()[0] === 'api 0/3 running');
  });
});
