import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { SwarmSnapshot } from '../../../../client/src/engine/snapshot.js';
import { swarmNodes } from '../../../../client/src/swarm/nodes.js';
import { present } from '../../../../client/src/swarm/present.js';
import type { SwarmTarget } from '../../../../client/src/swarm/target.js';
import { changes, showTree } from '../../../../client/src/tree/shownTree.js';
import type { ShownTree } from '../../../../client/src/tree/shownTree.js';
import { fakeSwarmSnapshot } from '../../../support/fakeSwarm.js';
import { manyServices, readRecorded } from '../../../support/manyServices.js';

function show(swarm: SwarmSnapshot): ShownTree<SwarmTarget> {
  return showTree(swarmNodes(fakeSwarmSnapshot(swarm)), present);
}

suite('200 services with 2,000 tasks, as an Engine answers them', () => {
  const answers = manyServices(200);
  const swarm = readRecorded(answers);

  test('are all in the tree, and what was replaced is not', () => {
    const { nodes } = show(swarm);
    const count = (kind: string): number => [...nodes.values()].filter(({ value }) => value.kind === kind).length;
    assert.deepEqual(
      ['stack', 'service', 'task', 'node'].map(count),
      // Each task stands below its service and below its node.
      [20, 200, 2 * 2000, 3],
    );
    assert.equal(answers.tasks.length, 200 * 11);
    const [service] = [...nodes].find(([id]) => id.startsWith('service/')) ?? [];
    assert.equal(nodes.get(service ?? '')?.item.description, '10/10 · busybox:1.36 · :8080');
  });

  test('an event shows only its own nodes anew', () => {
    const before = show(swarm);
    const [service, ...others] = answers.services;
    assert.ok(service);
    const scaled = { ...service, ServiceStatus: { RunningTasks: 9, DesiredTasks: 10 } };
    const after = show(readRecorded({ ...answers, services: [scaled, ...others] }));
    const stack = `stack/${service.Spec.Labels?.['com.docker.stack.namespace']}`;
    assert.deepEqual(changes(before, after), [stack]);
    const at = answers.tasks.findIndex(({ Status }) => Status.State === 'running');
    const tasks = answers.tasks.map((task, index) =>
      index === at ? { ...task, Status: { ...task.Status, State: 'failed', Err: 'task: non-zero exit (1)' } } : task,
    );
    const [failed] = tasks.slice(at);
    assert.ok(failed);
    assert.deepEqual(changes(before, show(readRecorded({ ...answers, tasks }))), [
      `service/${failed.ServiceID}/${failed.ID}`,
      `node/${failed.NodeID}`,
    ]);
  });

  test('the same answer again shows nothing anew', () => {
    assert.deepEqual(changes(show(swarm), show(readRecorded(manyServices(200)))), []);
  });
});
