import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Task } from '../../../../client/src/engine/swarm.js';
import type { ServiceSpec } from '../../../../client/src/engine/swarmSpec.js';
import { diagnose } from '../../../../client/src/swarm/diagnose.js';
import type { Cause } from '../../../../client/src/swarm/diagnose.js';
import { satisfies } from '../../../../client/src/swarm/placement.js';
import { fakeNode, fakeSpec, fakeSwarmNetwork, fakeSwarmService, fakeTask } from '../../../support/fakeSwarm.js';

const nodes = [fakeNode('node1', { role: 'manager' }), fakeNode('node2', { labels: new Map([['gpu', 'yes']]) })];
const short = fakeSwarmService('shop_web', { running: 0, desired: 1 });

function causes(error: string, template: ServiceSpec['TaskTemplate'] = {}, more: Partial<Task> = {}): readonly Cause[] {
  const tasks = [fakeTask('shop_web.1', { state: 'rejected', desiredState: 'shutdown', error, ...more })];
  return diagnose({
    service: short,
    spec: fakeSpec('shop_web', { TaskTemplate: template }),
    tasks,
    nodes,
    networks: [],
  });
}

suite('why a service does not run', () => {
  const cases: readonly (readonly [error: string, id: string, said: RegExp])[] = [
    ['No such image: web:9', 'imageMissing', /is not on node1 and cannot be pulled/],
    [
      'driver failed programming external connectivity: Bind for 0.0.0.0:8083 failed: port is already allocated',
      'portInUse',
      /^Port 8083 is taken on node1/,
    ],
    ['network sandbox join failed: could not find docker_gwbridge', 'gwbridge', /docker network create/],
    [
      'starting container failed: error creating external connectivity network: all predefined address pools have been fully subnetted',
      'gwbridge',
      /on node1, because every range of addresses that the Engine may take is in use/,
    ],
    [
      'failed to allocate gateway: all predefined address pools have been fully subnetted',
      'networkPool',
      /no free range of addresses/,
    ],
    ['invalid mount config for type "bind": bind source path does not exist: /data', 'mountMissing', /not on node1/],
    ['task: non-zero exit (137)', 'outOfMemory', /more memory than its limit/],
    ['task: non-zero exit (137): dockerexec: unhealthy container', 'unhealthy', /fails its health check/],
    ['task: non-zero exit (1)', 'exits', /ends by itself on node1/],
    ['something new', 'unknown', /something new/],
  ];
  for (const [error, id, said] of cases) {
    test(`${id}: ${error}`, () => {
      const [cause, ...others] = causes(error);
      assert.equal(cause?.id, id);
      assert.match(cause?.text ?? '', said);
      assert.equal(cause?.said, error);
      assert.deepEqual(others, []);
    });
  }

  test('no node satisfies a constraint', () => {
    const error = 'no suitable node (scheduling constraints not satisfied on 2 nodes)';
    const [cause] = causes(
      error,
      { Placement: { Constraints: ['node.labels.gpu == no', 'node.role==manager'] } },
      { state: 'pending', desiredState: 'running', nodeId: undefined },
    );
    assert.equal(cause?.id, 'noSuitableNode');
    assert.match(
      cause?.text ?? '',
      /no node satisfies `node\.labels\.gpu==no`; only node1 satisfies `node\.role==mana/,
    );
  });

  test('no node has the resources', () => {
    const gpu = { DiscreteResourceSpec: { Kind: 'NVIDIA-GPU', Value: 1 } };
    const Reservations = { NanoCPUs: 16e9, GenericResources: [gpu] };
    const [cause] = causes(
      'no suitable node (insufficient resources on 2 nodes)',
      { Resources: { Reservations } },
      { state: 'pending', desiredState: 'running' },
    );
    assert.match(cause?.text ?? '', /reserves 16 CPUs .* \(the largest has 2 in all\)/);
    assert.match(cause?.text ?? '', /no node offers the generic resource `NVIDIA-GPU`/);
  });

  test('a port that is taken on every node is a port, and not a node, to change', () => {
    const waits = { state: 'pending', desiredState: 'running', nodeId: undefined };
    const [only] = causes('no suitable node (host-mode port already in use on 2 nodes)', {}, waits);
    assert.equal(only?.id, 'portInUse');
    const mixed =
      'no suitable node (host-mode port already in use on 1 node; scheduling constraints not satisfied on 1 node)';
    assert.equal(causes(mixed, {}, waits)[0]?.id, 'noSuitableNode');
  });

  test('a network without addresses holds its tasks back, though Swarm says nothing', () => {
    const networks = [fakeSwarmNetwork('inner'), fakeSwarmNetwork('other')];
    const spec = fakeSpec('shop_web', { TaskTemplate: { Networks: [{ Target: 'id-inner' }] } });
    const tasks = [fakeTask('shop_web.1', { state: 'new', nodeId: undefined })];
    const [dry] = diagnose({ service: short, spec, tasks, nodes, networks });
    assert.equal(dry?.id, 'networkPool');
    assert.match(dry?.text ?? '', /for the network inner of shop_web/);
    const wet = networks.map((network) => ({ ...network, subnets: ['10.0.1.0/24'] }));
    assert.equal(diagnose({ service: short, spec, tasks, nodes, networks: wet })[0]?.id, 'onItsWay');
  });

  test('many tasks with one cause are one cause', () => {
    const tasks = [1, 2, 3].map((slot) =>
      fakeTask(`shop_web.${slot}`, { state: 'rejected', desiredState: 'shutdown', error: 'No such image: web:9' }),
    );
    assert.equal(diagnose({ service: short, spec: fakeSpec('shop_web'), tasks, nodes, networks: [] }).length, 1);
  });

  test('a paused update comes first', () => {
    const service = { ...short, update: { state: 'paused', message: 'update paused due to failure' } };
    const tasks = [fakeTask('shop_web.1', { state: 'rejected', desiredState: 'shutdown', error: 'No such image: x' })];
    const found = diagnose({ service, spec: fakeSpec('shop_web'), tasks, nodes, networks: [] });
    assert.deepEqual(
      found.map(({ id }) => id),
      ['updatePaused', 'imageMissing'],
    );
  });

  test('dnsrr and the routing mesh exclude each other', () => {
    const spec = fakeSpec('shop_web', { EndpointSpec: { Mode: 'dnsrr', Ports: [{ PublishMode: 'ingress' }] } });
    assert.deepEqual(
      diagnose({ service: short, spec, tasks: [], nodes, networks: [] }).map(({ id }) => id),
      ['dnsrrIngress'],
    );
  });

  test('what is well has no cause; what is scaled to zero and what is on its way say so', () => {
    const spec = fakeSpec('shop_web');
    const ask = (service: typeof short, tasks: readonly Task[]): string | undefined =>
      diagnose({ service, spec, tasks, nodes, networks: [] })[0]?.id;
    assert.equal(ask({ ...short, running: 1 }, [fakeTask('shop_web.1')]), undefined);
    assert.equal(ask({ ...short, desired: 0 }, []), 'scaledToZero');
    assert.equal(ask(short, [fakeTask('shop_web.1', { state: 'preparing' })]), 'onItsWay');
    assert.equal(ask(short, []), 'unknown');
  });

  test('constraints are read as Swarm reads them', () => {
    const [manager, worker] = nodes;
    assert.ok(manager && worker);
    assert.equal(satisfies(manager, 'node.role == Manager'), true);
    assert.equal(satisfies(worker, 'node.role!=manager'), true);
    assert.equal(satisfies(manager, 'node.labels.gpu!=yes'), true);
    assert.equal(satisfies(worker, 'node.labels.gpu!=yes'), false);
    assert.equal(satisfies(worker, 'engine.labels.disk==ssd'), undefined);
  });
});
