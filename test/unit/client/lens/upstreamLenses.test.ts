import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nothingSeen } from '../../../../client/src/engine/snapshot.js';
import { titleNow } from '../../../../client/src/lens/upstreamLenses.js';
import { joinProjects } from '../../../../client/src/model/projects.js';
import { fakeProject, fakeService } from '../../../support/fakeCtx.js';
import { fakeReplica } from '../../../support/fakeEngine.js';

const shop = fakeProject('shop', [fakeService('api', { replicas: 3 }), fakeService('web')]);
const target = { uri: shop.files[0] ?? '', service: 'web', behind: { api: 3 } };

function projects(...replicas: readonly ReturnType<typeof fakeReplica>[]) {
  return joinProjects({
    workspace: [shop],
    snapshot: {
      ...nothingSeen,
      state: { kind: 'connected' },
      replicas: new Map(replicas.map((it) => [it.id, it])),
    },
    scaled: new Map(),
    hashes: new Map(),
    others: true,
  });
}

void test('a lens over an upstream counts the replicas that run', () => {
  const now = projects(fakeReplica('shop-api-1'), fakeReplica('shop-web-1'));
  assert.equal(titleNow('3 replicas of api · reload nginx', target, now), '1 replica of api · reload nginx');
});

void test('it counts what the file says where nothing of the project runs', () => {
  assert.equal(titleNow('3 replicas of api', target, projects()), '3 replicas of api');
  assert.equal(
    titleNow('3 replicas of api', { ...target, uri: 'file:///elsewhere.yaml' }, projects(fakeReplica('shop-api-1'))),
    '3 replicas of api',
  );
});
