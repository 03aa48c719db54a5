// What we say that deploying changes, beside what `docker stack deploy` changes, on both Engines.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { compareStack } from '../../client/src/commands/swarm/stackFile.js';
import type { DeployableStack } from '../../client/src/commands/swarm/stackFile.js';
import { describeDiff } from '../../client/src/swarm/diff.js';
import type { StackDiff } from '../../client/src/swarm/diff.js';
import { deployArgs } from '../../client/src/swarm/stackArgv.js';
import type { Engine as TestEngine } from '../setup/dockerd.mjs';
import { engineVersions } from '../setup/dockerd.mjs';
import { startSwarmNodes } from '../setup/swarm.mjs';
import { at, openWorld } from '../support/swarmWorld.js';
import type { World } from '../support/swarmWorld.js';

type Part = Readonly<Record<string, unknown>>;

/** A service before and after, and the fields that change. */
const edits: Readonly<Record<string, readonly [before: Part, after: Part, ...fields: readonly string[]]>> = {
  nothing: [{}, {}],
  image: [{}, { image: 'busybox:1.37' }, 'image'],
  tag: [{ image: 'busybox' }, { image: 'busybox:latest' }, 'image as written'],
  registry: [{ image: 'busybox:1.37' }, { image: 'docker.io/library/busybox:1.37' }, 'image as written'],
  command: [{ command: ['a', 'b'] }, { command: ['a b'] }, 'command'],
  entrypoint: [{}, { entrypoint: ['sh'] }, 'entrypoint'],
  environment: [
    { environment: { A: '1', B: '2', C: null } },
    { environment: { B: '3', A: '1', D: '' } },
    'environment.B',
    'environment.C',
    'environment.D',
  ],
  order: [{ environment: ['A=1', 'B=2'] }, { environment: { B: '2', A: '1' } }],
  labels: [{ labels: { a: '1' } }, { labels: { a: '2' } }, 'labels.a'],
  deployLabels: [{}, { deploy: { labels: { a: '' } } }, 'deploy.labels.a'],
  hostname: [{}, { hostname: 'h' }, 'hostname'],
  hosts: [{ extra_hosts: ['a:10.0.0.1'] }, { extra_hosts: ['a:10.0.0.2'] }, 'extra_hosts'],
  dns: [{ dns: '10.0.0.1' }, { dns: ['10.0.0.1'], dns_search: 'x.test' }, 'dns_search'],
  healthcheck: [
    { healthcheck: { test: 'true', interval: '1m' } },
    { healthcheck: { test: 'true', interval: '90s', retries: 2 } },
    'healthcheck.interval',
    'healthcheck.retries',
  ],
  duration: [
    { healthcheck: { test: ['CMD', 'a'], timeout: '60s' } },
    { healthcheck: { test: ['CMD', 'a'], timeout: '1m' } },
  ],
  unchecked: [{ healthcheck: { test: 'true' } }, { healthcheck: { disable: true } }, 'healthcheck.test'],
  folder: [{}, { working_dir: '/a', user: 'nobody' }, 'user', 'working_dir'],
  grace: [{}, { stop_grace_period: '0s' }, 'stop_grace_period'],
  signal: [{}, { stop_signal: 'SIGINT' }, 'stop_signal'],
  terminal: [{}, { tty: true, stdin_open: true }, 'stdin_open', 'tty'],
  readOnly: [{}, { read_only: true }, 'read_only'],
  init: [{}, { init: false }, 'init'],
  initOn: [{ init: false }, { init: true }, 'init'],
  sysctls: [
    { sysctls: { 'net.core.somaxconn': 100 } },
    { sysctls: ['net.core.somaxconn=200'] },
    'sysctls.net.core.somaxconn',
  ],
  capabilities: [{ cap_add: ['NET_ADMIN', 'SYS_TIME'] }, { cap_add: ['cap_sys_time', 'net_admin'] }],
  dropped: [{ cap_drop: ['ALL'] }, { cap_drop: ['ALL'], cap_add: ['chown'] }, 'cap_add'],
  ulimits: [{ ulimits: { nofile: 100 } }, { ulimits: { nofile: { soft: 100, hard: 100 }, nproc: 9 } }, 'ulimits.nproc'],
  logging: [
    { logging: { driver: 'json-file', options: { 'max-size': '1m' } } },
    { logging: { driver: 'json-file', options: { 'max-size': '2m' } } },
    'logging.options.max-size',
  ],
  driver: [{}, { logging: { driver: 'none' } }, 'logging.driver'],
  ports: [{ ports: ['80'] }, { ports: [{ target: 80 }] }],
  published: [
    { ports: [{ target: 80, mode: 'host' }] },
    { ports: [{ target: 80, published: 18080, mode: 'host' }] },
    'ports',
  ],
  portOrder: [{ ports: ['18081:81', '18082:82'] }, { ports: ['18082:82', '18081:81'] }],
  networks: [{}, { networks: ['inner'] }, 'networks.t_default', 'networks.t_inner'],
  aliases: [{ networks: { inner: null } }, { networks: { inner: { aliases: ['a'] } } }, 'networks.t_inner'],
  mounts: [{ volumes: ['data:/data'] }, { volumes: [{ type: 'volume', source: 'data', target: '/data' }] }],
  mounted: [{ volumes: ['data:/data'] }, { volumes: ['data:/data:ro', '/tmp:/tmp'] }, 'volumes./data', 'volumes./tmp'],
  memoryDisk: [
    { volumes: [{ type: 'tmpfs', target: '/t', tmpfs: { size: 1024 } }] },
    { volumes: [{ type: 'tmpfs', target: '/t', tmpfs: { size: 2048 } }] },
    'volumes./t',
  ],
  propagation: [
    { volumes: [{ type: 'bind', source: '/tmp', target: '/t' }] },
    { volumes: [{ type: 'bind', source: '/tmp', target: '/t', bind: { propagation: 'rshared' } }] },
    'volumes./t',
  ],
  volumeOptions: [
    { volumes: ['data:/data'] },
    { volumes: [{ type: 'volume', source: 'data', target: '/data', volume: { nocopy: true } }] },
    'volumes./data',
  ],
  volumeDriver: [{ volumes: ['plain:/data'] }, { volumes: ['shared:/data'] }, 'volumes./data', 'volumes./data.driver'],
  secrets: [{ secrets: ['key'] }, { secrets: [{ source: 'key', target: 'key' }] }],
  grants: [{ secrets: ['key'] }, { secrets: [{ source: 'key', mode: 256, uid: '7' }] }, 'secrets.key at key'],
  configs: [
    { configs: ['page'] },
    { configs: [{ source: 'page', target: '/p' }] },
    'configs.page-1 at /p',
    'configs.page-1 at page',
  ],
  replicas: [
    {},
    { deploy: { replicas: 1, placement: { constraints: ['node.role==worker'] } } },
    'deploy.placement.constraints',
    'deploy.replicas',
  ],
  constraints: [
    { deploy: { placement: { constraints: ['node.role==worker'] } } },
    { deploy: { placement: { constraints: ['node.role == worker'] } } },
    'deploy.placement.constraints',
  ],
  preferences: [
    { deploy: { placement: { preferences: [{ spread: 'node.labels.a' }] } } },
    { deploy: { placement: { preferences: [{ spread: 'node.labels.b' }], max_replicas_per_node: 2 } } },
    'deploy.placement.max_replicas_per_node',
    'deploy.placement.preferences',
  ],
  resources: [
    { deploy: { resources: { limits: { cpus: '0.50', memory: '64M' } } } },
    { deploy: { resources: { limits: { cpus: '0.5', memory: '65536k', pids: 5 } } } },
    'deploy.resources.limits.pids',
  ],
  reserved: [
    {},
    {
      deploy: {
        resources: {
          reservations: { cpus: '0.1', generic_resources: [{ discrete_resource_spec: { kind: 'GPU', value: 1 } }] },
        },
      },
    },
    'deploy.resources.reservations.cpus',
    'deploy.resources.reservations.generic_resources',
  ],
  restart: [
    { deploy: { restart_policy: { condition: 'on-failure' } } },
    { deploy: { restart_policy: { condition: 'on-failure', delay: '0s', max_attempts: 3, window: '1s' } } },
    'deploy.restart_policy.delay',
    'deploy.restart_policy.max_attempts',
    'deploy.restart_policy.window',
  ],
  update: [{}, { deploy: { update_config: {} } }, 'deploy.update_config', 'deploy.update_config.parallelism'],
  updates: [
    { deploy: { update_config: { parallelism: 1, order: 'stop-first' } } },
    {
      deploy: {
        update_config: {
          parallelism: 0,
          delay: '5s',
          monitor: '9s',
          max_failure_ratio: 0.2,
          failure_action: 'rollback',
          order: 'start-first',
        },
      },
    },
    'deploy.update_config.delay',
    'deploy.update_config.failure_action',
    'deploy.update_config.max_failure_ratio',
    'deploy.update_config.monitor',
    'deploy.update_config.order',
    'deploy.update_config.parallelism',
  ],
  usual: [
    { deploy: { update_config: { delay: '1s' } } },
    { deploy: { update_config: { delay: '1000ms', order: 'stop-first', failure_action: 'pause' } } },
  ],
  rollback: [
    { deploy: { rollback_config: { parallelism: 1 } } },
    { deploy: { rollback_config: { parallelism: 2 } } },
    'deploy.rollback_config.parallelism',
  ],
  endpoint: [{}, { deploy: { endpoint_mode: 'dnsrr' } }, 'deploy.endpoint_mode'],
  sameEndpoint: [{}, { deploy: { endpoint_mode: 'vip' } }],
  global: [
    { deploy: { mode: 'global', replicas: undefined } },
    { deploy: { mode: 'global', replicas: undefined, labels: { a: '1' } } },
    'deploy.labels.a',
  ],
};

for (const version of engineVersions) {
  suite(`what deploying changes, on Engine ${version}`, () => {
    let docker: TestEngine;
    let world: World;
    let stop: () => Promise<void> = async () => undefined;
    const folder = mkdtempSync(join(tmpdir(), 'longshore-diff-'));
    const stack: DeployableStack = {
      name: 't',
      uri: '',
      files: [join(folder, 'stack.yaml')],
      cwd: folder,
      variables: {},
    };
    before(async () => {
      const started = await startSwarmNodes({ versions: [version] });
      stop = started.stop;
      docker = at(started.nodes, 0);
      await docker.docker(['secret', 'create', 'key', '/etc/hostname']);
      world = await openWorld(docker);
      writeFileSync(join(folder, 'page'), 'page');
    });
    after(async () => {
      world?.watch.stop();
      await stop();
      rmSync(folder, { recursive: true });
    });

    const write = (which: 0 | 1): void => writeFileSync(stack.files[0] ?? '', stackText(which));
    const deploy = async (): Promise<void> => {
      await docker.docker(
        deployArgs({ files: stack.files, stack: 't', prune: false, registryAuth: false, resolveImage: 'never' }),
      );
    };
    const compare = async (): Promise<StackDiff> => {
      world.watch.refresh();
      await world.until(() => world.watch.snapshot.swarm?.services.length === Object.keys(edits).length);
      return world.with((ctx) => compareStack(ctx, stack, 'never'));
    };
    const specs = async (): Promise<ReadonlyMap<string, string>> => {
      const services = await world.engine.swarm.services({ stack: 't' });
      const readings = await Promise.all(services.map(({ id }) => world.engine.swarm.control.service(id)));
      return new Map(readings.map(({ spec }) => [spec.Name, JSON.stringify(spec)]));
    };

    test('the fields we name are the ones that change, in exactly the services that Swarm changes', async (t) => {
      write(0);
      await deploy();
      assert.deepEqual(describeDiff(await compare(), false), [], 'right after deploying');
      const was = await specs();
      write(1);
      const diff = await compare();
      const said = new Map(
        diff.changed.map(({ service, fields }) => [service, fields.map(({ field }) => field).sort()]),
      );
      await deploy();
      const is = await specs();
      for (const [name, [, , ...fields]] of Object.entries(edits)) {
        const service = `t_${name}`;
        assert.equal(
          said.has(service),
          was.get(service) !== is.get(service),
          `${name}: ${was.get(service)}\n${is.get(service)}`,
        );
        assert.deepEqual(said.get(service) ?? [], [...fields].sort(), name);
      }
      assert.deepEqual(describeDiff(await compare(), false), [], 'after deploying the changes');
      t.diagnostic(`${said.size} of ${was.size} services changed`);
    });
  });
}

/** JSON is YAML. */
function stackText(which: 0 | 1): string {
  const services = Object.fromEntries(
    Object.entries(edits).map(([name, edit]) => {
      const { deploy, ...rest } = edit[which];
      return [name, { image: 'busybox:1.36', ...rest, deploy: { replicas: 0, ...(deploy as object) } }];
    }),
  );
  const volumes = {
    data: null,
    plain: null,
    shared: { driver: 'local', driver_opts: { type: 'tmpfs', device: 'tmpfs' }, labels: { a: '1' } },
  };
  const resources = { volumes, networks: { inner: {} }, configs: { page: { name: 'page-1', file: './page' } } };
  return JSON.stringify(
    { version: '3.13', services, ...resources, secrets: { key: { external: true } } },
    undefined,
    1,
  );
}
