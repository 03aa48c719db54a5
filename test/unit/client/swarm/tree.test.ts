import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Snapshot } from '../../../../client/src/engine/snapshot.js';
import { nothingSeen } from '../../../../client/src/engine/snapshot.js';
import type { SwarmNode } from '../../../../client/src/engine/swarm.js';
import { swarmNodes } from '../../../../client/src/swarm/nodes.js';
import { present } from '../../../../client/src/swarm/present.js';
import type { SwarmTarget } from '../../../../client/src/swarm/target.js';
import type { TreeNode } from '../../../../client/src/tree/node.js';
import { changes, showTree } from '../../../../client/src/tree/shownTree.js';
import { fakeInfo } from '../../../support/fakeEngine.js';
import {
  fakeNode,
  fakeSwarmFile,
  fakeSwarmNetwork,
  fakeSwarmService,
  fakeSwarmSnapshot,
  fakeTask,
} from '../../../support/fakeSwarm.js';

const nodes = [
  fakeNode('node1', { role: 'manager', leader: true }),
  fakeNode('node2', { genericResources: new Map([['NVIDIA-GPU', 2]]), labels: new Map([['zone', 'east']]) }),
  fakeNode('node3', { state: 'down', availability: 'drain' }),
];

const swarm = {
  nodes,
  services: [
    fakeSwarmService('ha_web', {
      running: 2,
      desired: 3,
      update: { state: 'updating', message: 'update in progress' },
      ports: [{ published: 80, target: 8000, protocol: 'tcp', host: undefined, mode: 'ingress' }],
    }),
    fakeSwarmService('ha_proxy', { mode: 'global' }),
    fakeSwarmService('alone'),
  ],
  tasks: [
    fakeTask('ha_web.2', { nodeId: 'id-node2' }),
    fakeTask('ha_web.1'),
    fakeTask('ha_web.3', {
      nodeId: undefined,
      state: 'pending',
      error: 'no suitable node (scheduling constraints not satisfied on 3 nodes)',
    }),
    fakeTask('ha_web.1', { id: 'old', state: 'shutdown', desiredState: 'shutdown' }),
    fakeTask('ha_proxy.0', { slot: undefined }),
  ],
  resources: {
    networks: [fakeSwarmNetwork('ingress', { ingress: true }), fakeSwarmNetwork('front', { attachable: true })],
    secrets: [fakeSwarmFile('password', { createdAt: Date.UTC(2026, 0, 2) })],
    configs: [],
  },
};

function draw(snapshot: Snapshot): readonly string[] {
  const line = (node: TreeNode<SwarmTarget>, indent: string): readonly string[] => {
    const { label, description = '', icon } = present(node.value);
    return [
      `${indent}${label}  ${description} [${icon.name}]`,
      ...node.children.flatMap((child) => line(child, `${indent}  `)),
    ];
  };
  return swarmNodes(snapshot).flatMap((node) => line(node, ''));
}

suite('the tree of a swarm', () => {
  test('has stacks, services, tasks, nodes, networks, secrets and configs', () => {
    assert.deepEqual(draw(fakeSwarmSnapshot(swarm)), [
      'Swarm  manager · 3 nodes [server-environment]',
      '  ha  1/2 services complete [layers]',
      '    proxy  1/1 · global · example/image:1 [play-circle]',
      '      proxy on node1  running [play-circle]',
      '    web  2/3 · updating · example/image:1 · :80 [sync]',
      '      web.1  running · node1 [play-circle]',
      '      web.2  running · node2 [play-circle]',
      '      web.3  pending → running · no suitable node (scheduling constraints not satisfied on 3 nodes) [warning]',
      '  alone  1/1 · example/image:1 [play-circle]',
      '  Nodes   [server]',
      '    node1  leader · 2 tasks [star-empty]',
      '      ha_web.1  running · node1 [play-circle]',
      '      ha_proxy on node1  running [play-circle]',
      '    node2  worker · 1 task · 2 NVIDIA-GPU · zone=east [vm]',
      '      ha_web.2  running · node2 [play-circle]',
      '    node3  Down · worker · drained · 0 tasks [error]',
      '  Networks   [type-hierarchy]',
      '    front  overlay · attachable [type-hierarchy]',
      '    ingress  overlay · routing mesh [type-hierarchy]',
      '  Secrets   [key]',
      '    password  created 2026-01-02 [key]',
      '  Configs   [file-code]',
    ]);
  });

  test('is empty outside of a swarm', () => {
    assert.deepEqual(draw({ ...nothingSeen, state: { kind: 'connected' }, info: fakeInfo }), []);
  });

  test('on a worker says whom to ask', () => {
    const info = { ...fakeInfo, swarm: { ...fakeInfo.swarm, state: 'active' as const } };
    assert.deepEqual(draw({ ...nothingSeen, info }), [
      'Swarm  worker · ask a manager for its services [server-environment]',
    ]);
  });

  test('says what this Engine is in it, without saying it twice', () => {
    const manager = (name: string, more = {}): SwarmNode => fakeNode(name, { role: 'manager', ...more });
    const said = (...nodes: readonly SwarmNode[]): string | undefined => draw(fakeSwarmSnapshot({ nodes }))[0];
    assert.equal(said(manager('a')), 'Swarm  manager · 1 node [server-environment]');
    const five = [manager('a'), manager('b'), manager('c'), fakeNode('d'), fakeNode('e')];
    assert.equal(said(...five), 'Swarm  one of 3 managers · 5 nodes [server-environment]');
    const lame = [manager('a'), manager('b', { state: 'down' }), manager('c')];
    assert.equal(said(...lame), 'Swarm  one of 3 managers · 1 down [warning]');
  });

  test('names a lost quorum', () => {
    const error = 'rpc error: code = Unknown desc = The swarm does not have a leader.';
    assert.deepEqual(draw(fakeSwarmSnapshot({ error })), ['Swarm  manager · has lost its quorum [warning]']);
  });

  test('shows what failed in a slot until something runs there', () => {
    const failed = fakeTask('ha_web.1', {
      id: 'failed',
      at: 5,
      state: 'failed',
      desiredState: 'shutdown',
      error: 'task: non-zero exit (1)',
    });
    const older = { ...failed, id: 'older', at: 3 };
    const next = fakeTask('ha_web.1', { id: 'next', at: 6, state: 'preparing' });
    const services = [fakeSwarmService('ha_web')];
    const lines = (tasks: readonly (typeof next)[]): readonly string[] =>
      draw(fakeSwarmSnapshot({ services, tasks })).filter((line) => line.includes('web.1'));
    assert.deepEqual(lines([older, failed, next]), [
      '      web.1  preparing → running [sync]',
      '      web.1  failed · task: non-zero exit (1) [error]',
    ]);
    assert.equal(lines([older, failed, { ...next, state: 'running' }]).length, 1);
  });

  test('says in words what icons say', () => {
    const shown = showTree(swarmNodes(fakeSwarmSnapshot(swarm)), present);
    const label = (id: string): string | undefined => shown.nodes.get(id)?.item.accessibleLabel;
    assert.equal(label('service/id-ha_web'), 'web, 2 of 3 tasks running, updating, example/image:1, :80');
    assert.equal(label('node/id-node3'), 'node3, Down, worker, drained, 0 tasks');
    assert.equal(label('stack/ha'), 'ha, stack, 1 of 2 services complete');
    for (const { item } of shown.nodes.values()) assert.ok(item.accessibleLabel);
  });
});

suite('200 services with 2,000 tasks', () => {
  const services = Array.from({ length: 200 }, (_, index) =>
    fakeSwarmService(`stack${index % 20}_service${index}`, { running: 10, desired: 10 }),
  );
  const tasks = services.flatMap(({ name }, service) =>
    Array.from({ length: 10 }, (_, slot) =>
      fakeTask(`${name}.${slot + 1}`, { nodeId: `id-node${((service + slot) % 3) + 1}` }),
    ),
  );
  const many = { services, tasks, nodes: nodes.map((node) => ({ ...node, state: 'ready' as const })) };

  test('each is looked at a few times, not once per other', () => {
    let reads = 0;
    const counted = tasks.map((task) => ({
      ...task,
      get serviceId() {
        reads++;
        return task.serviceId;
      },
    }));
    const roots = swarmNodes(fakeSwarmSnapshot({ ...many, tasks: counted }));
    let presented = 0;
    const shown = showTree(roots, (value) => {
      presented++;
      return present(value);
    });
    // Swarm, stacks, services, tasks below services and again below nodes, four groups, nodes.
    assert.equal(shown.nodes.size, 1 + 20 + 200 + 2 * 2000 + 4 + 3);
    assert.equal(presented, shown.nodes.size);
    assert.ok(reads <= 4 * tasks.length, `${reads} reads of ${tasks.length} tasks`);
  });

  test('a change shows only its own nodes anew', () => {
    const before = showTree(swarmNodes(fakeSwarmSnapshot(many)), present);
    const [first, ...rest] = tasks;
    assert.ok(first);
    const failed = { ...first, state: 'failed', error: 'task: non-zero exit (1)' };
    const after = showTree(swarmNodes(fakeSwarmSnapshot({ ...many, tasks: [failed, ...rest] })), present);
    assert.deepEqual(changes(before, after), [`service/${first.serviceId}/${first.id}`, 'node/id-node1']);
    const down = many.nodes.map((node) => (node.hostname === 'node2' ? { ...node, state: 'down' as const } : node));
    const lost = showTree(swarmNodes(fakeSwarmSnapshot({ ...many, nodes: down })), present);
    assert.deepEqual(changes(before, lost), ['node/id-node2']);
  });
});
