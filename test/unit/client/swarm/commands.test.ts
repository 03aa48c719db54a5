import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { networkCreate, networkRemove } from '../../../../client/src/commands/swarm/networks.js';
import {
  nodeDemote,
  nodeDrain,
  nodeLabels,
  nodePromote,
  nodeRemove,
} from '../../../../client/src/commands/swarm/nodes.js';
import { configCreate, secretRemove, secretRotate } from '../../../../client/src/commands/swarm/files.js';
import { swarmCommands } from '../../../../client/src/commands/swarm/index.js';
import {
  serviceForceUpdate,
  serviceRemove,
  serviceRollback,
  serviceScale,
  serviceUpdateImage,
} from '../../../../client/src/commands/swarm/services.js';
import { serviceInspect } from '../../../../client/src/commands/swarm/serviceInspect.js';
import { stackDeploy } from '../../../../client/src/commands/swarm/stacks.js';
import { swarmInit, swarmJoin } from '../../../../client/src/commands/swarm/swarmBegin.js';
import { swarmRotateToken } from '../../../../client/src/commands/swarm/swarmMembership.js';
import type { Command } from '../../../../client/src/context.js';
import { EngineError } from '../../../../client/src/engine/engine.js';
import { nothingSeen } from '../../../../client/src/engine/snapshot.js';
import { CliError } from '../../../../client/src/engine/cli.js';
import type { Cli, CliOptions } from '../../../../client/src/engine/cli.js';
import type { SwarmTarget } from '../../../../client/src/swarm/target.js';
import { fakeCli, fakeProject } from '../../../support/fakeCtx.js';
import {
  fakeControl,
  fakeNode,
  fakeSpec,
  fakeSwarmFile,
  fakeSwarmNetwork,
  fakeSwarmSnapshot,
} from '../../../support/fakeSwarm.js';
import type { FakeControl } from '../../../support/fakeSwarm.js';
import { fakeUi } from '../../../support/fakeUi.js';
import { manager, node, run, service, web, worker } from '../../../support/swarmCommand.js';

suite('commands of a swarm', () => {
  test('nothing acts in a workspace that is not trusted', async () => {
    for (const command of swarmCommands.filter(({ acts }) => acts)) {
      const ui = fakeUi();
      ui.trusted = false;
      const { said, control } = await run(command, undefined, [], { ui });
      assert.match(said.at(-1) ?? '', /^fail: This workspace is not trusted/, command.id);
      assert.deepEqual(control.calls, []);
    }
  });

  test('what destroys something asks, and does nothing when dismissed', async () => {
    const targets: readonly (readonly [Command<SwarmTarget>, SwarmTarget])[] = [
      [serviceRemove, service],
      [serviceForceUpdate, service],
      [serviceRollback, service],
      [nodeRemove, node(worker)],
      [nodeDrain, node(worker)],
      [secretRemove, { kind: 'secret', file: fakeSwarmFile('key') }],
      [networkRemove, { kind: 'network', network: fakeSwarmNetwork('front') }],
    ];
    for (const [command, target] of targets) {
      const { said, control } = await run(command, target, [undefined]);
      assert.match(said.at(-1) ?? '', /^confirm: /, command.id);
      assert.deepEqual(control.calls, [], command.id);
    }
  });

  test('a lost quorum and a worker are named', async () => {
    const lost = await run(serviceInspect, undefined, [], { swarm: { error: 'The swarm does not have a leader.' } });
    assert.match(lost.said.at(-1) ?? '', /lost its quorum/);
    const snapshot = () => ({ ...fakeSwarmSnapshot(), swarm: undefined });
    const asked = await run(serviceInspect, undefined, [], { snapshot });
    assert.match(asked.said.at(-1) ?? '', /is a worker of its swarm/);
  });

  test('where there is no swarm, one is offered; not in a workspace that is not trusted', async () => {
    const snapshot = () => nothingSeen;
    const { said, control } = await run(stackDeploy, undefined, ['Initialize Swarm'], { snapshot });
    assert.equal(said[0], 'fail: This Engine is in no swarm. Initialize one, or join one.');
    assert.deepEqual(control.calls, ['init']);
    const joined = await run(serviceInspect, undefined, ['Join Swarm…', undefined], { snapshot });
    assert.equal(joined.said.at(-1), 'input: Join Swarm');
    const ui = fakeUi(['Initialize Swarm']);
    ui.trusted = false;
    assert.deepEqual((await run(serviceInspect, undefined, [], { ui, snapshot })).control.calls, []);
  });

  test('Initialize Swarm asks again with the address that was chosen', async () => {
    const control = fakeControl();
    const message =
      'could not choose an IP address to advertise since this system has multiple addresses on different interfaces (10.0.0.1 on eth0 and fd00::1 on eth1) - specify one with --advertise-addr';
    const init: FakeControl['init'] = async (advertise) => {
      if (advertise === undefined) throw new EngineError('refused', message, 400);
      control.calls.push(`init ${advertise}`);
    };
    const first = await run(swarmInit, undefined, ['fd00::1'], { control: { ...control, init } });
    assert.equal(first.said.at(-1), 'done: This Engine is the manager of a new swarm.');
    await run(swarmInit, undefined, ['Another Address…', 'eth7'], { control: { ...control, init } });
    assert.deepEqual(control.calls, ['init fd00::1', 'init eth7']);
  });

  test('Join Swarm takes the command as managers show it, and refuses half of it', async () => {
    const joined = await run(swarmJoin, undefined, ['  docker swarm join --token SWMTKN-1-x [fd00::1]:2377 ']);
    assert.deepEqual(joined.control.calls, ['join SWMTKN-1-x [fd00::1]:2377']);
    const half = await run(swarmJoin, undefined, ['docker swarm join 10.0.0.1:2377']);
    assert.match(half.said.at(-1) ?? '', /is refused: A token and the address/);
  });

  test('a token is rotated for one role', async () => {
    assert.deepEqual((await run(swarmRotateToken, undefined, ['Manager', true])).control.calls, [
      'rotateToken manager',
    ]);
  });

  test('nodes are promoted, labelled and removed; the last manager stays one', async () => {
    const promoted = await run(nodePromote, node(worker), [true]);
    assert.match(promoted.said[0] ?? '', /An even number of managers/);
    assert.deepEqual(promoted.control.nodeSpecs.get(worker.id), { Role: 'manager', Availability: 'active' });
    assert.match((await run(nodeDemote, node(manager))).said.at(-1) ?? '', /is the only manager/);
    const labelled = await run(nodeLabels, node(worker), ['zone=east, gpu']);
    assert.deepEqual(labelled.control.nodeSpecs.get(worker.id)?.Labels, { zone: 'east', gpu: '' });
    assert.match((await run(nodeRemove, node(manager))).said.at(-1) ?? '', /Demote it first/);
    assert.deepEqual((await run(nodeRemove, node(worker), [true])).control.calls, [`removeNode ${worker.id} force`]);
    const down = fakeNode('node2', { state: 'down' });
    const removed = await run(nodeRemove, node(down), [true], { swarm: { nodes: [manager, down] } });
    assert.deepEqual(removed.control.calls, [`removeNode ${worker.id}`]);
  });

  test('a service is scaled, its other settings stay; a global one is refused', async () => {
    const { said, control } = await run(serviceScale, service, ['5']);
    assert.equal(said.at(-1), 'done: shop_web 5/5 running.');
    assert.deepEqual(control.specs.get(web.id), fakeSpec('shop_web', { Mode: { Replicated: { Replicas: 5 } } }));
    const global = { ...web, mode: 'global' as const };
    const refused = await run(serviceScale, { kind: 'service', service: global }, [], {
      swarm: { services: [global] },
    });
    assert.match(refused.said.at(-1) ?? '', /is global: it has no number of replicas/);
  });

  test('to cancel an update is to roll it back', async () => {
    const control = fakeControl([fakeSpec('shop_web')]);
    const stopped = new AbortController();
    const ui = fakeUi(['example/image:2']);
    ui.progress = async (_title, work) => work(() => stopped.abort(), stopped.signal);
    const cli = fakeCli();
    const progress: FakeControl['progress'] = async () => ({
      name: 'shop_web',
      desired: 2,
      fresh: 0,
      wanted: 2,
      update: { state: 'updating', message: '' },
      error: undefined,
    });
    const { said } = await run(serviceUpdateImage, service, [], { ui, cli, control: { ...control, progress } });
    assert.deepEqual(cli.runs, ['service update --detach --with-registry-auth --image=example/image:2 -- shop_web']);
    assert.deepEqual(control.calls, [`rollBack ${web.id}`]);
    assert.equal(said.at(-1), 'done: shop_web goes back to what it was.');
  });

  test('an image update that loses the race is made again', async () => {
    let runs = 0;
    const cli = fakeCli(() => {
      if (++runs === 1) throw new CliError('failed', 'Error response from daemon: update out of sequence');
      return '';
    });
    assert.match((await run(serviceUpdateImage, service, ['web:2'], { cli })).said.at(-1) ?? '', /^done/);
    assert.equal(runs, 2);
  });

  test('a rotated secret keeps its stack, and its services the path of the file', async () => {
    const reference = { SecretID: 'id-key', SecretName: 'key', File: { Name: 'password' } };
    const spec = fakeSpec('shop_web', { TaskTemplate: { ContainerSpec: { Secrets: [reference] } } });
    const target: SwarmTarget = { kind: 'secret', file: fakeSwarmFile('key', { stack: 'shop' }) };
    const control = fakeControl([spec]);
    const { said } = await run(secretRotate, target, ['hunter2', true, 'Remove key'], { control });
    assert.deepEqual(control.calls, ['create secret key-2 shop', `changeService ${web.id}`, 'remove secret id-key']);
    assert.deepEqual(control.specs.get(web.id)?.TaskTemplate.ContainerSpec?.Secrets, [
      { ...reference, SecretID: 'id-key-2', SecretName: 'key-2' },
    ]);
    assert.ok(!said.join().includes('hunter2'));
  });

  test('configs and networks are created', async () => {
    assert.deepEqual((await run(configCreate, undefined, ['page', 'hello'])).control.calls, ['create config page']);
    const created = await run(networkCreate, undefined, ['back', ['Attachable']]);
    assert.deepEqual(created.control.calls, ['createOverlay back attachable']);
    const taken = await run(networkCreate, undefined, ['front']);
    assert.match(taken.said.at(-1) ?? '', /There is a network of this name/);
  });
});

suite('Deploy Stack', () => {
  const project = fakeProject('shop', [], { target: 'stack', files: ['file:///code/shop/shop-stack.yaml'] });
  const file: SwarmTarget = { kind: 'file', uri: 'file:///code/shop/shop-stack.yaml' };
  const start = { line: 3, character: 0 };

  test('asks which file, that of the editor first, each by as much of its path as tells it from the others', async () => {
    const at = (path: string): typeof project =>
      fakeProject('shop', [], { target: 'stack', files: [`file:///code/${path}`] });
    const projects = [at('east/stack.yaml'), at('west/stack.yaml'), fakeProject('web', [])];
    const ui = fakeUi();
    const offered: string[] = [];
    ui.activeFile = 'file:///code/west/stack.yaml';
    ui.pick = async (items) => {
      offered.push(...items.map(({ label, description }) => `${label} (${description})`));
      return undefined;
    };
    await run(stackDeploy, undefined, [], { ui, language: { projects: async () => projects } });
    assert.deepEqual(offered, ['shop (west/stack.yaml · of the open file)', 'shop (east/stack.yaml)']);
  });

  test('refuses a file that docker stack would refuse, and opens it', async () => {
    const errors = [{ uri: file.uri, range: { start, end: start }, message: 'No such key.' }];
    const { said, ctx } = await run(stackDeploy, file, ['shop', 'Open File'], {
      language: { projects: async () => [project], stackFile: async () => ({ errors, variables: {} }) },
    });
    assert.match(said.at(-2) ?? '', /^fail: shop is not deployed, .*No such key\./);
    assert.equal(said.at(-1), `openFile: ${file.uri}`);
    assert.deepEqual((ctx.cli as ReturnType<typeof fakeCli>).runs, []);
  });

  test('hands over what .env says, tells what changes, and says no value', async () => {
    const runs: { readonly args: string; readonly options: CliOptions }[] = [];
    const cli: Cli = {
      ...fakeCli(),
      async run(args, options = {}) {
        runs.push({ args: args.join(' '), options });
        return { stdout: 'services: { web: { image: "example/image:2" }, api: { image: a } }', stderr: '' };
      },
    };
    const chosen = ['Remove services that the file no longer has', 'Do not ask the registry for digests'];
    const { said, ctx } = await run(stackDeploy, file, ['shop', chosen, true], {
      cli,
      language: {
        projects: async () => [project],
        stackFile: async () => ({ errors: [], variables: { PASSWORD: 'hunter2' } }),
      },
    });
    assert.deepEqual(
      runs.map(({ args }) => args),
      [
        'stack config --compose-file=/code/shop/shop-stack.yaml',
        'stack deploy --compose-file=/code/shop/shop-stack.yaml --prune --resolve-image=never -- shop',
      ],
    );
    for (const { options } of runs) {
      assert.deepEqual(options.variables, { PASSWORD: 'hunter2' });
      assert.equal(options.cwd, '/code/shop');
    }
    const confirmed = said.find((line) => line.startsWith('confirm')) ?? '';
    assert.match(confirmed, /\+ shop_api: new\n~ shop_web: image example\/image:1 → example\/image:2/);
    assert.equal(said.at(-1), 'done: shop is deployed.');
    assert.ok(![...said, ...ctx.logged].join().includes('hunter2'));
  });
});
