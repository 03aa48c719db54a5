// Every command on Compose projects, once and for real. What Docker says afterwards is the truth.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { composeDown, composeDownVolumes } from '../../client/src/commands/composeDown.js';
import { composeLogsTerminal } from '../../client/src/commands/composeLogs.js';
import { composeScale } from '../../client/src/commands/composeScale.js';
import { composeRecreate, composeUp } from '../../client/src/commands/composeUp.js';
import { composeUpProfiles } from '../../client/src/commands/composeUpProfiles.js';
import { composeUpServices } from '../../client/src/commands/composeUpServices.js';
import {
  composeBuild,
  composePull,
  composeRestart,
  composeRestartAlone,
  composeStart,
  composeStop,
} from '../../client/src/commands/composeVerb.js';
import { copyAddress, copyId } from '../../client/src/commands/copy.js';
import { inspectReplica } from '../../client/src/commands/inspectReplica.js';
import { openInBrowser } from '../../client/src/commands/openInBrowser.js';
import { openShell } from '../../client/src/commands/openShell.js';
import { remove } from '../../client/src/commands/remove.js';
import { runCommand } from '../../client/src/commands/register.js';
import { showConfig } from '../../client/src/commands/showConfig.js';
import { showProxyConfig } from '../../client/src/commands/showProxyConfig.js';
import type { Command } from '../../client/src/context.js';
import { uriOf } from '../../client/src/model/paths.js';
import type { Target } from '../../client/src/model/target.js';
import { usageText } from '../../client/src/tree/usageText.js';
import { startDockerd } from '../setup/dockerd.mjs';
import type { Engine as TestEngine } from '../setup/dockerd.mjs';
import { ensureImages } from '../setup/images.mjs';
import { run } from '../setup/proc.mjs';
import type { FakeCtx } from '../support/fakeCtx.js';
import { fakeProject, fakeService } from '../support/fakeCtx.js';
import { get } from '../support/http.js';
import { openLiveWorld } from '../support/liveWorld.js';
import type { LiveWorld } from '../support/liveWorld.js';

/** Two files, a file of variables, a profile, a build, a volume, and a service whose name looks like a flag. */
const files = {
  'compose.yaml': `name: shop
services:
  web:
    image: nginx:stable-alpine
    ports: ['8080:80']
    depends_on: [api]
    stop_grace_period: 1s
  api:
    image: busybox
    command: ['sh', '-c', 'echo "$$GREETING"; exec sleep 1d']
    environment: { GREETING: '\${GREETING:-none}' }
    stop_grace_period: 0s
    volumes: ['data:/data']
  built:
    build: image
    stop_grace_period: 0s
    volumes: ['./ran:/ran']
    post_start: [{ command: ['sh', '-c', 'echo "started $$HOSTNAME" >> /ran/hooks'] }]
    pre_stop: [{ command: ['sh', '-c', 'echo stops >> /ran/hooks'] }]
  tools:
    image: busybox
    command: ['sleep', '1d']
    profiles: [debug]
    stop_grace_period: 0s
  --rm:
    image: busybox
    command: ['sleep', '1d']
    stop_grace_period: 0s
volumes: { data: {} }
`,
  'more.yaml': 'services: { api: { deploy: { replicas: 2 } } }\n',
  'greeting.env': 'GREETING=hello\n',
  'image/Dockerfile': 'FROM busybox\nCMD ["sleep", "1d"]\n',
};

suite('every command', () => {
  let docker: TestEngine;
  let world: LiveWorld;
  const folder = mkdtempSync(join(tmpdir(), 'longshore-commands-'));
  const uri = (name: string): string => uriOf(join(folder, name));

  before(async () => {
    mkdirSync(join(folder, 'image'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    docker = await startDockerd();
    await ensureImages(docker, ['busybox', 'nginx:stable-alpine']);
    const services = [
      fakeService('web', { image: 'nginx:stable-alpine' }),
      fakeService('api', { replicas: 2 }),
      fakeService('built', { build: true }),
      fakeService('tools', { profiles: ['debug'] }),
      fakeService('--rm'),
    ];
    world = await openLiveWorld(docker, [
      fakeProject('shop', services, {
        folder: uriOf(folder),
        files: [uri('compose.yaml'), uri('more.yaml')],
        envFiles: [uri('greeting.env')],
      }),
    ]);
  });
  after(async () => {
    world.stop();
    await docker.stop();
    rmSync(folder, { recursive: true });
  });

  /** Runs a command as the tree does; answers what was said last, and keeps the text that was shown. */
  async function does(
    command: Command,
    target: Target | undefined,
    answers: Parameters<LiveWorld['ctx']>[0] = [],
    all?: readonly Target[],
  ): Promise<{ readonly last: string; readonly shown: string; readonly ctx: FakeCtx }> {
    const ctx = world.ctx(answers);
    let shown = '';
    ctx.ui.showText = async (_title, _language, text) => void (shown = text);
    await runCommand(ctx, command, target, all);
    return { last: ctx.ui.said.at(-1) ?? '', shown, ctx };
  }
  const shows = (...wanted: readonly string[]): Promise<void> =>
    world.until(() => wanted.every((each) => world.descriptions().includes(each)));
  /** By name: when each container was started. */
  async function starts(): Promise<ReadonlyMap<string, string>> {
    const ids = (await docker.docker(['ps', '-aq'])).stdout.trim().split('\n');
    const { stdout } = await docker.docker(['inspect', '--format', '{{.Name}} {{.State.StartedAt}}', ...ids]);
    return new Map(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.slice(1).split(' ') as [string, string]),
    );
  }
  const changed = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] =>
    [...after].flatMap(([name, start]) => (before.get(name) === start ? [] : name)).sort();

  test('Build, and Pull with the words of Docker where there is no hub', async () => {
    assert.equal((await does(composeBuild, world.service('built'))).last, 'done: Built built.');
    assert.match((await docker.docker(['images'])).stdout, /shop-built/);
    assert.match((await does(composePull, world.service('api'))).last, /^fail: /);
  });

  test('Up of chosen services, of profiles, and of the whole project', async () => {
    assert.equal((await does(composeUpServices, world.project(), [['api']])).last, 'done: api of shop up.');
    await shows('api 2/2 running', 'web 0/1 running');
    const { stdout } = await docker.docker(['logs', 'shop-api-1']);
    assert.equal(stdout, 'hello\n', 'the file of variables counts');
    const profile = await does(composeUpProfiles, world.project(), [['debug']]);
    assert.equal(profile.last, 'done: shop is up with debug.');
    await shows('tools 1/1 running · profile debug', 'web 1/1 running', '--rm 1/1 running');
    assert.equal((await does(composeUp, world.project())).last, 'done: shop is up.');
    await shows('built 1/1 running');
  });

  test('Stop and Start: a service with a name like a flag, and replicas chosen together', async () => {
    assert.equal((await does(composeStop, world.service('--rm'))).last, 'done: Stopped --rm.');
    await shows('--rm 0/1 running · stopped', 'api 2/2 running');
    assert.equal((await does(composeStart, world.service('--rm'))).last, 'done: Started --rm.');
    await shows('--rm 1/1 running');
    const replicas = world.replicas('api');
    assert.equal((await does(composeStop, replicas[0], [], replicas)).last, 'done: Stopped 2 of 2.');
    await shows('api 0/2 running · stopped');
    assert.equal((await does(composeStart, replicas[0], [], replicas)).last, 'done: Started 2 of 2.');
    await shows('api 2/2 running');
  });

  test('a single replica is stopped, started, restarted and removed with the hooks that Compose runs', async () => {
    const ran = (): string => {
      const file = join(folder, 'ran/hooks');
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, '');
      return text.replaceAll(/started \w+/g, 'started');
    };
    ran();
    for (const [command, service, then] of [
      [composeRestart, 'stops\nstarted\n', 'running'],
      [composeStop, 'stops\n', 'exited'],
      [composeStart, 'started\n', 'running'],
    ] as const) {
      const [replica] = world.replicas('built');
      await does(command, replica);
      assert.equal(ran(), service, command.id);
      await world.until(() => world.replicas('built')[0]?.replica.state === then);
    }
    for (const command of [composeRestart, composeStop, composeStart]) await does(command, world.service('built'));
    assert.equal(ran(), 'stops\nstarted\nstops\nstarted\n', 'Compose does the same');
    await world.until(() => world.replicas('built')[0]?.replica.state === 'running');
    await does(remove, world.replicas('built')[0], [true]);
    assert.equal(ran(), 'stops\n');
    await does(composeUp, world.service('built'));
    await shows('built 1/1 running');
    await does(remove, world.service('built'), [true]);
    assert.match(ran(), /\nstops\n$/, 'Compose does the same');
    await does(composeUp, world.service('built'));
    await shows('built 1/1 running');
  });

  test('Scale Service: a service with a name like a flag', async () => {
    for (const count of [2, 1]) {
      const { ctx } = await does(composeScale, world.service('--rm'), [String(count)]);
      assert.ok(ctx.ui.said.includes(`done: --rm ${count}/${count} running.`), ctx.ui.said.join('\n'));
      await shows(`--rm ${count}/${count} running`);
    }
  });

  test('Restart, Restart without Dependencies, and Recreate', async () => {
    const first = await starts();
    assert.equal((await does(composeRestart, world.service('web'))).last, 'done: Restarted web.');
    const second = await starts();
    assert.deepEqual(changed(first, second), ['shop-web-1']);
    assert.equal((await does(composeRestartAlone, world.service('api'))).last, 'done: Restarted api.');
    assert.deepEqual(changed(second, await starts()), ['shop-api-1', 'shop-api-2'], 'web depends on it and stays');
    const [before] = world.ids('built');
    assert.equal((await does(composeRecreate, world.service('built'))).last, 'done: shop is up.');
    await world.until(() => world.ids('built').length === 1 && world.ids('built')[0] !== before);
  });

  test('Inspect Container, Copy Container Id, Copy Container Address, Open in Browser', async () => {
    await shows('web 1/1 running');
    const [web] = world.replicas('web');
    assert.ok(web);
    assert.equal((JSON.parse((await does(inspectReplica, web)).shown) as { Id: string }).Id, web.replica.id);
    const apis = world.replicas('api');
    const ids = (await does(copyId, apis[0], [], apis)).ctx.ui.said.find((line) => line.startsWith('copy: '));
    assert.equal(ids, `copy: ${world.ids('api').join('\n')}`);
    const copied = (await does(copyAddress, web)).ctx.ui.said.find((line) => line.startsWith('copy: ')) ?? '';
    const inside = await docker.docker(['exec', 'shop-api-1', 'wget', '-qO-', `http://${copied.slice(6)}/`]);
    assert.match(inside.stdout, /nginx answers/);
    assert.equal((await does(openInBrowser, web)).last, 'openExternal: http://localhost:8080/');
    assert.match((await get(`http://${docker.address}:8080/`)).body, /nginx answers/);
  });

  test('what a replica uses is asked for when somebody looks', async () => {
    const [web] = world.ids('web');
    assert.ok(web);
    const text = usageText(await world.engine.inspect(web), await world.engine.usage(web), Date.now());
    assert.match(text, /^Up .+\n\nCPU \d+\.\d %, memory \d.* [KM]iB of /);
  });

  test('a file that has changed since is said of its services, until they are up again', async () => {
    const said = (): string => world.shown().nodes.get('compose/shop/api')?.item.description ?? '';
    world.saved();
    writeFileSync(join(folder, 'greeting.env'), 'GREETING=good morning\n');
    world.saved();
    await world.until(() => said().includes('file changed'));
    assert.ok(!world.shown().nodes.get('compose/shop/web')?.item.description?.includes('file changed'));
    await does(composeUpServices, world.project(), [['api']]);
    await world.until(() => !said().includes('file changed'));
    const labelled = files['compose.yaml'].replace('profiles: [debug]', '$&\n    labels: { changed: "yes" }');
    writeFileSync(join(folder, 'compose.yaml'), labelled);
    world.saved();
    const tools = (): string => world.shown().nodes.get('compose/shop/tools')?.item.description ?? '';
    // A service of a profile that nobody chose runs all the same.
    await world.until(() => tools().includes('file changed'));
    writeFileSync(join(folder, 'compose.yaml'), files['compose.yaml']);
    writeFileSync(join(folder, 'greeting.env'), files['greeting.env']);
    await does(composeUp, world.service('api'));
    world.saved();
  });

  test('Show nginx Configuration and Show Resolved Configuration', async () => {
    const { shown } = await does(showProxyConfig, world.replicas('web')[0]);
    assert.match(shown, /# configuration file \/etc\/nginx\/nginx\.conf:/);
    assert.match(shown, /server \{ listen 80;/);
    const config = (await does(showConfig, world.project())).shown;
    assert.match(config, /GREETING: hello/);
    assert.match(config, /replicas: 2/);
    assert.match((await does(showProxyConfig, world.replicas('api')[0])).last, /^fail: Neither nginx nor HAProxy runs/);
  });

  test('Open Shell and Show Logs in Terminal start what a terminal can run', async () => {
    const runs: (readonly [string, readonly string[]])[] = [];
    const terminal = async (command: Command, target: Target): Promise<void> => {
      const ctx = world.ctx();
      ctx.ui.terminal = ({ program, args }) => void runs.push([program, args]);
      await runCommand(ctx, command, target, undefined);
    };
    const [api] = world.replicas('api');
    assert.ok(api);
    await terminal(openShell, api);
    await terminal(composeLogsTerminal, world.service('api'));
    const [shell, logs] = runs;
    assert.ok(shell && logs);
    const withoutTerminal = shell[1].filter((argument) => argument !== '--tty');
    const said = await run(shell[0], withoutTerminal, { env: docker.env, input: 'echo $((6 * 7)); hostname\n' });
    assert.deepEqual(said.stdout, `42\n${api.replica.id.slice(0, 12)}\n`);
    const once = logs[1].filter((argument) => argument !== '--follow');
    assert.match((await run(logs[0], once, { cwd: folder, env: docker.env })).stdout, /^api-[12]\s+\| hello$/m);
  });

  test('Remove: replicas and whole services, once that is confirmed', async () => {
    const [api] = world.replicas('api');
    assert.ok(api);
    await does(remove, api, [false]);
    assert.equal(world.ids('api').length, 2);
    assert.equal((await does(remove, api, [true])).last, `done: Removed ${api.replica.name}.`);
    await does(remove, world.service('--rm'), [true], [world.service('--rm'), world.service('built')]);
    await world.until(
      () => world.ids('--rm').length + world.ids('built').length === 0 && world.ids('api').length === 1,
    );
  });

  test('what no file is there for is stopped and taken down by its name, and not brought up', async () => {
    const elsewhere = await openLiveWorld(docker);
    try {
      for (const name of Object.keys(files)) rmSync(join(folder, name));
      const project = elsewhere.project();
      const ctx = elsewhere.ctx();
      await runCommand(ctx, composeUp, project, undefined);
      assert.match(
        ctx.ui.said.at(-1) ?? '',
        /^fail: The files of project shop are not on this machine .*compose\.yaml/,
      );
      await runCommand(ctx, composeStop, elsewhere.service('web'), undefined);
      assert.equal(ctx.ui.said.at(-1), 'done: Stopped web.');
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    } finally {
      elsewhere.stop();
    }
  });

  test('Down leaves the volumes, Down and Delete Volumes does not', async () => {
    const volumes = async (): Promise<string> => (await docker.docker(['volume', 'ls', '-q'])).stdout;
    await does(composeDown, world.project(), [false]);
    assert.ok(world.ids('web').length > 0);
    assert.equal((await does(composeDown, world.project(), [true])).last, 'done: shop is down.');
    assert.match(await volumes(), /shop_data/);
    assert.equal((await docker.docker(['ps', '-aq'])).stdout, '', 'the profile too');
    await does(composeUpServices, world.project(), [['api']]);
    await shows('api 2/2 running');
    await does(composeDownVolumes, world.project(), [true]);
    assert.doesNotMatch(await volumes(), /shop_data/);
    assert.equal((await docker.docker(['ps', '-aq'])).stdout, '');
  });
});
