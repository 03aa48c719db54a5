import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { toEvent, toImageNames, toInfo, toReplica, toUsage } from '../../../../client/src/engine/fromApi.js';

suite('what the Engine says', () => {
  test('images, by every name they have', () => {
    const images = [{ RepoTags: ['nginx:1.30', 'nginx:latest'] }, { RepoTags: null }, { RepoTags: ['<none>:<none>'] }];
    assert.deepEqual(toImageNames([{}, { RepoTags: ['a/b:1', 'nginx:1.30'] }, ...images]), [
      'a/b:1',
      'nginx:1.30',
      'nginx:latest',
    ]);
  });

  test('a container', () => {
    const replica = toReplica({
      Id: 'abc',
      Names: ['/shop-api-2'],
      Image: 'api:1',
      Created: 1_700_000_000,
      State: 'running',
      Status: 'Up 5 minutes (healthy)',
      Ports: [
        { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
        { IP: '::', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
        { PrivatePort: 9000, Type: 'tcp' },
      ],
      Labels: {
        'com.docker.compose.project': 'shop',
        'com.docker.compose.service': 'api',
        'com.docker.compose.container-number': '2',
        'com.docker.compose.config-hash': 'f00',
        'com.docker.compose.project.config_files': '/w/a.yaml,/w/b.yaml',
        'com.docker.compose.project.working_dir': '/w',
      },
      NetworkSettings: { Networks: { shop_default: { IPAddress: '172.20.0.3' }, other: { IPAddress: '' } } },
    });
    assert.deepEqual(replica, {
      id: 'abc',
      name: 'shop-api-2',
      project: 'shop',
      service: 'api',
      number: 2,
      state: 'running',
      health: 'healthy',
      exitCode: undefined,
      status: 'Up 5 minutes (healthy)',
      image: 'api:1',
      createdAt: 1_700_000_000_000,
      ports: [
        { published: 8080, target: 80, protocol: 'tcp', host: '0.0.0.0' },
        { published: undefined, target: 9000, protocol: 'tcp', host: undefined },
      ],
      addresses: [{ network: 'shop_default', address: '172.20.0.3' }],
      configHash: 'f00',
      files: { workingDir: '/w', configFiles: ['/w/a.yaml', '/w/b.yaml'], envFiles: [] },
    });
  });

  for (const [status, health, exitCode] of [
    ['Up 2 seconds (health: starting)', 'starting', undefined],
    ['Up 2 hours (unhealthy)', 'unhealthy', undefined],
    ['Up 2 hours (Paused)', undefined, undefined],
    ['Up 2 hours', undefined, undefined],
    ['Exited (137) 3 days ago', undefined, 137],
    ['Restarting (1) 2 seconds ago', undefined, 1],
    ['Created', undefined, undefined],
  ] as const) {
    test(status, () => {
      const replica = toReplica({ Id: 'x', Status: status });
      assert.deepEqual([replica.health, replica.exitCode], [health, exitCode]);
    });
  }

  test('use as `docker stats` reckons it', () => {
    const cpu = (total: number, system: number): object => ({
      cpu_usage: { total_usage: total },
      system_cpu_usage: system,
      online_cpus: 4,
    });
    const memory_stats = { usage: 300, limit: 1000, stats: { inactive_file: 100 } };
    assert.deepEqual(toUsage({ cpu_stats: cpu(150, 2000), precpu_stats: cpu(50, 1000), memory_stats }), {
      cpuPercent: 40,
      memoryBytes: 200,
      memoryLimitBytes: 1000,
    });
    assert.equal(toUsage({}).cpuPercent, 0);
  });

  test('GPUs and Swarm', () => {
    const info = toInfo(
      {
        GenericResources: [
          { NamedResourceSpec: { Kind: 'GPU', Value: 'a' } },
          { NamedResourceSpec: { Kind: 'GPU', Value: 'b' } },
          { DiscreteResourceSpec: { Kind: 'SSD', Value: 3 } },
        ],
        Runtimes: { runc: {}, nvidia: {} },
        Swarm: { LocalNodeState: 'active', ControlAvailable: true, NodeID: 'n1' },
      },
      '1.41',
    );
    assert.deepEqual(
      [...info.genericResources],
      [
        ['GPU', 2],
        ['SSD', 3],
      ],
    );
    assert.deepEqual(info.runtimes, ['runc', 'nvidia']);
    assert.deepEqual([info.swarm.state, info.swarm.manager, info.swarm.nodeId], ['active', true, 'n1']);
    assert.equal(toInfo({}, '').swarm.state, 'inactive');
  });

  test('events of other kinds are none', () => {
    assert.equal(toEvent({ Type: 'image', Action: 'pull', Actor: { ID: 'x' } }), undefined);
    const event = { Type: 'container', Action: 'start', Actor: { ID: 'x', Attributes: { a: 'b' } }, timeNano: 5e6 };
    assert.deepEqual(toEvent(event), { kind: 'container', action: 'start', id: 'x', time: 5, attributes: { a: 'b' } });
  });
});
