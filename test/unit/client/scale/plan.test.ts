import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Container } from '../../../../client/src/engine/engine.js';
import { joinProjects } from '../../../../client/src/model/projects.js';
import type { Service } from '../../../../client/src/model/projects.js';
import { nothingSeen } from '../../../../client/src/engine/snapshot.js';
import { checkCount, describePlan, planScale } from '../../../../client/src/scale/plan.js';
import type { LinkedProxy } from '../../../../client/src/proxy/linked.js';
import type { Remark } from '../../../../client/src/scale/plan.js';
import type { WorkspaceService } from '../../../../server/src/protocol.js';
import { fakePort, fakeProject, fakeService } from '../../../support/fakeCtx.js';
import { fakeInfo, fakeReplica } from '../../../support/fakeEngine.js';

function api(count: number, more: Partial<WorkspaceService> = {}, hash?: string): Service {
  const made = Array.from({ length: count }, (_, index) => fakeReplica(`shop-api-${index + 1}`, { configHash: 'old' }));
  const [project] = joinProjects({
    workspace: [fakeProject('shop', [fakeService('api', more)])],
    snapshot: { ...nothingSeen, replicas: new Map(made.map((replica) => [replica.id, replica])) },
    scaled: new Map(),
    hashes: hash === undefined ? new Map() : new Map([['compose/shop/api', hash]]),
    others: true,
  });
  const [service] = project?.services ?? [];
  assert.ok(service);
  return service;
}

const remarks = (
  service: Service,
  to: number,
  world: Partial<Parameters<typeof planScale>[2]> = {},
): readonly Remark[] => planScale(service, to, { info: fakeInfo, containers: service.replicas, ...world }).remarks;
const port = (first: number, last = first): Partial<WorkspaceService> => ({
  ports: [fakePort(80, [first, last])],
});

suite('scale plan', () => {
  for (const [from, to, expected] of [
    [3, 5, 'api: 3 → 5, starts 2 replicas.'],
    [5, 4, 'api: 5 → 4, stops and removes 1 replica.'],
    [2, 2, 'api: 2 → 2, changes nothing.'],
    [1, 0, 'api: 1 → 0, stops and removes 1 replica.'],
  ] as const) {
    test(expected, () => {
      const service = api(from);
      assert.equal(describePlan(planScale(service, to, { info: undefined, containers: service.replicas })), expected);
    });
  }

  test('a service with nothing special has no remark', () => assert.deepEqual(remarks(api(1), 9), []));

  test('a container name allows one replica', () => {
    assert.deepEqual(remarks(api(1, { containerName: 'api' }), 1), []);
    assert.equal(remarks(api(1, { containerName: 'api' }), 2)[0]?.kind, 'blocks');
  });

  test('a published port allows one replica, a range as many as it is long', () => {
    assert.equal(remarks(api(1, port(8080)), 2)[0]?.kind, 'blocks');
    assert.deepEqual(remarks(api(1, port(8080, 8083)), 4), []);
    assert.match(
      remarks(api(1, port(8080, 8083)), 5)[0]?.text ?? '',
      /ports 8080-8083: enough for 4 replicas, not for 5/,
    );
    assert.deepEqual(remarks(api(1, { ports: [fakePort(80)] }), 5), []);
    assert.deepEqual(remarks(api(3, port(8080)), 1), [], 'going down needs no port');
  });

  test('ports that somebody else has, also outside of Compose, leave less for a range', () => {
    const service = api(1, port(8080, 8083));
    const other = (name: string, published: number, protocol = 'tcp'): Container => ({
      id: name,
      name,
      ports: [{ published, target: 80, protocol, host: undefined }],
    });
    const one = api(0, port(8080));
    assert.equal(
      remarks(one, 1, { containers: [other('plain', 8080)] })[0]?.text,
      'api publishes port 8080, which plain has, so it will hardly start.',
    );
    const said = (to: number, ...others: readonly Container[]): string =>
      remarks(service, to, { containers: [...service.replicas, ...others] })[0]?.text ?? '';
    assert.equal(said(3, other('plain', 8081)), '');
    assert.match(
      said(4, other('plain', 8081)),
      /^api publishes ports 8080-8083, and plain has 8081: enough for 3 replicas, not for 4/,
    );
    assert.match(said(3, other('a', 8081), other('b', 8083)), /and a has 8081, b has 8083: enough for 2 replicas/);
    assert.equal(said(4, other('plain', 8081, 'udp'), other('far', 9000)), '');
  });

  test('replicas that have stopped are started again', () => {
    const service = api(3);
    const asleep = service.replicas.map((one, index) => (index === 1 ? { ...one, state: 'exited' as const } : one));
    const said = (to: number): string =>
      describePlan(planScale({ ...service, replicas: asleep }, to, { info: undefined, containers: [] }));
    assert.equal(said(3), 'api: 3 → 3, starts 1 replica.');
    assert.equal(said(4), 'api: 3 → 4, starts 2 replicas.');
    assert.equal(said(2), 'api: 3 → 2, stops and removes 1 replica.', 'that one goes');
  });

  test('GPUs against what the Engine reports', () => {
    const two = { ...fakeInfo, genericResources: new Map([['NVIDIA-GPU', 2]]) };
    assert.deepEqual(remarks(api(1, { gpus: 1 }), 2, { info: two }), []);
    assert.match(
      remarks(api(1, { gpus: 1 }), 3, { info: two })[0]?.text ?? '',
      /reserve 3 GPUs together and the Engine reports 2/,
    );
    assert.match(remarks(api(1, { gpus: 'all' }), 2, { info: two })[0]?.text ?? '', /reserve 4 GPUs/);
    assert.match(remarks(api(1, { gpus: 1 }), 2)[0]?.text ?? '', /neither GPUs nor/);
    assert.deepEqual(remarks(api(1, { gpus: 1 }), 2, { info: { ...fakeInfo, runtimes: ['nvidia'] } }), []);
    const devices = ['0', '1', 'GPU-1f', 'GPU-2f', 'all'].map((name) => `nvidia.com/gpu=${name}`);
    const handed = { ...fakeInfo, cdiDevices: devices };
    assert.deepEqual(remarks(api(1, { gpus: 1 }), 2, { info: handed }), []);
    assert.match(remarks(api(1, { gpus: 1 }), 3, { info: handed })[0]?.text ?? '', /the Engine reports 2/);
  });

  test('drift matters when replicas are added', () => {
    assert.match(remarks(api(1, {}, 'new'), 2)[0]?.text ?? '', /^The file has changed/);
    assert.deepEqual(remarks(api(1, {}, 'old'), 2), []);
    assert.deepEqual(remarks(api(2, {}, 'new'), 2), []);
    assert.deepEqual(remarks(api(2, {}, 'new'), 1), []);
  });

  test('says what is done with the proxies before replicas go', () => {
    const service = api(3);
    const steps = (to: number, proxy: LinkedProxy): readonly string[] => {
      const plan = planScale(service, to, { info: undefined, containers: [], proxies: [proxy], drainSeconds: 30 });
      return [...plan.steps, ...plan.remarks.map(({ text }) => text)];
    };
    const nginx = { kind: 'nginx', service: 'web', needsReload: true } as const;
    assert.deepEqual(steps(1, nginx), [
      'nginx in web is reloaded without shop-api-2, shop-api-3 first; requests under way get 30 s to finish, then they are stopped.',
    ]);
    const hooks = { preStop: [{ command: ['flush'] }], postStart: [] };
    const plan = planScale(service, 2, { info: undefined, containers: [], proxies: [nginx], drainSeconds: 5, hooks });
    assert.match(plan.steps[0] ?? '', /get 5 s to finish, then its `pre_stop` hook runs and it is stopped\.$/);
    assert.match(steps(0, nginx)[0] ?? '', /^nginx in web cannot be reloaded without a replica of api/);
    assert.match(steps(2, { ...nginx, needsReload: false })[0] ?? '', /^nginx in web resolves api by itself/);
    assert.match(
      steps(2, { kind: 'haproxy', service: 'lb', needsReload: false })[0] ?? '',
      /^HAProxy in lb is told over/,
    );
    assert.deepEqual(steps(5, nginx), []);
  });

  test('a count is a whole number', () => {
    for (const good of ['0', '1', ' 12 ', '1000']) assert.equal(checkCount(good), undefined, good);
    for (const bad of ['', '-1', '1.5', 'x', '1e3', '1001']) assert.notEqual(checkCount(bad), undefined, bad);
  });
});
