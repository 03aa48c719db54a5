import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Replica } from '../../../../client/src/engine/engine.js';
import { noResources, nothingSeen } from '../../../../client/src/engine/snapshot.js';
import { joinProjects } from '../../../../client/src/model/projects.js';
import type { Joined, Project } from '../../../../client/src/model/projects.js';
import { present } from '../../../../client/src/tree/present.js';
import { serviceNodes } from '../../../../client/src/tree/serviceNodes.js';
import type { TreeNode } from '../../../../client/src/tree/node.js';
import type { Target } from '../../../../client/src/model/target.js';
import { fakeProject, fakeService } from '../../../support/fakeCtx.js';
import { fakeInfo, fakeReplica } from '../../../support/fakeEngine.js';

function join(replicas: readonly Replica[], more: Partial<Joined> = {}): readonly Project[] {
  const snapshot = {
    ...nothingSeen,
    state: { kind: 'connected' as const },
    info: fakeInfo,
    replicas: new Map(replicas.map((replica) => [replica.id, replica])),
  };
  return joinProjects({ workspace: [], snapshot, scaled: new Map(), hashes: new Map(), others: true, ...more });
}

/** The tree as text: two spaces per level, `label  description`. */
function draw(projects: readonly Project[]): readonly string[] {
  const lines = (nodes: readonly TreeNode<Target>[], indent: string): readonly string[] =>
    nodes.flatMap((node) => {
      const { label, description = '', icon } = present(node.value);
      return [`${indent}${label}  ${description} [${icon.name}]`, ...lines(node.children, `${indent}  `)];
    });
  return lines(serviceNodes(projects), '');
}

const shop = fakeProject('shop', [fakeService('api', { replicas: 3 }), fakeService('web')]);

suite('projects', () => {
  test('without an Engine the services of the files', () => {
    const projects = joinProjects({
      workspace: [shop],
      snapshot: nothingSeen,
      scaled: new Map(),
      hashes: new Map(),
      others: true,
    });
    assert.deepEqual(draw(projects), ['shop   [layers]', '  api   [circle-outline]', '  web   [circle-outline]']);
    const [project] = projects;
    const [service] = project?.services ?? [];
    assert.ok(project && service);
    assert.equal(present({ kind: 'project', project }).accessibleLabel, 'shop, Compose project, not known what runs');
    assert.equal(present({ kind: 'service', project, service }).accessibleLabel, 'api, not known what runs');
  });

  test('what runs of them, and replicas below', () => {
    const projects = join(
      [
        fakeReplica('shop-api-2', { health: 'healthy', addresses: [{ network: 'n', address: '172.20.0.3' }] }),
        fakeReplica('shop-api-1', { health: 'healthy' }),
        fakeReplica('shop-web-1', { ports: [{ published: 8080, target: 80, protocol: 'tcp', host: '0.0.0.0' }] }),
      ],
      { workspace: [shop] },
    );
    assert.deepEqual(draw(projects), [
      'shop  2/2 up [layers]',
      '  api  2/3 running [warning]',
      '    api-1  running · healthy [pass-filled]',
      '    api-2  running · healthy · 172.20.0.3 [pass-filled]',
      '  web  1/1 running · :8080 [play-circle]',
      '    web-1  running [play-circle]',
    ]);
  });

  for (const [name, replicas, expected] of [
    [
      'all healthy',
      [{ health: 'healthy' }, { health: 'healthy' }, { health: 'healthy' }],
      '3/3 running · healthy [pass-filled]',
    ],
    [
      'one starting',
      [{ health: 'healthy' }, { health: 'starting' }, { health: 'healthy' }],
      '3/3 running · starting [sync]',
    ],
    ['one sick', [{ health: 'healthy' }, { health: 'unhealthy' }, {}], '3/3 running · unhealthy [error]'],
    ['one dead', [{}, {}, { state: 'exited', exitCode: 1 }], '2/3 running [warning]'],
    ['all stopped', [{ state: 'exited', exitCode: 137 }], '0/3 running · stopped [debug-stop]'],
    ['all finished', [{ state: 'exited', exitCode: 0 }], 'finished [check]'],
    [
      'all ended, one by itself',
      [
        { state: 'exited', exitCode: 137 },
        { state: 'exited', exitCode: 3 },
      ],
      '0/3 running · exited (3) [circle-slash]',
    ],
    ['crashing again and again', [{ state: 'restarting', exitCode: 1 }], '0/3 running · unhealthy [error]'],
  ] as const) {
    test(name, () => {
      const made = replicas.map((more, index) => fakeReplica(`shop-api-${index + 1}`, more));
      assert.equal(draw(join(made, { workspace: [shop] }))[1], `  api  ${expected}`);
    });
  }

  test('the count somebody asked for goes before the one of the file', () => {
    const two = [fakeReplica('shop-api-1'), fakeReplica('shop-api-2')];
    const api = (scaled: number): string | undefined =>
      draw(join(two, { workspace: [shop], scaled: new Map([['compose/shop/api', scaled]]) }))[1];
    assert.equal(api(2), '  api  2/2 running [play-circle]');
    assert.equal(api(5), '  api  2/5 running [warning]');
    assert.equal(api(1), '  api  2/2 running [play-circle]', 'what is there counts at least');
  });

  test('drift is the hash of one replica that is not that of the file', () => {
    const replicas = [
      fakeReplica('shop-api-1', { configHash: 'old' }),
      fakeReplica('shop-web-1', { configHash: 'new' }),
    ];
    const hashes = new Map([
      ['compose/shop/api', 'new'],
      ['compose/shop/web', 'new'],
    ]);
    const [project] = join(replicas, { workspace: [shop], hashes });
    assert.deepEqual(
      project?.services.map(({ drifted }) => drifted),
      [true, false],
    );
  });

  test('a service that the file lost, and projects whose files are elsewhere', () => {
    const replicas = [fakeReplica('shop-old-1'), fakeReplica('far-db-1'), fakeReplica('abc-db-1')];
    assert.deepEqual(draw(join(replicas, { workspace: [shop] })), [
      'shop  1/3 up [layers]',
      '  api  0/3 running [circle-outline]',
      '  web  0/1 running [circle-outline]',
      '  old  1/1 running · not in the file [play-circle]',
      '    old-1  running [play-circle]',
      'abc  1/1 up · files elsewhere [layers]',
      '  db  1/1 running [play-circle]',
      '    db-1  running [play-circle]',
      'far  1/1 up · files elsewhere [layers]',
      '  db  1/1 running [play-circle]',
      '    db-1  running [play-circle]',
    ]);
    assert.deepEqual(
      join(replicas, { workspace: [shop], others: false }).map(({ name }) => name),
      ['shop'],
    );
  });

  test('two folders with one project name share no replica', () => {
    const other = fakeProject('shop', [fakeService('api')], {
      folder: 'file:///else/shop',
      files: ['file:///else/shop/c.yaml'],
    });
    const from = (workingDir: string, name: string): Replica =>
      fakeReplica(name, { files: { workingDir, configFiles: [], envFiles: [] } });
    const replicas = [from('/code/shop', 'shop-api-1'), from('/else/shop', 'shop-api-2'), from('/third', 'shop-api-3')];
    const projects = join(replicas, { workspace: [shop, other] });
    assert.deepEqual(
      projects.map(({ services }) => services[0]?.replicas.map(({ number }) => number)),
      [[1], [2], [3]],
    );
    assert.equal(new Set(projects.map(({ key }) => key)).size, 3, 'keys are unique');
  });

  test('files of one folder that are projects by themselves have one name, and keys of their own', () => {
    const alone = (file: string): typeof shop =>
      fakeProject('shop', [fakeService('api')], { files: [`file:///code/shop/${file}`] });
    const files = { workingDir: '/code/shop', configFiles: ['/code/shop/b.yaml'], envFiles: [] };
    const projects = join([fakeReplica('shop-api-1', { files })], { workspace: [alone('a.yaml'), alone('b.yaml')] });
    assert.equal(new Set(projects.map(({ key }) => key)).size, 2);
    assert.deepEqual(
      projects.map(({ services }) => services[0]?.running),
      [0, 1],
    );
  });

  test('projects of one name are told apart by as little of their paths as does it', () => {
    const at = (path: string): typeof shop => fakeProject('docker', [], { files: [`file:///code/${path}`] });
    const file = (...paths: string[]) => join([], { workspace: paths.map(at) }).map((project) => project.file);
    assert.deepEqual(file('api/docker/compose.yaml'), [undefined]);
    assert.deepEqual(file('docker/a.yaml', 'docker/b.yaml'), ['a.yaml', 'b.yaml']);
    assert.deepEqual(file('api/docker/compose.yaml', 'web/docker/compose.yaml', 'web/docker/test.yaml'), [
      'api/docker/compose.yaml',
      'web/docker/compose.yaml',
      'test.yaml',
    ]);
  });

  test('other files laid over the same first one are one project, shown as it runs', () => {
    const folder = 'file:///code/shop';
    const plain = fakeProject('shop', [fakeService('api')]);
    const over = fakeProject('shop', [fakeService('api', { replicas: 4 })], {
      files: [`${folder}/compose.yaml`, `${folder}/cpu.yaml`],
    });
    const [absent, ...others] = join([], { workspace: [over, plain] });
    assert.equal(others.length, 0);
    assert.equal(absent?.key, 'compose/shop');
    assert.equal(absent?.workspace, plain);
    const configFiles = ['/code/shop/compose.yaml', '/code/shop/cpu.yaml'];
    const replica = fakeReplica('shop-api-1', { files: { workingDir: '/code/shop', configFiles, envFiles: [] } });
    const [running] = join([replica], { workspace: [over, plain] });
    assert.equal(running?.workspace, over);
    assert.equal(running?.services[0]?.running, 1);
  });

  test('a service of a profile is not missed', () => {
    const debug = fakeProject('shop', [fakeService('debug', { profiles: ['dev'] })]);
    assert.equal(draw(join([], { workspace: [debug] }))[1], '  debug  profile dev [circle-outline]');
  });

  test('a stack and its tasks', () => {
    const stack = fakeProject('ha', [fakeService('web', { replicas: 2 })], { target: 'stack' });
    const task = {
      serviceId: 's',
      nodeId: 'n',
      error: undefined,
      containerId: undefined,
      at: 0,
      image: 'web:1',
      addresses: [],
      hostPorts: [],
    };
    const swarm = {
      services: [
        {
          id: 's',
          name: 'ha_web',
          stack: 'ha',
          mode: 'replicated' as const,
          running: 1,
          desired: 2,
          image: 'web:1',
          ports: [],
          endpointMode: 'vip' as const,
          virtualAddresses: [],
          update: { state: 'updating', message: '' },
          version: 1,
        },
      ],
      tasks: [
        { ...task, id: 't2', slot: 2, state: 'rejected', desiredState: 'running', error: 'No such image: web:2' },
        { ...task, id: 't1', slot: 1, state: 'running', desiredState: 'running' },
        { ...task, id: 't0', slot: 1, state: 'shutdown', desiredState: 'shutdown' },
      ],
      nodes: [],
      resources: noResources,
      error: undefined,
    };
    const snapshot = { ...nothingSeen, state: { kind: 'connected' as const }, swarm };
    assert.deepEqual(draw(join([], { workspace: [stack], snapshot })), [
      'ha  stack · 1/1 up [server-environment]',
      '  web  1/2 running · updating [warning]',
      '    web.1  running [play-circle]',
      '    web.2  rejected · No such image: web:2 [error]',
    ]);
  });
});

suite('what is read aloud', () => {
  test('a service says its count and health', () => {
    const [project] = join([fakeReplica('shop-api-1', { health: 'healthy' })], {
      workspace: [fakeProject('shop', [fakeService('api')])],
    });
    const [service] = project?.services ?? [];
    assert.ok(project && service);
    assert.equal(
      present({ kind: 'service', project, service }).accessibleLabel,
      'api, 1 of 1 replica running, healthy',
    );
    assert.equal(present({ kind: 'project', project }).accessibleLabel, 'shop, Compose project, 1 of 1 services up');
  });

  test('a project counts neither what nobody asked for nor what has finished', () => {
    const services = [fakeService('api'), fakeService('migrate'), fakeService('debug', { profiles: ['tools'] })];
    const replicas = [fakeReplica('shop-api-1'), fakeReplica('shop-migrate-1', { state: 'exited', exitCode: 0 })];
    const [project] = join(replicas, { workspace: [fakeProject('shop', services)] });
    assert.ok(project);
    assert.equal(present({ kind: 'project', project }).accessibleLabel, 'shop, Compose project, 1 of 1 services up');
    assert.equal(present({ kind: 'project', project }).description, '1/1 up');
  });

  test('a name is no Markdown in a tooltip', () => {
    const [project] = join([fakeReplica('[x](command:evil)-api-1')]);
    assert.ok(project);
    const { tooltip } = present({ kind: 'project', project });
    assert.match(tooltip ?? '', /\\\[x\\\]\\\(command:evil\\\)/);
  });
});
