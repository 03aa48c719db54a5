// The work-flow of examples/swarm-ha by our own commands on three real Engines of two versions.
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { nodeActivate, nodeDrain } from '../../client/src/commands/swarm/nodes.js';
import { secretRotate } from '../../client/src/commands/swarm/files.js';
import { serviceDiagnose } from '../../client/src/commands/swarm/serviceDiagnose.js';
import { serviceRollback, serviceScale, serviceUpdateImage } from '../../client/src/commands/swarm/services.js';
import { stackDeploy, stackDiff, stackRemove } from '../../client/src/commands/swarm/stacks.js';
import { swarmInit, swarmJoin } from '../../client/src/commands/swarm/swarmBegin.js';
import { swarmJoinCommand, swarmLeave } from '../../client/src/commands/swarm/swarmMembership.js';
import { uriOf } from '../../client/src/model/paths.js';
import type { SwarmTarget } from '../../client/src/swarm/target.js';
import { ensureImages } from '../setup/images.mjs';
import type { Engine as TestEngine } from '../setup/dockerd.mjs';
import { until } from '../setup/proc.mjs';
import { startSwarmNodes } from '../setup/swarm.mjs';
import { at, openWorld } from '../support/swarmWorld.js';
import type { World } from '../support/swarmWorld.js';

const file: SwarmTarget = { kind: 'file', uri: uriOf(resolve('examples/swarm-ha/swarm-ha-stack.yaml')) };
const images = ['nginx:stable-alpine', 'busybox:1.36', 'busybox:1.37', 'rabbitmq:3-alpine'];
const offline = ['Do not ask the registry for digests'];

suite('operate a swarm of three Engines', () => {
  let hosts: readonly TestEngine[] = [];
  let worlds: readonly World[] = [];
  let stop: () => Promise<void> = async () => undefined;
  before(async () => {
    const started = await startSwarmNodes({ versions: ['28', '28', '20.10'], join: false });
    stop = started.stop;
    hosts = started.nodes;
    await Promise.all(hosts.map((host) => ensureImages(host, images)));
    worlds = await Promise.all(hosts.map(openWorld));
  });
  after(async () => {
    for (const { watch } of worlds) watch.stop();
    await stop();
  });
  const leader = (): World => at(worlds, 0);

  test('Initialize Swarm offers the addresses of a machine that has several', async () => {
    const { machine, address } = at(hosts, 0);
    await machine.run('ip', ['link', 'add', 'extra0', 'type', 'bridge']);
    await machine.run('ip', ['addr', 'add', '10.99.7.1/24', 'dev', 'extra0']);
    await machine.run('ip', ['link', 'set', 'extra0', 'up']);
    assert.deepEqual(leader().lines(), []);
    const said = await leader().run(swarmInit, undefined, [address]);
    await machine.run('ip', ['link', 'del', 'extra0']);
    assert.deepEqual(said, ['pick: Initialize Swarm', 'done: This Engine is the manager of a new swarm.']);
    await leader().until(() => leader().lines()[0] === 'Swarm manager · 1 node');
  });

  test('two nodes join by the command that the manager shows, and its token is shown only when asked for', async () => {
    const shown = await leader().run(swarmJoinCommand, undefined, ['Worker', 'Copy']);
    assert.match(shown[1] ?? '', /--token •+ \S+:2377$/);
    const command = (shown.at(-1) ?? '').replace('copy: ', '');
    for (const world of worlds.slice(1))
      assert.match((await world.run(swarmJoin, undefined, [command])).at(-1) ?? '', /^done/);
    await leader().until(() => ['node2', 'node3'].every((name) => leader().node(name)?.state === 'ready'));
    await at(worlds, 2).until(() => at(worlds, 2).lines()[0] === 'Swarm worker · ask a manager for its services');
  });

  test('Deploy Stack shows what is new, and its tasks spread over the nodes', async () => {
    const said = await leader().run(stackDeploy, file, ['ha', offline, true]);
    assert.match(said.join('\n'), /\+ ha_broker: new\n\+ ha_proxy: new\n\+ ha_web: new\n\+ ha_worker: new/);
    assert.equal(said.at(-1), 'done: ha is deployed.', said.join('\n'));
    await leader().until(() => leader().lines().includes('ha 4/4 services complete'));
    for (const name of ['node1', 'node2', 'node3']) {
      assert.ok(leader().tasksOn(name).length > 1, `${name} has ${leader().tasksOn(name).length} tasks`);
    }
    const again = await leader().run(stackDiff, file, ['ha']);
    assert.equal(again.at(-1), 'done: ha runs as its file says.', again.join('\n'));
  });

  test('Scale Service goes from 3 to 9 to 2', async () => {
    for (const count of ['9', '2']) {
      const said = await leader().run(serviceScale, leader().service('ha_web'), [count]);
      assert.equal(said.at(-1), `done: ha_web ${count}/${count} running.`, said.join('\n'));
      await leader().until(() => leader().service('ha_web').service.running === Number(count));
    }
  });

  test('Update Image goes one task after another, and never below what should run', async () => {
    const counts: number[] = [];
    const count = (): void => void counts.push(leader().service('ha_web').service.running);
    leader().changes.on('change', count);
    const said = await leader().run(serviceUpdateImage, leader().service('ha_web'), ['busybox:1.37']);
    leader().changes.off('change', count);
    assert.equal(said.at(-1), 'done: ha_web runs busybox:1.37.', said.join('\n'));
    assert.ok(said.some((line) => line.startsWith('report: 1/2 running')));
    assert.ok(Math.min(...counts) >= 2, counts.join(' '));
    await leader().until(() => leader().service('ha_web').service.image === 'busybox:1.37');
  });

  test('an update that fails is paused and explained, and Roll Back ends it', async () => {
    const failed = await leader().run(serviceUpdateImage, leader().service('ha_proxy'), ['longshore.invalid/none:1']);
    assert.match(failed.at(-1) ?? '', /^fail: The update of ha_proxy failed and is paused: /);
    await leader().until(() => leader().line('proxy').includes('paused'));
    const explained = await leader().run(serviceDiagnose, leader().service('ha_proxy'), []);
    assert.match(explained.at(-1) ?? '', /^warn: The update of ha_proxy is paused .* \(and \d more\)$/);
    const back = await leader().run(serviceRollback, leader().service('ha_proxy'), [true]);
    assert.equal(back.at(-1), 'done: ha_proxy is what it was before.', back.join('\n'));
    await leader().until(() => leader().line('proxy').startsWith('proxy 3/3'));
  });

  test('the tasks of a drained node move', async () => {
    const moved = await leader().run(nodeDrain, leader().nodeTarget('node2'), [true]);
    assert.equal(moved.at(-1), 'done: node2: its tasks move away.', moved.join('\n'));
    await leader().until(() => leader().tasksOn('node2').length === 0 && leader().runs('ha_web', 2));
    // Tasks that were told to stop count until they have.
    await leader().until(() => leader().line('node2').endsWith('drained · 0 tasks'));
    await leader().run(nodeActivate, leader().nodeTarget('node2'), []);
    await leader().until(() => leader().tasksOn('node2').length > 0);
  });

  test('a node that dies is Down in the tree within 2 s of Swarm saying so, and its tasks start elsewhere', async (t) => {
    const done = new AbortController();
    t.after(() => done.abort());
    const events = await leader().engine.events({}, done.signal);
    const said = (async () => {
      for await (const { kind, attributes } of events) {
        if (kind === 'node' && attributes['state.new'] === 'down') return Date.now();
      }
      return Number.NaN;
    })();
    const seen = leader()
      .until(() => leader().line('node3').startsWith('node3 Down'))
      .then(() => Date.now());
    await at(hosts, 2).kill();
    const late = (await seen) - (await said);
    t.diagnostic(`Down was shown ${late} ms after Swarm's event`);
    assert.ok(late < 2000, `${late} ms`);
    await leader().until(() => leader().runs('ha_web', 2) && leader().runs('ha_worker', 2));
    await at(hosts, 2).start();
    await leader().until(() => leader().node('node3')?.state === 'ready');
  });

  test('Rotate Secret puts a new one in the place of the old one', async () => {
    const secret = leader().secret('swarm-ha-broker-password-1');
    const said = await leader().run(secretRotate, secret, ['another', true, 'Remove swarm-ha-broker-password-1']);
    assert.ok(said.includes('done: ha_worker has swarm-ha-broker-password-2.'), said.join('\n'));
    assert.ok(!said.join().includes('another'));
    const passwords = (): readonly string[] =>
      leader()
        .lines()
        .flatMap((line) => /^swarm-ha-broker-password-\d+/.exec(line)?.[0] ?? []);
    await leader().until(() => passwords().join() === 'swarm-ha-broker-password-2');
  });

  test('Remove Stack leaves nothing', async () => {
    const said = await leader().run(stackRemove, { kind: 'stack', stack: { name: 'ha', services: [] } }, [true]);
    assert.equal(said.at(-1), 'done: ha is gone.', said.join('\n'));
    await leader().until(
      () =>
        !leader()
          .lines()
          .some((line) => /^(ha|swarm-ha)/.test(line)),
    );
    const containers = async (): Promise<string> =>
      (await Promise.all(hosts.map((host) => host.docker(['ps', '-aq'])))).map(({ stdout }) => stdout).join('');
    await until('The containers were not removed', async () => (await containers()) === '', 20_000);
  });

  test('Leave Swarm ends it', async () => {
    for (const world of [...worlds].reverse()) {
      assert.match((await world.run(swarmLeave, undefined, [true])).at(-1) ?? '', /^done/);
      await world.until(() => world.lines().length === 0);
    }
  });
});
