import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SwarmSnapshot } from '../../../../client/src/engine/snapshot.js';
import { joinProjects } from '../../../../client/src/model/projects.js';
import { swarmFindings } from '../../../../client/src/swarm/findings.js';
import { fakeProject, fakeService } from '../../../support/fakeCtx.js';
import { fakeNode, fakeSwarmService, fakeSwarmSnapshot, fakeTask } from '../../../support/fakeSwarm.js';

const place = { start: { line: 3, character: 2 }, end: { line: 3, character: 5 } };
const workspace = [
  fakeProject('ha', [fakeService('web', { uri: 'file:///ha-stack.yaml', range: place })], { target: 'stack' }),
  fakeProject('ha', [fakeService('web')]),
];
const failed = { state: 'rejected', desiredState: 'shutdown', error: 'No such image: web:9' } as const;

function findings(swarm: Partial<SwarmSnapshot>): readonly string[] {
  const snapshot = fakeSwarmSnapshot({ nodes: [fakeNode('node1'), fakeNode('node2')], ...swarm });
  const nothing = new Map<never, never>();
  const projects = joinProjects({ workspace, snapshot, scaled: nothing, hashes: nothing, others: false });
  return swarmFindings(projects, snapshot.swarm).map(({ uri, range, message, code }) => {
    assert.deepEqual([uri, range], ['file:///ha-stack.yaml', place]);
    return `${code}: ${message}`;
  });
}

test('failing tasks are told where their service is written, in full, and each error once', () => {
  const services = [fakeSwarmService('ha_web', { running: 1, desired: 3 })];
  const tasks = [
    fakeTask('ha_web.1', failed),
    fakeTask('ha_web.1', { ...failed, id: 'next', desiredState: 'running' }),
    fakeTask('ha_web.2', { ...failed, nodeId: 'id-node2' }),
    fakeTask('ha_web.3'),
    fakeTask('other.1', failed),
  ];
  assert.deepEqual(findings({ services, tasks }), [
    'task-failed: 1 of 3 tasks run in the swarm. web.1 on node1, web.2 on node2: No such image: web:9.',
  ]);
  const waits = { state: 'pending', error: 'no suitable node (insufficient resources on 2 nodes)', nodeId: undefined };
  assert.deepEqual(findings({ services, tasks: [fakeTask('ha_web.1', waits)] }), [
    'task-failed: 1 of 3 tasks run in the swarm. web.1: no suitable node (insufficient resources on 2 nodes).',
  ]);
});

test('a paused update is told; what is well again is not', () => {
  const update = { state: 'paused', message: 'update paused due to failure' };
  assert.deepEqual(findings({ services: [fakeSwarmService('ha_web', { update })] }), [
    'update-paused: The update of ha_web is paused after a failure: update paused due to failure.',
  ]);
  const tasks = [fakeTask('ha_web.1'), fakeTask('ha_web.1', { id: 'old', ...failed })];
  assert.deepEqual(findings({ services: [fakeSwarmService('ha_web')], tasks }), []);
});
