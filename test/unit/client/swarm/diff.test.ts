import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ServiceSpec } from '../../../../client/src/engine/swarmSpec.js';
import { describeDiff, diffStack } from '../../../../client/src/swarm/diff.js';
import { stackRemoveArgs } from '../../../../client/src/swarm/stackArgv.js';
import { readStackConfig } from '../../../../client/src/swarm/stackConfig.js';
import { deployedFields, runningFields } from '../../../../client/src/swarm/stackFields.js';
import { stackSpecs } from '../../../../client/src/swarm/stackSpec.js';

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
      Configs: [
        { ConfigID: 'c', ConfigName: 'page-2', File: { Name: '/srv/index.html', UID: '0', GID: '0', Mode: 0o444 } },
      ],
      Secrets: [{ SecretID: 's', SecretName: 'key', File: { Name: 'key', UID: '0', GID: '0', Mode: 0o444 } }],
    },
    Resources: { Limits: { NanoCPUs: 5e8, MemoryBytes: 67108864 } },
    Placement: { Constraints: ['node.role == worker'] },
    Networks: [{ Target: 'network-id', Aliases: ['web'] }],
  },
  UpdateConfig: { Parallelism: 1, Delay: 62e9, FailureAction: 'rollback', Order: 'start-first' },
  EndpointSpec: {
    Mode: 'dnsrr',
    Ports: [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8083, PublishMode: 'host' }],
  },
};
const proxy: ServiceSpec = {
  Name: 'ha_proxy',
  Labels: { 'com.docker.stack.namespace': 'ha', 'com.docker.stack.image': 'nginx:stable-alpine' },
  Mode: { Global: {} },
  TaskTemplate: {
    ContainerSpec: {
      Image: 'nginx:stable-alpine',
      Labels: { 'com.docker.stack.namespace': 'ha' },
      Isolation: 'default',
    },
    Networks: [{ Target: 'default-id', Aliases: ['proxy'] }],
  },
};

const networks = new Map([
  ['network-id', 'ha_front'],
  ['default-id', 'ha_default'],
]);

function lines(running: readonly ServiceSpec[], prune = false, text = config): readonly string[] {
  const specs = new Map(running.map((spec) => [spec.Name, spec]));
  const wanted = [...stackSpecs(readStackConfig(text), 'ha')];
  const diff = diffStack(
    new Map(wanted.map(([name, spec]) => [name, deployedFields(spec, specs.get(name), 'never')])),
    new Map(running.map((spec) => [spec.Name, runningFields(spec, networks)])),
  );
  return describeDiff(diff, prune);
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
    const container = {
      ...template.ContainerSpec,
      Image: 'busybox:1.35@sha256:0123',
      Env: ['PASSWORD=hunter2', 'OLD=1'],
    };
    const running = {
      ...web,
      Mode: { Replicated: { Replicas: 9 } },
      TaskTemplate: { ...template, ContainerSpec: container, Resources: {} },
      EndpointSpec: { Mode: 'dnsrr' },
    };
    const said = lines([{ ...running, Labels: { ...web.Labels, 'com.docker.stack.image': 'busybox:1.35' } }, proxy]);
    assert.deepEqual(said, [
      '~ ha_web: variable PASSWORD changes',
      '~ ha_web: variable OLD goes',
      '~ ha_web: image busybox:1.35 → busybox:1.36',
      '~ ha_web: deploy.replicas 9 → 3',
      '~ ha_web: variable DEBUG is new',
      '~ ha_web: ports (nothing) → 8083:80/tcp host',
      '~ ha_web: deploy.resources.limits.cpus (nothing) → 0.5',
      '~ ha_web: deploy.resources.limits.memory (nothing) → 64 MiB',
    ]);
    assert.ok(!said.join().includes('hunter2'));
  });

  test('an image that was updated by hand stays, unless the registry is asked or the file names another', () => {
    const container = { ...web.TaskTemplate.ContainerSpec, Image: 'busybox:1.37' };
    const updated = { ...web, TaskTemplate: { ...web.TaskTemplate, ContainerSpec: container } };
    assert.deepEqual(lines([updated, proxy]), []);
    const [spec] = [...stackSpecs(readStackConfig(config), 'ha').values()];
    assert.ok(spec);
    assert.equal(deployedFields(spec, updated, 'always').get('image'), 'busybox:1.36');
    assert.equal(deployedFields(spec, updated, 'changed').get('image'), 'busybox:1.37');
  });

  test('what may hold a password is named without its values', () => {
    const [options, variable, image] = ['logging.options.splunk-token', 'environment.TOKEN', 'image'];
    const of = (word: string) =>
      new Map([['ha_web', new Map([options, variable, image].map((field) => [field, `${word} of ${field}`]))]]);
    assert.deepEqual(describeDiff(diffStack(of('new'), of('old')), false), [
      '~ ha_web: logging.options.splunk-token changes',
      '~ ha_web: variable TOKEN changes',
      '~ ha_web: image old of image → new of image',
    ]);
  });

  test('a stack that is called like a flag stays a name', () => {
    assert.deepEqual(stackRemoveArgs('--help'), ['stack', 'rm', '--', '--help']);
  });
});
