// Services, their settings, logs and failures by our own commands, where the oldest Engine leads and the newest works.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { nodePromote } from '../../client/src/commands/swarm/nodes.js';
import { serviceCreate } from '../../client/src/commands/swarm/serviceCreate.js';
import { serviceInspect } from '../../client/src/commands/swarm/serviceInspect.js';
import { serviceRemove, serviceScale } from '../../client/src/commands/swarm/services.js';
import { servicePorts, serviceRestartPolicy } from '../../client/src/commands/swarm/serviceSettings.js';
import { stackDeploy } from '../../client/src/commands/swarm/stacks.js';
import { swarmRotateToken } from '../../client/src/commands/swarm/swarmMembership.js';
import { LogFeed } from '../../client/src/logs/feed.js';
import type { LogLine } from '../../client/src/logs/line.js';
import { sourcesOf } from '../../client/src/logs/scope.js';
import type { FollowedSource } from '../../client/src/logs/scope.js';
import { swarmLogged, swarmScopePart } from '../../client/src/logs/swarmLogged.js';
import { realTimers } from '../../client/src/logs/timers.js';
import { uriOf } from '../../client/src/model/paths.js';
import { ensureImages } from '../setup/images.mjs';
import type { Engine as TestEngine } from '../setup/dockerd.mjs';
import { until } from '../setup/proc.mjs';
import { startSwarmNodes } from '../setup/swarm.mjs';
import { get } from '../support/http.js';
import { at, openWorld } from '../support/swarmWorld.js';
import type { World } from '../support/swarmWorld.js';

suite('services where the oldest Engine leads', () => {
  let hosts: readonly TestEngine[] = [];
  let world: World;
  let stop: () => Promise<void> = async () => undefined;
  const folder = mkdtempSync(join(tmpdir(), 'longshore-swarm-'));
  before(async () => {
    const started = await startSwarmNodes({ versions: ['20.10', '28'] });
    stop = started.stop;
    hosts = started.nodes;
    await Promise.all(hosts.map((host) => ensureImages(host, ['busybox:1.36', 'example/api:1'])));
    world = await openWorld(at(hosts, 0));
    await world.until(() => world.node('node2')?.state === 'ready');
  });
  after(async () => {
    world?.watch.stop();
    await stop();
    rmSync(folder, { recursive: true });
  });
  const last = (said: readonly string[]): string => said.at(-1) ?? '';

  test('Create Service makes one from a snippet, and its port answers on every node that has a task', async () => {
    const said = await world.run(serviceCreate, undefined, [
      'Web server on each node',
      'web',
      'example/api:1',
      '8088:80',
    ]);
    assert.equal(last(said), 'done: web runs.', said.join('\n'));
    for (const { address } of hosts) assert.equal((await get(`http://${address}:8088/`)).status, 200);
  });

  test('a job is done when its tasks are complete', async () => {
    const said = await world.run(serviceCreate, undefined, ['Job', 'once', 'busybox:1.36']);
    assert.equal(last(said), 'done: once has run.', said.join('\n'));
  });

  test('Publish Ports moves the port; the old one is closed', async () => {
    const said = await world.run(servicePorts, world.service('web'), ['8089:80 host']);
    assert.equal(last(said), 'done: web publishes 8089:80/tcp host.', said.join('\n'));
    for (const { address } of hosts) {
      assert.equal((await get(`http://${address}:8089/`)).status, 200);
      await assert.rejects(get(`http://${address}:8088/`));
    }
    await world.until(() => world.line('web').endsWith(':8089'));
  });

  test('Inspect names ports, nodes and addresses first', async () => {
    let text = '';
    await world.run(serviceInspect, world.service('web'), [], {
      prepare: (ui) => (ui.showText = async (_title, _language, shown) => void (text = shown)),
    });
    assert.match(text, /8089 → 80\/tcp \\\(host\\\) \| node1, node2 \|/);
  });

  test('changes that lose the race against each other are made again, all of them', async () => {
    const { id } = world.service('web').service;
    const labels = Array.from({ length: 4 }, (_, index) => `label${index}`);
    const { control } = world.engine.swarm;
    await Promise.all(
      labels.map((label) =>
        control.changeService(id, (spec) => ({ ...spec, Labels: { ...spec.Labels, [label]: '' } })),
      ),
    );
    assert.deepEqual(Object.keys((await control.service(id)).spec.Labels ?? {}).sort(), labels);
  });

  test('a rotated join token lets nobody in any more', async () => {
    const { control } = world.engine.swarm;
    const before = await control.joinTokens();
    const said = await world.run(swarmRotateToken, undefined, ['Worker', true]);
    assert.match(last(said), /^done/);
    const now = await control.joinTokens();
    assert.notEqual(now.worker, before.worker);
    assert.equal(now.manager, before.manager);
  });

  test('logs of a service come from every node, in the order of time, and new tasks join', async (t) => {
    const talk = 'i=0; while :; do echo "$HOSTNAME $i"; i=$((i+1)); usleep 50000; done';
    const quick = ['--update-parallelism=0', '--update-monitor=100ms'];
    const options = [
      ...quick,
      '--replicas=2',
      '--no-resolve-image',
      '--stop-grace-period=0s',
      '--env=HOSTNAME={{.Task.Slot}}',
    ];
    await at(hosts, 0).docker([
      'service',
      'create',
      '--detach',
      '--name=talk',
      ...options,
      'busybox:1.36',
      'sh',
      '-c',
      talk,
    ]);
    await world.until(() => world.runs('talk', 2));
    const followed = follow(world, 'talk');
    t.after(() => followed.feed.stop());
    const slots = (): readonly string[] => [...followed.texts.keys()].sort();
    await until('Not every task was heard', () => slots().join() === 'talk-1,talk-2');
    const said = await world.run(serviceScale, world.service('talk'), ['4']);
    assert.match(last(said), /^done/);
    await until('The new tasks did not join', () => slots().join() === 'talk-1,talk-2,talk-3,talk-4');
    await until('Too little was heard', () => [...followed.texts.values()].every((texts) => texts.length > 20));
    const times = followed.lines.map(({ time }) => time);
    let latest = 0;
    const late = times.filter((time) => time < (latest = Math.max(latest, time)));
    assert.equal(late.length, followed.feed.late);
    for (const [name, texts] of followed.texts) {
      const slot = name.replace('talk-', '');
      assert.deepEqual(
        texts,
        texts.map((_, index) => `${slot} ${Number(texts[0]?.split(' ')[1]) + index}`),
        name,
      );
    }
    t.diagnostic(`${times.length} lines, ${followed.feed.late} late`);
  });

  test('Change Restart Policy reaches the tasks', async () => {
    const said = await world.run(serviceRestartPolicy, world.service('talk'), ['After a failure', '2s', '5']);
    assert.equal(last(said), 'done: talk restarts on on-failure.', said.join('\n'));
    const { spec } = await world.engine.swarm.control.service('talk');
    assert.deepEqual(spec.TaskTemplate.RestartPolicy, { Condition: 'on-failure', Delay: 2e9, MaxAttempts: 5 });
  });

  test('a deployment that is cancelled goes back: the old service is what it was, the new one is gone', async () => {
    const file = join(folder, 'two-stack.yaml');
    const service = (image: string): string => `{ image: '${image}', command: [sleep, 1d], stop_grace_period: 0s }`;
    const offline = ['Do not ask the registry for digests'];
    const target = { kind: 'file', uri: uriOf(file) } as const;
    writeFileSync(file, `version: '3.8'\nservices:\n  old: ${service('busybox:1.36')}\n`);
    assert.match(last(await world.run(stackDeploy, target, ['two', offline, true])), /^done: two is deployed/);
    const before = await world.engine.swarm.control.service('two_old');
    writeFileSync(
      file,
      `version: '3.8'\nservices:\n  old: ${service('longshore.invalid/none:1')}\n  new: ${service('busybox:1.36')}\n`,
    );
    const cancelled = new AbortController();
    const said = await world.run(stackDeploy, target, ['two', offline, true], {
      prepare(ui) {
        ui.progress = (_title, work) =>
          work((message) => {
            if (message.includes('services complete')) cancelled.abort();
          }, cancelled.signal);
      },
    });
    assert.equal(
      last(said),
      'warn: The deployment of two was stopped. two_old goes back to what it was. two_new was new and is removed.',
      said.join('\n'),
    );
    assert.deepEqual((await world.engine.swarm.control.service('two_old')).spec, before.spec);
    await world.until(() => world.line('old').startsWith('old 1/1'));
  });

  test('several services are removed together', async () => {
    const all = ['web', 'talk', 'once'].map((name) => world.service(name));
    const said = await world.run(serviceRemove, all[0], [true], { all });
    assert.equal(last(said), 'done: Removed 3 of 3.', said.join('\n'));
    await world.until(() => !world.lines().some((line) => /^(web|talk|once)\b/.test(line)));
  });

  test('a lost quorum is named in the tree and by commands', async () => {
    await world.run(nodePromote, world.nodeTarget('node2'), [true]);
    await world.until(() => world.node('node2')?.role === 'manager');
    await until('node2 is no manager yet', async () => {
      const { stdout } = await at(hosts, 0).docker(
        ['node', 'inspect', 'node2', '--format', '{{.ManagerStatus.Reachability}}'],
        { check: false },
      );
      return stdout.trim() === 'reachable';
    });
    await at(hosts, 1).kill();
    await world.until(() => world.lines()[0] === 'Swarm manager · has lost its quorum');
    const said = await world.run(serviceRemove, undefined, []);
    assert.match(last(said), /^fail: The swarm has lost its quorum/);
  });
});

interface Followed {
  readonly feed: LogFeed;
  readonly lines: readonly LogLine[];
  /** By the name of the task. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
}

function follow(world: World, service: string): Followed {
  const { swarm } = world.watch.snapshot;
  assert.ok(swarm);
  const part = swarmScopePart(world.service(service), swarm);
  assert.ok(part);
  const lines: LogLine[] = [];
  const texts = new Map<string, string[]>();
  const names = new Map<number, string>();
  const feed: LogFeed = new LogFeed({
    timers: realTimers,
    engine: async () => world.engine,
    tail: 10,
    lines: 10_000,
    view: {
      joined(sources: readonly FollowedSource[], from: number) {
        sources.forEach(({ name }, index) => names.set(from + index, name));
      },
      lines(batch: readonly LogLine[]) {
        lines.push(...batch);
        for (const { source, text } of batch) {
          const name = names.get(source) ?? '?';
          texts.set(name, [...(texts.get(name) ?? []), text]);
        }
        queueMicrotask(() => feed.taken());
      },
      waiting: () => undefined,
      refused: (source, message) => assert.fail(`${source.name}: ${message}`),
    },
  });
  const update = (): void => feed.update(sourcesOf([part], swarmLogged(world.watch.snapshot)));
  world.changes.on('change', update);
  update();
  return { feed, lines, texts };
}
