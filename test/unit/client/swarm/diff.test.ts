import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ServiceSpec } from '../../../../client/src/engine/swarmSpec.js';
import { describeDiff, diffStack } from '../../../../client/src/swarm/diff.js';
import { runningShape } from '../../../../client/src/swarm/runningShape.js';
import { stackServices } from '../../../../client/src/swarm/stackConfig.js';

// As `docker stack config` prints it.
const config = `
version: "3.8"
services:
  web:
    command: [httpd, -f]
    configs:
      - source: page
        target: /srv/index.html
    deploy:
      replicas: 3
      update_config: { parallelism: 1, delay: 1m2s, failure_action: rollback, order: start-first }
      resources:
        limits: { cpus: "0.50", memory: "67108864" }
      placement:
        constraints: [node.role == worker]
      endpoint_mode: dnsrr
    environment: { DEBUG: "1", PASSWORD: new }
    image: busybox:1.36
    networks: { front: null }
    ports:
      - { mode: host, target: 80, published: 8083, protocol: tcp }
    secrets:
      - source: key
  proxy:
    deploy: { mode: global }
    image: nginx:stable-alpine
networks:
  front: { driver: overlay }
configs:
  page: { name: page-2, file: /srv/page }
secrets:
  key: { external: true }
`;

const web: ServiceSpec = {
  Name: 'ha_web',
  Labels: { 'com.docker.stack.namespace': 'ha', 'com.docker.stack.image': 'busybox:1.36' },
  Mode: { Replicated: { Replicas: 3 } },
  TaskTemplate: {
    ContainerSpec: {
      Image: 'busybox:1.36@sha256:0123',
      Labels: { 'com.docker.stack.namespace': 'ha' },
      Args: ['httpd', '-f'],
      Env: ['DEBUG=1', 'PASSWORD=new'],
      Configs: [{ ConfigID: 'c', ConfigName: 'page-2' }],
      Secrets: [{ SecretID: 's', SecretName: 'key' }],
    },
    Resources: { Limits: { NanoCPUs: 5e8, MemoryBytes: 67108864 } },
    Placement: { Constraints: ['node.role==worker'] },
    Networks: [{ Target: 'network-id' }],
  },
  UpdateConfig: { Parallelism: 1, Delay: 62e9, FailureAction: 'rollback', Order: 'start-first' },
  EndpointSpec: {
    Mode: 'dnsrr',
    Ports: [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8083, PublishMode: 'host' }],
  },
};
const proxy: ServiceSpec = {
  Name: 'ha_proxy',
  Mode: { Global: {} },
  TaskTemplate: { ContainerSpec: { Image: 'nginx:stable-alpine' }, Networks: [{ Target: 'default-id' }] },
};

const networks = new Map([
  ['network-id', 'ha_front'],
  ['default-id', 'ha_default'],
]);

function lines(running: readonly ServiceSpec[], prune = false): readonly string[] {
  const shapes = new Map(running.map((spec) => [spec.Name, runningShape(spec, networks)]));
  return describeDiff(diffStack(stackServices(config, 'ha'), shapes), prune);
}

suite('what deploying would change', () => {
  test('nothing, where the stack runs as its file says', () => {
    assert.deepEqual(lines([web, proxy]), []);
  });

  test('services come, and go only when pruned', () => {
    const old = { ...proxy, Name: 'ha_old' };
    assert.deepEqual(lines([web, old]), ['+ ha_proxy: new', '  ha_old: stays, though it is not in the file']);
    assert.deepEqual(lines([web, proxy, old], true), ['- ha_old: removed, it is not in the file']);
  });

  test('fields change, and values of variables are not told', () => {
    const template = web.TaskTemplate;
    const container = { ...template.ContainerSpec, Image: 'busybox:1.35', Env: ['PASSWORD=hunter2', 'OLD=1'] };
    const running = {
      ...web,
      Mode: { Replicated: { Replicas: 9 } },
      TaskTemplate: { ...template, ContainerSpec: container, Resources: {} },
      EndpointSpec: { Mode: 'dnsrr' },
    };
    const said = lines([running, proxy]);
    assert.deepEqual(said, [
      '~ ha_web: image busybox:1.35 → busybox:1.36',
      '~ ha_web: replicas 9 → 3',
      '~ ha_web: variable PASSWORD changes',
      '~ ha_web: variable OLD goes',
      '~ ha_web: variable DEBUG is new',
      '~ ha_web: ports (nothing) → 8083:80/tcp host',
      '~ ha_web: limits.cpus (nothing) → 0.5',
      '~ ha_web: limits.memory (nothing) → 64 MiB',
    ]);
    assert.ok(!said.join().includes('hunter2'));
  });
});
