import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { commands } from '../../../../client/src/commands/index.js';
import { byProject } from '../../../../client/src/commands/choose.js';
import { progressText } from '../../../../client/src/commands/compose.js';
import { browserUrl } from '../../../../client/src/commands/openInBrowser.js';
import { Refusal } from '../../../../client/src/commands/refusal.js';
import { runCommand } from '../../../../client/src/commands/register.js';
import type { Command } from '../../../../client/src/context.js';
import { CliError } from '../../../../client/src/engine/cli.js';
import { EngineError } from '../../../../client/src/engine/engine.js';
import type { Replica } from '../../../../client/src/engine/engine.js';
import { nothingSeen } from '../../../../client/src/engine/snapshot.js';
import { joinProjects } from '../../../../client/src/model/projects.js';
import type { Project } from '../../../../client/src/model/projects.js';
import type { Target } from '../../../../client/src/model/target.js';
import type { Settings } from '../../../../client/src/config.js';
import type { WorkspaceService } from '../../../../server/src/protocol.js';
import { fakeCli, fakeCtx, fakePort, fakeProject, fakeService } from '../../../support/fakeCtx.js';
import type { FakeCli, FakeCtx } from '../../../support/fakeCtx.js';
import { fakeEngine, fakeInfo, fakeReplica } from '../../../support/fakeEngine.js';
import type { FakeEngine } from '../../../support/fakeEngine.js';
import { fakeUi } from '../../../support/fakeUi.js';

interface Shop {
  readonly ctx: FakeCtx;
  readonly engine: FakeEngine;
  readonly cli: FakeCli;
  project(): Project;
  target(kind: 'project' | 'service' | 'replica', name?: string): Target;
  run(id: string, target?: Target, all?: readonly Target[]): Promise<readonly string[]>;
}

/** Project shop with `api` twice and `web` once; Compose does to the fake Engine what `--scale` says. */
function shop(
  answers: Parameters<typeof fakeUi>[0] = [],
  more: { api?: Partial<WorkspaceService>; settings?: Partial<Settings>; elsewhere?: boolean } = {},
): Shop {
  const engine = fakeEngine(['shop-api-1', 'shop-api-2', 'shop-web-1'].map((name) => fakeReplica(name)));
  const cli = fakeCli((args) => {
    const count = Number(args.find((arg) => arg.startsWith('--scale='))?.split('=')[2] ?? NaN);
    for (let number = 1; number <= 9; number++) {
      if (number <= count) engine.put(fakeReplica(`shop-api-${number}`), 'start');
      else if (number > count) engine.take(`id-shop-api-${number}`);
    }
    return args.includes('--format=json') ? '{}' : '';
  });
  const workspace = [fakeProject('shop', [fakeService('api', { replicas: 2, ...more.api }), fakeService('web')])];
  const snapshot = (): typeof nothingSeen => ({
    ...nothingSeen,
    state: { kind: 'connected' },
    info: fakeInfo,
    replicas: engine.replicas_,
  });
  const projects = (): readonly Project[] =>
    joinProjects({
      workspace: more.elsewhere ? [] : workspace,
      snapshot: snapshot(),
      scaled: ctx.scaled.counts,
      hashes: new Map(),
      others: true,
    });
  const ctx: FakeCtx = fakeCtx({
    ui: fakeUi(answers),
    engine,
    cli,
    snapshot,
    projects,
    ...(more.settings && { settings: more.settings }),
  });
  const project = (): Project => {
    const [first] = projects();
    assert.ok(first);
    return first;
  };
  return {
    ctx,
    engine,
    cli,
    project,
    target(kind, name = 'api') {
      if (kind === 'project') return { kind, project: project() };
      const service = project().services.find((one) => one.name === name.split('-')[0]);
      assert.ok(service);
      if (kind === 'service') return { kind, project: project(), service };
      const replica = service.replicas.find((one) => one.name === `shop-${name}`);
      assert.ok(replica);
      return { kind, project: project(), service, replica };
    },
    async run(id, target, all) {
      const command = commands.find((one) => one.id === `longshore.${id}`);
      assert.ok(command, id);
      await runCommand(ctx, command, target, all);
      return ctx.ui.said;
    },
  };
}

const head = 'compose --ansi=never --file=/code/shop/compose.yaml --project-directory=/code/shop --project-name=shop';

suite('commands', () => {
  for (const [id, kind, expected] of [
    ['composeUp', 'project', `${head} up --detach`],
    ['composeUp', 'service', `${head} up --detach -- api`],
    ['composeStop', 'project', `${head} stop`],
    ['composeStop', 'service', `${head} stop -- api`],
    ['composeRestart', 'service', `${head} restart -- api`],
    ['composeRestartAlone', 'service', `${head} restart --no-deps -- api`],
    ['composePull', 'service', `${head} pull -- api`],
    ['composeBuild', 'project', `${head} build`],
    ['composeRecreate', 'service', `${head} up --detach --force-recreate -- api`],
    ['showConfig', 'project', `${head} config`],
  ] as const) {
    test(`${id} on a ${kind}`, async () => {
      const { cli, run, target } = shop();
      await run(id, target(kind));
      assert.deepEqual(cli.runs, [expected]);
    });
  }

  test('a replica is acted on by the Engine, since Compose has no name for it', async () => {
    const { engine, cli, run, target } = shop();
    engine.calls.length = 0;
    const said = await run('composeRestart', target('replica', 'api-1'), [
      target('replica', 'api-1'),
      target('replica', 'api-2'),
    ]);
    assert.deepEqual(engine.calls.sort(), ['act restart id-shop-api-1', 'act restart id-shop-api-2']);
    assert.deepEqual(cli.runs, [`${head} config --format=json -- api`], 'for the hooks');
    assert.equal(said.at(-1), 'done: Restarted 2 of 2.');
  });

  test('one replica that fails leaves the others alone, and is named', async () => {
    const { engine, run, target } = shop();
    const act = engine.act;
    engine.act = async (id, action) => {
      if (id === 'id-shop-api-1') throw new EngineError('notFound', 'No such container: x');
      return act(id, action);
    };
    const said = await run('composeStop', undefined, [target('replica', 'api-1'), target('replica', 'api-2')]);
    assert.equal(said.at(-1), 'fail: Stopped 1 of 2. shop-api-1: No such container: x');
  });

  test('a replica is acted on with the hooks of its service, as Compose would', async () => {
    const { engine, ctx, run, target } = shop([true]);
    const hook = (name: string): unknown => [{ command: [name] }];
    ctx.cli.run = async () => ({
      stdout: JSON.stringify({ services: { api: { pre_stop: hook('flush'), post_start: hook('warm') } } }),
      stderr: '',
    });
    const calls = async (id: string, state: Replica['state'] = 'running'): Promise<readonly string[]> => {
      engine.replicas_.set('id-shop-api-1', fakeReplica('shop-api-1', { state }));
      engine.calls.length = 0;
      await run(id, target('replica', 'api-1'));
      return engine.calls.map((call) => call.replace(' id-shop-api-1', ''));
    };
    assert.deepEqual(await calls('composeStop'), ['exec flush', 'act stop']);
    assert.deepEqual(await calls('composeStart', 'exited'), ['act start', 'exec warm']);
    assert.deepEqual(await calls('composeStart'), ['act start'], 'it runs already');
    assert.deepEqual(await calls('composeRestart'), ['exec flush', 'act restart', 'exec warm']);
    assert.deepEqual(await calls('remove'), ['exec flush', 'act stop', 'act remove']);
  });

  test('a replica whose hook fails is not stopped, and the others are', async () => {
    const { engine, ctx, run, target } = shop();
    ctx.cli.run = async () => ({ stdout: '{"services":{"api":{"pre_stop":[{"command":["flush"]}]}}}', stderr: '' });
    engine.exec = async (id) => ({ exitCode: id === 'id-shop-api-1' ? 3 : 0, stdout: '', stderr: 'queue is full' });
    engine.calls.length = 0;
    const said = await run('composeStop', undefined, [target('replica', 'api-1'), target('replica', 'api-2')]);
    assert.deepEqual(engine.calls, ['act stop id-shop-api-2']);
    const why = 'A `pre_stop` hook in shop-api-1 ended with status 3: queue is full. It was not stopped.';
    assert.equal(said.at(-1), `fail: Stopped 1 of 2. shop-api-1: ${why}`);
  });

  test('where Compose cannot read the files a replica is stopped without hooks once that is chosen', async () => {
    const { engine, ctx, run, target } = shop(['Stop without Hooks']);
    ctx.cli.run = async () => Promise.reject(new CliError('failed', 'yaml: line 3: no'));
    engine.calls.length = 0;
    const said = await run('composeStop', target('replica', 'api-1'));
    const why = 'It is not known which hooks api has, so nothing was done: yaml: line 3: no.';
    assert.deepEqual([said[0], said.at(-1)], [`fail: ${why}`, 'done: Stopped shop-api-1.']);
    assert.deepEqual(engine.calls, ['act stop id-shop-api-1']);
  });

  test('several services are one run', async () => {
    const { cli, run, target } = shop();
    await run('composeStop', target('service', 'api'), [target('service', 'api'), target('service', 'web')]);
    assert.deepEqual(cli.runs, [`${head} stop -- api web`]);
  });

  test('a project goes before its services', () => {
    const { target } = shop();
    const [services] = byProject([target('service'), target('project'), target('service', 'web')]).values();
    assert.deepEqual(services, []);
  });

  test('without a target the only project is taken', async () => {
    const { cli, run } = shop();
    await run('composeUp');
    assert.deepEqual(cli.runs, [`${head} up --detach`]);
  });

  test('down asks first', async () => {
    const no = shop([false]);
    await no.run('composeDown', no.target('project'));
    assert.deepEqual(no.cli.runs, []);
    const yes = shop([true]);
    await yes.run('composeDownVolumes', yes.target('project'));
    assert.deepEqual(yes.cli.runs, [`${head} down --volumes`]);
    assert.match(yes.ctx.ui.said[0] ?? '', /^confirm: Take shop down\? Its 3 containers .* cannot be undone\.$/);
  });

  test('remove asks first', async () => {
    const { engine, cli, run, target } = shop([true]);
    engine.calls.length = 0;
    await run('remove', undefined, [target('service', 'web'), target('replica', 'api-2')]);
    assert.deepEqual(cli.runs, [`${head} rm --force --stop -- web`, `${head} config --format=json -- api`]);
    assert.deepEqual(engine.calls, ['act stop id-shop-api-2', 'act remove id-shop-api-2']);
  });

  test('a project without files here is stopped by its name and not built', async () => {
    const { cli, run, target } = shop([], { elsewhere: true });
    await run('composeStop', target('project'));
    assert.deepEqual(cli.runs, ['compose --ansi=never --project-name=shop stop']);
    const said = await run('composeBuild', target('project'));
    assert.match(said.at(-1) ?? '', /^fail: The files of project shop are not on this machine/);
  });

  test('what acts is refused in an untrusted workspace', async () => {
    for (const { id } of commands.filter(({ acts }) => acts)) {
      const { ctx, cli, engine, run, target } = shop();
      ctx.ui.trusted = false;
      engine.calls.length = 0;
      const said = await run(id.replace('longshore.', ''), target('service'));
      assert.match(said.join('\n'), /^fail: This workspace is not trusted/, id);
      assert.deepEqual([cli.runs, engine.calls], [[], []], id);
    }
  });
});

suite('scale', () => {
  test('keeps what runs, waits, remembers the count', async () => {
    const { ctx, cli, run, target } = shop(['4']);
    const said = await run('composeScale', target('service'));
    assert.deepEqual(cli.runs, [`${head} up --detach --no-deps --no-recreate --scale=api=4 -- api`]);
    assert.ok(said.includes('done: api 4/4 running.'), said.join('\n'));
    assert.equal(ctx.scaled.counts.get('compose/shop/api'), 4);
    await run('composeUp', target('project'));
    assert.equal(ctx.scaled.counts.size, 0, 'Up brings back what the file says');
  });

  test('one more and one less', async () => {
    const { cli, run, target } = shop();
    await run('composeScaleUp', target('service'));
    await run('composeScaleDown', target('service'));
    assert.deepEqual(
      cli.runs.map((line) => /--scale=\S+/.exec(line)?.[0]),
      ['--scale=api=3', '--scale=api=2'],
    );
  });

  test('the same count changes nothing', async () => {
    const { cli, run, target } = shop(['2']);
    assert.equal((await run('composeScale', target('service'))).at(-1), 'done: api: 2 → 2, changes nothing.');
    assert.deepEqual(cli.runs, []);
  });

  test('what would fail is refused, what matters is asked', async () => {
    const named = shop(['3'], { api: { containerName: 'api' } });
    assert.match(
      (await named.run('composeScale', named.target('service'))).at(-1) ?? '',
      /^fail: api has `container_name: api`/,
    );
    const gpu = shop(['3', false], { api: { gpus: 1 } });
    await gpu.run('composeScale', gpu.target('service'));
    assert.deepEqual([...named.cli.runs, ...gpu.cli.runs], []);
    assert.match(gpu.ctx.ui.said.at(-1) ?? '', /^confirm: api: 2 → 3, starts 1 replica\. api reserves GPUs/);
  });

  test('the plan is always shown where that is set, and never where that is', async () => {
    const always = shop(['3', true], { settings: { 'scale.confirm': 'always' } });
    await always.run('composeScale', always.target('service'));
    assert.equal(always.ctx.ui.said[1], 'confirm: api: 2 → 3, starts 1 replica.');
    const never = shop(['3'], { settings: { 'scale.confirm': 'never' }, api: { gpus: 1 } });
    await never.run('composeScale', never.target('service'));
    assert.equal(never.cli.runs.length, 1);
  });

  test('then the proxies that need it are reloaded, as the setting says', async () => {
    const start = { line: 0, character: 0 };
    const link = {
      kind: 'nginx',
      service: 'web',
      uri: 'file:///n',
      range: { start, end: start },
      upstream: 'api',
      port: 80,
    };
    for (const [setting, answers, reloads] of [
      ['always', ['3'], 1],
      ['ask', ['3', 'Reload web'], 1],
      ['ask', ['3', undefined], 0],
      ['never', ['3'], 0],
    ] as const) {
      const { ctx, engine, run, target } = shop(answers, { settings: { 'scale.reloadProxies': setting } });
      ctx.language.proxiesOf = async () => [{ ...link, kind: 'nginx', needsReload: true }];
      let pid = 10;
      engine.exec = async (id, argv) => {
        engine.calls.push(`exec ${id} ${argv.join(' ')}`);
        if (argv.includes('HUP')) pid++;
        if (argv.includes('api')) return { exitCode: 0, stdout: '172.20.0.3 STREAM api\n', stderr: '' };
        const stdout = `1\t0\tnginx: master process nginx\t\n${pid}\t1\tnginx: worker process\t\n`;
        return { exitCode: 0, stdout, stderr: '' };
      };
      const said = await run('composeScale', target('service'));
      const done = engine.calls.filter((call) => call.startsWith('exec id-shop-web-1 sh') && call.includes('HUP'));
      assert.equal(done.length, reloads, `${setting}: ${said.join(', ')}`);
      const tested = engine.calls.indexOf('exec id-shop-web-1 nginx -t');
      assert.ok(reloads === 0 || (tested >= 0 && tested < engine.calls.indexOf(done[0] ?? '')));
    }
  });

  test('a proxy that looks names up by itself needs no reload', async () => {
    const { ctx, engine, run, target } = shop(['3'], { settings: { 'scale.reloadProxies': 'always' } });
    const start = { line: 0, character: 0 };
    const link = {
      kind: 'nginx' as const,
      service: 'web',
      uri: 'file:///n',
      upstream: 'api',
      port: 80,
      needsReload: false,
    };
    ctx.language.proxiesOf = async () => [{ ...link, range: { start, end: start } }];
    await run('composeScale', target('service'));
    assert.ok(!engine.calls.some((call) => call.startsWith('exec')));
  });

  test('the count is written into the file when that is wanted', async () => {
    const { ctx, run, target } = shop(['3', 'Write into File']);
    const start = { line: 4, character: 0 };
    ctx.language.replicasEdit = async ({ uri, service, replicas }) => ({
      uri,
      edits: [{ range: { start, end: start }, newText: `${service}=${replicas}` }],
    });
    await run('composeScale', target('service'));
    await new Promise(setImmediate);
    assert.ok(ctx.ui.said.includes('edit: file:///code/shop/compose.yaml "api=3"'), ctx.ui.said.join('\n'));
  });

  test('a replica that ends is said', async () => {
    const { engine, cli, run, target } = shop(['3']);
    cli.run = async () => {
      engine.put(fakeReplica('shop-api-3', { state: 'exited', exitCode: 1, status: 'Exited (1) 1 second ago' }), 'die');
      return { stdout: '', stderr: '' };
    };
    const said = await run('composeScale', target('service'));
    assert.equal(
      said.at(-1),
      'fail: api has 3 replicas and not all are well: shop-api-3 ended (Exited (1) 1 second ago).',
    );
  });
});

suite('a command that fails', () => {
  const failing = (error: Error): Command => ({ id: 'longshore.x', acts: true, run: () => Promise.reject(error) });
  const told = async (error: Error): Promise<readonly string[]> => {
    const ctx = fakeCtx();
    await runCommand(ctx, failing(error), undefined, undefined);
    return ctx.ui.said;
  };

  test("says the tool's own words", async () => {
    assert.deepEqual(await told(new CliError('failed', 'no such service: api', '')), ['fail: no such service: api']);
  });

  test('says how to get Docker or Compose', async () => {
    assert.match(
      (await told(new CliError('missing', 'The program "docker" was not found.')))[0] ?? '',
      /Install Docker, or set/,
    );
    const stderr = "docker: 'compose' is not a docker command.";
    assert.match((await told(new CliError('failed', stderr, stderr)))[0] ?? '', /no Compose plugin/);
  });

  test('whose next step fails says that too', async () => {
    const step = { title: 'Again', run: () => Promise.reject(new CliError('failed', 'not again')) };
    const ctx = fakeCtx({ ui: fakeUi(['Again']) });
    const command: Command = { id: 'longshore.x', acts: true, run: () => Promise.reject(new Refusal('No.', step)) };
    await runCommand(ctx, command, undefined, undefined);
    assert.deepEqual(ctx.ui.said, ['fail: No.', 'fail: not again']);
  });

  test('says nothing when it was cancelled', async () => {
    assert.deepEqual(await told(new CliError('cancelled', 'Cancelled.')), []);
    assert.deepEqual(await told(new EngineError('cancelled', 'Cancelled.')), []);
  });
});

suite('a port that something else has', () => {
  const said =
    'Error response from daemon: driver failed programming external connectivity on endpoint shop-api-3 (a0): Bind for 0.0.0.0:8081 failed: port is already allocated';
  const ports = [fakePort(90, [9090, 9090], 'file:///other.yaml'), fakePort(80, [8080, 8082], 'file:///port.yaml')];

  test('is said with who wants it and who has it, and the place in the file', async () => {
    const { ctx, engine, run, target } = shop(['Open File'], { api: { ports } });
    const published = [{ published: 8081, target: 1, protocol: 'tcp', host: '0.0.0.0' }];
    engine.replicas_.set('id-old-web-1', fakeReplica('old-web-1', { ports: published }));
    ctx.cli.run = async () => Promise.reject(new CliError('failed', said));
    assert.deepEqual((await run('composeUp', target('project'))).slice(-2), [
      'fail: Port 8081 is taken by the container old-web-1, so api could not start. The file publishes 8080-8082, one port for each replica. Publish another port, or stop what has it.',
      'openFile: file:///port.yaml',
    ]);
  });

  test('is of another program where no container has it, and of a service that no file has too', async () => {
    const { ctx, run, target } = shop([], { elsewhere: true });
    ctx.cli.run = async () => Promise.reject(new CliError('failed', said));
    const taken = "Port 8081 is taken by another program on the Engine's machine, so api could not start.";
    assert.equal(
      (await run('composeStart', target('project'))).at(-1),
      `fail: ${taken} Publish another port, or stop what has it.`,
    );
  });
});

suite('small things', () => {
  for (const [line, expected] of [
    ['Container shop-api-2  Starting', 'shop-api-2 starting'],
    ['Network shop_default  Created', 'shop_default created'],
    ['#7 [2/3] RUN make', '#7 [2/3] RUN make'],
  ] as const) {
    test(line, () => assert.equal(progressText(line), expected));
  }

  test('a browser goes to the machine of the Engine', () => {
    const port = { published: 8080, target: 80, protocol: 'tcp', host: '0.0.0.0' };
    const at = (host: string, more = {}): string =>
      browserUrl({ ...port, ...more }, { context: undefined, host, tls: undefined, chosenBy: 'default' });
    assert.equal(at('unix:///var/run/docker.sock'), 'http://localhost:8080/');
    assert.equal(at('unix:///x', { host: '127.0.0.2' }), 'http://127.0.0.2:8080/');
    assert.equal(at('unix:///x', { host: '::1', target: 443 }), 'https://[::1]:8080/');
    assert.equal(at('ssh://me@far.example:22'), 'http://far.example:8080/');
  });
});
