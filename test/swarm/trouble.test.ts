// Known trouble on a real Engine: what Swarm says of it, and that the diagnosis says which it is.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { serviceDiagnose } from '../../client/src/commands/swarm/serviceDiagnose.js';
import { diagnose } from '../../client/src/swarm/diagnose.js';
import type { Cause, CauseId } from '../../client/src/swarm/diagnose.js';
import type { Engine as TestEngine } from '../setup/dockerd.mjs';
import { ensureImages } from '../setup/images.mjs';
import { until } from '../setup/proc.mjs';
import { startSwarmNodes } from '../setup/swarm.mjs';
import { at, openWorld } from '../support/swarmWorld.js';
import type { World } from '../support/swarmWorld.js';

/** Options of a service, what its trouble is, and what is said of it. */
const troubles: Readonly<Record<string, readonly [options: readonly string[], id: CauseId, said: RegExp]>> = {
  label: [['--constraint=node.labels.gpu==yes'], 'noSuitableNode', /no node satisfies `node\.labels\.gpu==yes`/],
  cpus: [['--reserve-cpu=64'], 'noSuitableNode', /each task reserves 64 CPUs/],
  generic: [['--generic-resource=NVIDIA-GPU=1'], 'noSuitableNode', /no node offers the generic resource `NVIDIA-GPU`/],
  twice: [
    ['--replicas=2', '--publish=published=8091,target=80,mode=host', '--endpoint-mode=dnsrr'],
    'portInUse',
    /is taken/,
  ],
  taken: [
    ['--publish=published=8090,target=80,mode=host', '--endpoint-mode=dnsrr'],
    'portInUse',
    /Port 8090 is taken on node1/,
  ],
  image: [[], 'imageMissing', /longshore\.invalid\/none:1 is not on node1/],
  folder: [['--mount=type=bind,source=/nowhere,target=/x'], 'mountMissing', /not on node1/],
  sick: [['--health-cmd=false', '--health-interval=1s', '--health-retries=1'], 'unhealthy', /fails its health check/],
  ends: [[], 'exits', /ends by itself on node1/],
  bridge: [
    ['--network=second', '--endpoint-mode=dnsrr'],
    'gwbridge',
    /missing or broken on node1, because every range/,
  ],
  pool: [['--network=third', '--endpoint-mode=dnsrr'], 'networkPool', /no free range of addresses/],
};

suite('known trouble', () => {
  let docker: TestEngine;
  let world: World;
  let stop: () => Promise<void> = async () => undefined;
  before(async () => {
    // Its one range of addresses goes to the usual bridge, so none is left for docker_gwbridge.
    const configs = [{ 'default-address-pools': [{ base: '10.88.0.0/24', size: 24 }] }];
    const started = await startSwarmNodes({ versions: ['28'], join: false, configs });
    stop = started.stop;
    docker = at(started.nodes, 0);
    await ensureImages(docker, ['busybox:1.36']);
    // Room for the mesh and for one network more.
    const pool = ['--default-addr-pool=10.77.0.0/23', '--default-addr-pool-mask-length=24'];
    await docker.docker(['swarm', 'init', `--advertise-addr=${docker.address}`, ...pool]);
    await docker.docker(['run', '--detach', '--publish=8090:80', 'busybox:1.36', 'sleep', '1d']);
    for (const name of ['second', 'third']) await docker.docker(['network', 'create', '--driver=overlay', name]);
    world = await openWorld(docker);
    for (const [name, [options]] of Object.entries(troubles)) {
      const image = name === 'image' ? 'longshore.invalid/none:1' : 'busybox:1.36';
      const usual = ['--detach', '--no-resolve-image', `--name=${name}`, '--restart-delay=1s'];
      const program = name === 'ends' ? ['false'] : ['sleep', '1d'];
      await docker.docker(['service', 'create', ...usual, ...options, image, ...program]);
    }
  });
  after(async () => {
    world?.watch.stop();
    await stop();
  });

  const causes = async (name: string): Promise<readonly Cause[]> => {
    const { swarm } = world.watch.snapshot;
    assert.ok(swarm);
    const { service } = world.service(name);
    const { spec } = await world.engine.swarm.control.service(service.id);
    const tasks = swarm.tasks.filter(({ serviceId }) => serviceId === service.id);
    return diagnose({ service, spec, tasks, nodes: swarm.nodes, networks: swarm.resources.networks });
  };

  for (const [name, [, id, said]] of Object.entries(troubles)) {
    test(`${id}: ${name}`, async (t) => {
      let last: readonly Cause[] = [];
      await until(
        `${name} is not explained`,
        async () => {
          last = await causes(name);
          return last.some((cause) => cause.id === id && said.test(cause.text));
        },
        30_000,
      ).catch((error: unknown) => assert.fail(`${String(error)}: ${JSON.stringify(last)}`));
      t.diagnostic(last.find((cause) => cause.id === id)?.said ?? 'nothing said');
    });
  }

  test('docker_gwbridge is made with a range of its own, and what waited for it runs', async () => {
    const said = await world.run(serviceDiagnose, world.service('bridge'), ['Create docker_gwbridge…', '10.89.0.0/24']);
    assert.match(said.at(-1) ?? '', /^done: The bridge docker_gwbridge is there/, said.join('\n'));
    await world.until(() => world.runs('bridge', 1));
  });
});
