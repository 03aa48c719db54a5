import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Replica } from '../../../../client/src/engine/engine.js';
import { nothingSeen, withReplicas } from '../../../../client/src/engine/snapshot.js';
import type { Snapshot } from '../../../../client/src/engine/snapshot.js';
import { joinProjects } from '../../../../client/src/model/projects.js';
import type { Target } from '../../../../client/src/model/target.js';
import { present } from '../../../../client/src/tree/present.js';
import { serviceNodes } from '../../../../client/src/tree/serviceNodes.js';
import { changes, showTree } from '../../../../client/src/tree/shownTree.js';
import type { ShownTree } from '../../../../client/src/tree/shownTree.js';
import { fakeProject, fakeService } from '../../../support/fakeCtx.js';
import { fakeReplica } from '../../../support/fakeEngine.js';

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);
const replicas = numbers(50).flatMap((project) =>
  ['api', 'web'].flatMap((service) => numbers(5).map((number) => fakeReplica(`p${project}-${service}-${number}`))),
);
const workspace = numbers(50).map((project) =>
  fakeProject(
    `p${project}`,
    ['api', 'web'].map((name) => fakeService(name, { replicas: 5 })),
  ),
);
const everything: Snapshot = {
  ...nothingSeen,
  state: { kind: 'connected' },
  replicas: new Map(replicas.map((replica) => [replica.id, replica])),
};

function shown(snapshot: Snapshot): ShownTree<Target> {
  const joined = { workspace, snapshot, scaled: new Map(), hashes: new Map(), others: true };
  return showTree(serviceNodes(joinProjects(joined)), present);
}

suite('500 containers in 50 projects', () => {
  test('the tree is ready at once', () => {
    const before = process.cpuUsage();
    assert.equal(shown(everything).nodes.size, 50 + 100 + 500);
    // Of a core, so that a busy machine makes no difference.
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < 500_000, `${user + system} µs`);
  });

  test('an event shows only its nodes anew', () => {
    const before = shown(everything);
    const sick: Replica = { ...fakeReplica('p7-api-3'), health: 'unhealthy' };
    const after = shown(withReplicas(everything, [sick.id], [sick]));
    assert.deepEqual(changes(before, after), ['compose/p7/api']);
    const gone = shown(withReplicas(everything, ['id-p9-web-5'], []));
    assert.deepEqual(changes(before, gone), ['compose/p9/web']);
  });
});
