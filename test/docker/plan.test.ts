// What the plan of a scaling says beside what then happens on a real Engine.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { composeScale } from '../../client/src/commands/composeScale.js';
import { composeUp } from '../../client/src/commands/composeUp.js';
import { composeStart } from '../../client/src/commands/composeVerb.js';
import { runCommand } from '../../client/src/commands/register.js';
import { uriOf } from '../../client/src/model/paths.js';
import { startDockerd } from '../setup/dockerd.mjs';
import type { Engine as TestEngine } from '../setup/dockerd.mjs';
import { ensureImages } from '../setup/images.mjs';
import { fakePort, fakeProject, fakeService } from '../support/fakeCtx.js';
import { openLiveWorld } from '../support/liveWorld.js';
import type { LiveWorld } from '../support/liveWorld.js';

const compose = `name: planned
services:
  web:
    image: busybox
    command: [sleep, 1d]
    stop_grace_period: 0s
    ports: ['8080-8082:80']
  late:
    image: busybox
    command: [sleep, 1d]
    stop_grace_period: 0s
    ports: ['8090:80']
  model:
    image: busybox
    command: [sleep, 1d]
    stop_grace_period: 0s
    gpus: [{ driver: cdi, device_ids: ['nvidia.com/gpu=all'] }]
`;

suite('the plan and what happens', () => {
  let docker: TestEngine;
  let world: LiveWorld;
  const folder = mkdtempSync(join(tmpdir(), 'longshore-plan-'));

  before(async () => {
    writeFileSync(join(folder, 'compose.yaml'), compose);
    docker = await startDockerd({ config: async (machine) => ({ 'cdi-spec-dirs': [twoGpus(machine.folder)] }) });
    await ensureImages(docker, ['busybox']);
    world = await openLiveWorld(docker, [
      fakeProject(
        'planned',
        [
          fakeService('web', { ports: [fakePort(80, [8080, 8082])] }),
          fakeService('model', { gpus: 'all' }),
          fakeService('late', { ports: [fakePort(80, [8090, 8090], 'file:///late.yaml')] }),
        ],
        { folder: uriOf(folder), files: [uriOf(join(folder, 'compose.yaml'))] },
      ),
    ]);
  });
  after(async () => {
    world.stop();
    await docker.stop();
    rmSync(folder, { recursive: true });
  });

  /** Scales; a plan that asks is answered with yes. */
  async function scale(service: string, count: number): Promise<readonly string[]> {
    const { ui, ...ctx } = world.ctx([String(count), true]);
    await runCommand({ ...ctx, ui }, composeScale, world.service(service), undefined);
    return ui.said;
  }

  test('of a range of ports, one of which a container of nobody has, the others are enough, and then no more', async () => {
    await docker.docker(['run', '--detach', '--name', 'plain', '--publish', '8081:80', 'busybox', 'sleep', '1d']);
    const two = await scale('web', 2);
    assert.ok(!two.some((line) => line.startsWith('confirm: ')), two.join('\n'));
    assert.ok(two.includes('done: web 2/2 running.'), two.join('\n'));
    await world.until(() => world.ids('web').length === 2);
    const three = await scale('web', 3);
    assert.match(three[1] ?? '', /^confirm: .* plain has 8081: enough for 2 replicas, not for 3/);
    assert.match(three.at(-1) ?? '', /^fail: .*ports are allocated/);
  });

  test('a port that a container or another program has is named with its service, and its place is opened', async () => {
    const open = world.ctx(['Open File']);
    await docker.docker(['run', '--detach', '--name', 'early', '--publish', '8090:80', 'busybox', 'sleep', '1d']);
    await runCommand(open, composeUp, world.service('late'), undefined);
    const advice = 'Publish another port, or stop what has it.';
    assert.deepEqual(open.ui.said.slice(-2), [
      `fail: Port 8090 is taken by the container early, so late could not start. ${advice}`,
      'openFile: file:///late.yaml',
    ]);
    await docker.docker(['rm', '--force', 'early']);
    const httpd = ['busybox', 'httpd', '-f', '-p', '8090'];
    await docker.docker(['run', '--detach', '--name', 'host', '--network', 'host', ...httpd]);
    await docker.docker(['exec', 'host', 'sh', '-c', 'until nc -z 127.0.0.1 8090; do sleep 0.1; done']);
    const [late] = world.replicas('late');
    assert.ok(late);
    const ctx = world.ctx();
    await runCommand(ctx, composeStart, late, undefined);
    const taken = "Port 8090 is taken by another program on the Engine's machine";
    assert.equal(ctx.ui.said.at(-1), `fail: ${taken}, so late could not start. ${advice}`);
    await docker.docker(['rm', '--force', 'host']);
  });

  test('a replica that has stopped is started again by the same count', async () => {
    await docker.docker(['rm', '--force', 'plain']);
    await docker.docker(['stop', '--time', '0', 'planned-web-1']);
    await world.until(() => world.descriptions()[0]?.startsWith('web 1/3') ?? false);
    const said = await scale('web', 3);
    assert.ok(said.includes('done: web 3/3 running.'), said.join('\n'));
  });

  test('GPUs that the Engine can hand over are counted', async () => {
    const { info } = await world.watch.seen();
    assert.deepEqual(info?.cdiDevices.length, 5);
    assert.ok((await scale('model', 1)).includes('done: model 1/1 running.'));
    await world.until(() => world.ids('model').length === 1);
    const said = await scale('model', 2);
    assert.match(said[1] ?? '', /^confirm: .*reserve 4 GPUs together and the Engine reports 2: they will share them/);
    assert.ok(said.includes('done: model 2/2 running.'), said.join('\n'));
  });
});

/** A folder with what a vendor's tool writes of two GPUs: each by its number and its UUID, and all together. */
function twoGpus(machine: string): string {
  const folder = join(machine, 'cdi');
  mkdirSync(folder);
  const devices = ['0', '1', 'GPU-1f', 'GPU-2f', 'all'].map((name) => ({
    name,
    containerEdits: { env: [`GPU=${name}`] },
  }));
  writeFileSync(join(folder, 'gpus.json'), JSON.stringify({ cdiVersion: '0.6.0', kind: 'nvidia.com/gpu', devices }));
  return folder;
}
