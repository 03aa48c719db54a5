import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { secretRemove } from '../../../../client/src/commands/swarm/files.js';
import { gwbridgeCreate } from '../../../../client/src/commands/swarm/gwbridge.js';
import { nodeDemote, nodeDrain, nodeLabels, nodePromote } from '../../../../client/src/commands/swarm/nodes.js';
import { serviceCreate } from '../../../../client/src/commands/swarm/serviceCreate.js';
import { serviceDiagnose } from '../../../../client/src/commands/swarm/serviceDiagnose.js';
import { serviceInspect } from '../../../../client/src/commands/swarm/serviceInspect.js';
import { serviceRemove, serviceScale } from '../../../../client/src/commands/swarm/services.js';
import { servicePorts, serviceRestartPolicy } from '../../../../client/src/commands/swarm/serviceSettings.js';
import { swarmLogs } from '../../../../client/src/commands/swarm/swarmLogs.js';
import { sourcesOf } from '../../../../client/src/logs/scope.js';
import type { LogScope } from '../../../../client/src/logs/scope.js';
import { swarmLogged, swarmScopePart } from '../../../../client/src/logs/swarmLogged.js';
import { checkPorts, parsePorts, portText } from '../../../../client/src/swarm/ports.js';
import { stackRedeploy } from '../../../../client/src/commands/swarm/stacks.js';
import type { SwarmSnapshot } from '../../../../client/src/engine/snapshot.js';
import { CliError } from '../../../../client/src/engine/cli.js';
import type { SwarmTarget } from '../../../../client/src/swarm/target.js';
import { fakeCli, fakeProject } from '../../../support/fakeCtx.js';
import {
  fakeControl,
  fakeNode,
  fakeSpec,
  fakeSwarmFile,
  fakeSwarmNetwork,
  fakeSwarmService,
  fakeSwarmSnapshot,
  fakeTask,
} from '../../../support/fakeSwarm.js';
import { fakeUi } from '../../../support/fakeUi.js';
import { manager, node, run, service, web, worker } from '../../../support/swarmCommand.js';

suite('a command without a target', () => {
  test('that has nothing to explain says so, and one that suits nothing is named', async () => {
    const well = { services: [fakeSwarmService('shop_web')] };
    assert.deepEqual((await run(serviceDiagnose, undefined, [], { swarm: well })).said, [
      'done: Every service of the swarm runs as it should.',
    ]);
    const alone = { nodes: [fakeNode('node1', { role: 'manager', leader: true })] };
    assert.deepEqual((await run(nodePromote, undefined, [], { swarm: alone })).said, [
      'fail: The swarm has no node that "Promote" could act on.',
    ]);
  });
});

suite('settings of a service', () => {
  test('ports are published and taken back, and the tasks are made anew for it', async () => {
    const endpoint = { Mode: 'vip', Ports: [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080 }] };
    const control = fakeControl([fakeSpec('shop_web', { EndpointSpec: endpoint })]);
    const said = await run(servicePorts, service, ['8081:80, 53:53/udp host'], { control });
    assert.equal(said.said.at(-1), 'done: shop_web publishes 8081:80/tcp ingress, 53:53/udp host.');
    const spec = control.specs.get(web.id);
    assert.deepEqual(spec?.EndpointSpec, {
      Mode: 'vip',
      Ports: [
        { Protocol: 'tcp', TargetPort: 80, PublishedPort: 8081, PublishMode: 'ingress' },
        { Protocol: 'udp', TargetPort: 53, PublishedPort: 53, PublishMode: 'host' },
      ],
    });
    assert.equal(spec?.TaskTemplate.ForceUpdate, 1);
    await run(servicePorts, service, [''], { control });
    assert.deepEqual(control.specs.get(web.id)?.EndpointSpec?.Ports, []);
  });

  test('ports that Swarm would refuse are refused as they are typed', () => {
    assert.equal(checkPorts('8080:80, 8080:81/udp, 9000 host', 'vip'), undefined);
    assert.match(checkPorts('80-90:80', 'vip') ?? '', /is no port/);
    assert.match(checkPorts('70000:80', 'vip') ?? '', /65535/);
    assert.match(checkPorts('80:80, 80:81', 'vip') ?? '', /80\/tcp is published twice/);
    assert.match(checkPorts('80:80', 'dnsrr') ?? '', /mode host/);
    assert.equal(checkPorts('80:80 host', 'dnsrr'), undefined);
    assert.deepEqual(parsePorts('1:2, 3/udp host').map(portText), ['1:2/tcp ingress', '3/udp host']);
  });

  test('the restart policy keeps what is not asked about', async () => {
    const control = fakeControl([fakeSpec('shop_web', { TaskTemplate: { RestartPolicy: { Window: 7 } } })]);
    await run(serviceRestartPolicy, service, ['After a failure', '1m30s', '3'], { control });
    assert.deepEqual(control.specs.get(web.id)?.TaskTemplate.RestartPolicy, {
      Window: 7,
      Condition: 'on-failure',
      Delay: 90e9,
      MaxAttempts: 3,
    });
  });
});

suite('Create Service', () => {
  test('makes a service from a snippet, by arguments that no name can break out of', async () => {
    const cli = fakeCli(() => 'id-front-door\n');
    const control = fakeControl([fakeSpec('front-door')]);
    const answers = ['Web server on each node', 'front-door', 'example/web:1', '8080:80', ['front']];
    const { said } = await run(serviceCreate, undefined, answers, { cli, control });
    assert.equal(said.at(-1), 'done: front-door runs.');
    assert.deepEqual(cli.runs, [
      'service create --detach --with-registry-auth --name=front-door --mode=global --publish=published=8080,target=80,protocol=tcp,mode=host --network=front --endpoint-mode=dnsrr --update-failure-action=rollback --update-parallelism=1 -- example/web:1',
    ]);
    const rm = await run(serviceCreate, undefined, ['Worker', '--rm'], { cli, control });
    assert.match(rm.said.at(-1) ?? '', /is refused/);
    const taken = await run(serviceCreate, undefined, ['Worker', 'shop_web'], { cli, control });
    assert.match(taken.said.at(-1) ?? '', /There is a service of this name/);
  });

  test('that is cancelled is removed again', async () => {
    const control = fakeControl([fakeSpec('new')]);
    const stopped = new AbortController();
    const ui = fakeUi(['Worker', 'new', 'example/worker:1', []]);
    ui.progress = async (_title, work) => work(() => stopped.abort(), stopped.signal);
    const progress = async () => ({
      name: 'new',
      desired: 2,
      fresh: 0,
      wanted: 2,
      update: undefined,
      error: undefined,
    });
    const cli = fakeCli(() => 'id-new');
    const { said } = await run(serviceCreate, undefined, [], { ui, cli, control: { ...control, progress } });
    assert.deepEqual(control.calls, ['remove service id-new']);
    assert.equal(said.at(-1), 'done: new is removed again.');
  });
});

suite('several at once', () => {
  const api = fakeSwarmService('shop_api');
  const both = [service, { kind: 'service', service: api }] as const;
  const parts = { all: both, swarm: { services: [web, api] } };

  test('services are scaled and removed together, after one question', async () => {
    const control = fakeControl([fakeSpec('shop_web'), fakeSpec('shop_api')]);
    const { said } = await run(serviceScale, service, ['4'], { ...parts, control });
    assert.deepEqual(
      said.filter((line) => line.startsWith('done')),
      ['done: shop_web 4/4 running.', 'done: shop_api 4/4 running.'],
    );
    for (const spec of control.specs.values()) assert.equal(spec.Mode?.Replicated?.Replicas, 4);
    const removed = await run(serviceRemove, service, [true], { ...parts, control });
    assert.match(removed.said[0] ?? '', /^confirm: Remove shop_web and shop_api\?/);
    assert.deepEqual(control.calls.slice(-2), [`remove service ${web.id}`, `remove service ${api.id}`]);
  });

  test('one that fails leaves the others alone and is named', async () => {
    const control = fakeControl([fakeSpec('shop_web'), fakeSpec('shop_api')]);
    const changeService: typeof control.changeService = async (id, change) => {
      if (id === web.id) throw new Error('shop_web has gone.');
      await control.changeService(id, change);
    };
    const { said } = await run(serviceScale, service, ['2'], { ...parts, control: { ...control, changeService } });
    assert.equal(said.at(-1), 'fail: shop_web has gone.');
    assert.deepEqual(control.calls, [`changeService ${api.id}`]);
  });

  test('nodes are drained and labelled together; all managers are never demoted', async () => {
    const third = fakeNode('node3');
    const all = [node(worker), node(third)];
    const swarm = { nodes: [manager, worker, third] };
    const drained = await run(nodeDrain, node(worker), [true], { all, swarm });
    assert.match(drained.said[0] ?? '', /^confirm: Drain node2 and node3\?/);
    assert.deepEqual([...drained.control.calls].sort(), ['changeNode id-node2', 'changeNode id-node3']);
    const control = fakeControl();
    control.nodeSpecs.set(worker.id, { Role: 'worker', Availability: 'active', Labels: { old: '1' } });
    await run(nodeLabels, node(worker), ['zone=east'], { all, swarm, control });
    assert.deepEqual(control.nodeSpecs.get(worker.id)?.Labels, { old: '1', zone: 'east' });
    const promoted = await run(nodePromote, node(worker), [true], { all, swarm });
    assert.match(promoted.said[0] ?? '', /With 3 managers the swarm goes on while at most 1 of them is away\.$/);
    const managers = { ...worker, role: 'manager' as const };
    const refused = await run(nodeDemote, node(manager), [], {
      all: [node(manager), node(managers)],
      swarm: { nodes: [manager, managers] },
    });
    assert.match(refused.said.at(-1) ?? '', /node1 and node2 are the only managers/);
  });

  test('secrets are removed together', async () => {
    const files = ['a', 'b'].map((name): SwarmTarget => ({ kind: 'secret', file: fakeSwarmFile(name) }));
    const { said, control } = await run(secretRemove, files[0], [true], { all: files });
    assert.match(said[0] ?? '', /^confirm: Remove the secret a and b\?/);
    assert.deepEqual(control.calls, ['remove secret id-a', 'remove secret id-b']);
  });
});

suite('what is offered against a cause', () => {
  const short = { ...web, running: 0 };
  const target: SwarmTarget = { kind: 'service', service: short };
  const failing = (error: string, nodeId = 'id-node1'): Partial<SwarmSnapshot> => ({
    services: [short],
    tasks: [fakeTask('shop_web.1', { state: 'rejected', desiredState: 'shutdown', error, nodeId })],
  });
  const missing = 'network sandbox join failed: could not find docker_gwbridge';
  const here = (swarm: Partial<SwarmSnapshot>) => {
    const snapshot = fakeSwarmSnapshot({ nodes: [manager, worker], ...swarm });
    const { info } = snapshot;
    return {
      snapshot: () => ({ ...snapshot, info: info && { ...info, swarm: { ...info.swarm, nodeId: 'id-node1' } } }),
    };
  };

  test('a missing bridge is made on this node, and its command copied for another', async () => {
    const own = await run(serviceDiagnose, target, ['Create docker_gwbridge…', '10.11.0.0/16'], here(failing(missing)));
    assert.deepEqual(own.control.calls, ['createGwbridge 10.11.0.0/16']);
    const other = await run(serviceDiagnose, target, ['Copy Command'], here(failing(missing, 'id-node2')));
    assert.deepEqual(other.control.calls, []);
    assert.match(other.said.at(-1) ?? '', /^copy: docker network create --driver=bridge .* docker_gwbridge$/);
    assert.deepEqual((await run(gwbridgeCreate, undefined, [''])).control.calls, ['createGwbridge']);
  });

  test('what ends by itself has a log, a taken port another one', async () => {
    const exits = await run(serviceDiagnose, target, ['Show Logs'], here(failing('task: non-zero exit (1)')));
    assert.equal(exits.ctx.logged.at(-1), 'logs of shop_web');
    const taken = await run(serviceDiagnose, target, ['Publish Ports…', '8081:80'], {
      ...here(failing('host-mode port already in use on 1 node')),
    });
    assert.match(taken.said.at(-1) ?? '', /^done: shop_web publishes 8081:80/);
  });

  test('nothing that acts is offered where the workspace is not trusted', async () => {
    const ui = fakeUi(['Create docker_gwbridge…']);
    ui.trusted = false;
    const { said, control } = await run(serviceDiagnose, target, [], { ui, ...here(failing(missing)) });
    assert.match(said.at(-1) ?? '', /^warn: The bridge/);
    assert.deepEqual(control.calls, []);
  });
});

suite('what a service is reached by', () => {
  test('is in front of everything else that is known', async () => {
    const published = { published: 8080, target: 80, protocol: 'tcp', host: undefined, mode: 'ingress' as const };
    const shown: string[] = [];
    const ui = fakeUi();
    ui.showText = async (_title, _language, text) => void shown.push(text);
    const network = fakeSwarmNetwork('front');
    const swarm = {
      services: [{ ...web, ports: [published], virtualAddresses: [{ network: network.id, address: '10.0.1.2' }] }],
      tasks: [fakeTask('shop_web.1', { addresses: [{ network: network.id, address: '10.0.1.3' }] })],
      resources: { networks: [network], secrets: [], configs: [] },
    };
    await run(serviceInspect, service, [], { ui, swarm });
    const [text = ''] = shown;
    assert.match(text, /\| front \| 10\\\.0\\\.1\\\.2 \|/);
    assert.match(text, /8080 → 80\/tcp \\\(ingress\\\) \| node1, node2 \|/);
    assert.match(text, /\| shop\\_web\\\.1 \| running \| node1 \| 10\\\.0\\\.1\\\.3 in front \|  \|/);
    assert.match(text, /```json\n\{/);
  });
});

suite('logs of a swarm', () => {
  const agent = fakeSwarmService('agent', { mode: 'global' });
  const container = { containerId: 'c' };
  const swarm: SwarmSnapshot = {
    ...{ nodes: [manager, worker], resources: { networks: [], secrets: [], configs: [] }, error: undefined },
    services: [web, agent],
    tasks: [
      fakeTask('shop_web.1', container),
      fakeTask('shop_web.2', {
        ...container,
        state: 'failed',
        desiredState: 'shutdown',
        error: 'task: non-zero exit (1)',
      }),
      fakeTask('shop_web.3', { state: 'pending' }),
      fakeTask('agent', { ...container, id: 'on2', slot: undefined, nodeId: worker.id }),
      fakeTask('agent', { ...container, id: 'on1', slot: undefined }),
    ],
  };
  const followed = (...targets: readonly SwarmTarget[]): readonly string[] => {
    const scope: LogScope = targets.flatMap((target) => swarmScopePart(target, swarm) ?? []);
    return sourcesOf(scope, swarmLogged({ swarm })).map(({ name }) => name);
  };

  test('follow stacks, services and tasks; a failed task too, and one of a global service by its node', () => {
    assert.deepEqual(followed({ kind: 'stack', stack: { name: 'shop', services: [] } }), ['web-1', 'web-2']);
    assert.deepEqual(followed({ kind: 'service', service: agent }), ['agent-node1', 'agent-node2']);
    const [first] = swarm.tasks;
    const on2 = swarm.tasks.find(({ id }) => id === 'on2');
    assert.ok(first && on2);
    assert.deepEqual(followed({ kind: 'task', task: first, name: 'web.1', place: 'node1' }), ['web-1']);
    assert.deepEqual(followed({ kind: 'task', task: on2, name: 'agent', place: 'node2' }), ['agent-node2']);
    assert.deepEqual(followed({ kind: 'node', node: worker, running: 1 }), []);
  });

  test('ask which where nothing is chosen', async () => {
    const asked = await run(swarmLogs, undefined, ['shop'], { swarm });
    assert.equal(asked.ctx.logged.at(-1), 'logs of shop');
    const none = await run(swarmLogs, undefined, [], { swarm: { services: [] } });
    assert.match(none.said.at(-1) ?? '', /runs no service/);
  });
});

suite('a deployment that is stopped', () => {
  const project = fakeProject('shop', [], { target: 'stack', files: ['file:///code/shop/shop-stack.yaml'] });
  const file: SwarmTarget = { kind: 'file', uri: 'file:///code/shop/shop-stack.yaml' };

  test('goes back: what changed is rolled back, what is new is removed, what stayed is left alone', async () => {
    const services = [web, fakeSwarmService('shop_same')];
    const swarm = { services };
    const control = fakeControl(['shop_web', 'shop_same', 'shop_new'].map((name) => fakeSpec(name)));
    const cli = fakeCli((args) => {
      if (args[1] === 'config') return 'services: { web: { image: "example/image:2" } }';
      control.specs.set(web.id, fakeSpec('shop_web', { Mode: { Replicated: { Replicas: 9 } } }));
      services.push(fakeSwarmService('shop_new'));
      throw new CliError('cancelled', 'Cancelled.');
    });
    const { said } = await run(stackRedeploy, file, ['shop', true], {
      ...{ cli, control, swarm },
      language: { projects: async () => [project] },
    });
    assert.deepEqual(control.calls, [`rollBack ${web.id}`, 'remove service id-shop_new']);
    assert.equal(
      said.at(-1),
      'warn: The deployment of shop was stopped. shop_web goes back to what it was. shop_new was new and is removed.',
    );
    assert.ok(
      cli.runs.includes('stack deploy --compose-file=/code/shop/shop-stack.yaml --resolve-image=always -- shop'),
    );
  });
});
