// Scaling under load: by our command not one request fails, though the replicas end at once when they are stopped.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { Replica } from '../../client/src/engine/engine.js';
import { haproxySocket } from '../../client/src/proxy/haproxySocket.js';
import { proxyIn, reloadProxy } from '../../client/src/proxy/reload.js';
import { startDockerd } from '../setup/dockerd.mjs';
import type { Engine as TestEngine } from '../setup/dockerd.mjs';
import { ensureImages } from '../setup/images.mjs';
import { until } from '../setup/proc.mjs';
import { get } from '../support/http.js';
import { startLoad } from '../support/load.js';
import { images, openScaling, projects, withHooks, withMasterInFile, withRudeReplicas } from '../support/scaling.js';

suite('scale under load', () => {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-scale-'));
  let docker: TestEngine;
  before(async () => {
    docker = await startDockerd();
    await ensureImages(docker, images);
  });
  after(async () => {
    await docker.stop();
    rmSync(folder, { recursive: true });
  });

  for (const kind of ['nginx', 'haproxy'] as const) {
    test(`${kind}: 2, 4 and again 2 replicas, and no request fails`, async (t) => {
      const project = withRudeReplicas(projects[kind], folder);
      const world = await openScaling(docker, project);
      await world.compose('up', '--detach', '--wait', '--scale', `${project.service}=2`);
      t.after(() => world.compose('down', '--timeout=0'));
      const [proxy] = await world.engine.replicas({ service: project.proxy.service });
      const exact = `done: ${proxy?.name} sends to exactly the replicas of ${project.service} that run.`;

      const load = startLoad(`http://${docker.address}:${project.port}/`, { rate: 60 });
      await load.atLeast(50);
      for (const count of [4, 2]) {
        const said = await world.scale(count);
        assert.ok(said.includes(`done: ${project.service} ${count}/${count} running.`), said.join('\n'));
        assert.ok(said.includes(exact), said.join('\n'));
        const replicas = await world.replicas();
        assert.equal(replicas.length, count);
        const scaled = Date.now();
        await load.atLeast(load.requests + 300);
        for (const { id, name } of replicas) {
          assert.ok((load.lastSeen.get(id.slice(0, 12)) ?? 0) > scaled, `${name} gets no requests`);
        }
      }
      const { requests, failed } = await load.stop();
      t.diagnostic(`${requests} requests`);
      assert.deepEqual([...failed], []);
    });
  }

  test('replicas that go run their pre_stop hooks, as Compose does; where one fails nothing is stopped', async (t) => {
    const project = withHooks(projects.nginx, folder);
    const ran = (): string => {
      const file = join(folder, 'out/ran');
      const text = readFileSync(file, 'utf8');
      rmSync(file);
      return text;
    };
    const short = ({ id }: Replica): string => id.slice(0, 12);
    const world = await openScaling(docker, project);
    await world.compose('up', '--detach', '--wait', '--scale', 'api=2');
    t.after(() => world.compose('down', '--timeout=0'));
    const [first, second] = await world.replicas();
    const both = [first, second].sort((a, b) => (a?.number ?? 0) - (b?.number ?? 0));
    const [stays, goes] = both;
    assert.ok(stays && goes);

    writeFileSync(join(folder, 'out/fail'), '');
    const refused = await world.scale(1);
    const why = `A \`pre_stop\` hook in ${goes.name} ended with status 3: the queue is full. It was not stopped.`;
    assert.equal(refused.at(-1), `fail: ${why}`, refused.join('\n'));
    assert.deepEqual(
      (await world.replicas()).map(({ state }) => state),
      ['running', 'running'],
    );
    const load = startLoad(`http://${docker.address}:${project.port}/`, { rate: 60 });
    const answered = (): boolean => both.every((one) => one && load.firstSeen.has(short(one)));
    while (!answered() && load.requests < 2000) await load.atLeast(load.requests + 1);
    await load.stop();
    assert.ok(answered(), 'nginx does not send to both any more');
    rmSync(join(folder, 'out/fail'));
    ran();

    const said = await world.scale(1);
    assert.ok(said.includes('done: api 1/1 running.'), said.join('\n'));
    const ours = ran();
    await world.compose('stop', 'api');
    assert.equal(ours, ran().replace(short(stays), short(goes)));
    assert.equal(ours, `${short(goes)} 65534 /tmp it costs $5\nsecond\n`);
  });

  test('HAProxy whose configuration asks for a master is reloaded, and its socket found', async (t) => {
    const project = withMasterInFile(projects.haproxy, folder);
    const world = await openScaling(docker, project);
    await world.compose('up', '--detach', '--wait', '--scale', 'web=1');
    t.after(() => world.compose('down', '--timeout=0'));
    const [proxy] = await world.engine.replicas({ service: project.proxy.service });
    assert.ok(proxy);
    const before = await until('HAProxy has no worker', async () => {
      const program = await proxyIn(world.engine, proxy);
      return program.workers.length > 0 && program;
    });
    assert.deepEqual(await reloadProxy(world.engine, proxy), before.workers);
    const after = await proxyIn(world.engine, proxy);
    assert.ok(
      after.workers.some((pid) => !before.workers.includes(pid)),
      'no new worker',
    );
    assert.equal(after.master, before.master);
    const socket = await haproxySocket(world.engine, proxy, after);
    assert.ok(socket && (await socket.servers()).length > 0);
  });

  test('nginx that is reloaded by hand afterwards still finds every replica', async (t) => {
    const project = withRudeReplicas(projects.nginx, folder);
    const world = await openScaling(docker, project);
    await world.compose('up', '--detach', '--wait', '--scale', 'api=2');
    t.after(() => world.compose('down', '--timeout=0'));
    await world.scale(1);
    await world.compose('up', '--detach', '--wait', '--no-recreate', '--scale', 'api=3', 'api');
    await world.compose('exec', '-T', 'nginx', 'nginx', '-s', 'reload');
    const seen = new Set<string>();
    for (let request = 0; request < 200 && seen.size < 3; request++) {
      seen.add((await get(`http://${docker.address}:8080/`)).body);
    }
    assert.equal(seen.size, 3);
  });
});
