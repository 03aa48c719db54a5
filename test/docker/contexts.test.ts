// The ways to an Engine, each with a real one at its end: TLS by variables and by a Docker context, SSH, and Podman's socket.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { composeStop } from '../../client/src/commands/composeVerb.js';
import { runCommand } from '../../client/src/commands/register.js';
import { connect } from '../../client/src/engine/connect.js';
import { listContexts, resolveEndpoint } from '../../client/src/engine/endpoint.js';
import { makeCertificates } from '../setup/certificates.mjs';
import { startDockerd } from '../setup/dockerd.mjs';
import type { Engine as TestEngine } from '../setup/dockerd.mjs';
import { ensureImages } from '../setup/images.mjs';
import { startPodman } from '../setup/podman.mjs';
import { startSshd } from '../setup/sshd.mjs';
import { openLiveWorld } from '../support/liveWorld.js';

const script = 'i=0; while :; do echo "line $$i"; i=$$((i+1)); usleep 100000; done';
const compose = `name: far
services:
  api:
    image: busybox
    command: ['sh', '-c', '${script}']
    stop_grace_period: 0s
    cgroup_parent: \${CGROUP}
    deploy: { replicas: 3 }
`;

suite('ways to an Engine', () => {
  let docker: TestEngine;
  let certificates: Awaited<ReturnType<typeof makeCertificates>>;
  const folder = mkdtempSync(join(tmpdir(), 'longshore-contexts-'));
  const file = join(folder, 'compose.yaml');
  const path = process.env['PATH'] ?? '';
  const up = ({ docker: run, machine }: Pick<TestEngine, 'docker' | 'machine'>): Promise<unknown> =>
    run(['compose', '-f', file, 'up', '-d', '--pull=never'], { env: { CGROUP: machine.cgroup } });

  before(async () => {
    writeFileSync(file, compose);
    docker = await startDockerd({
      config: async ({ address }) => {
        certificates = await makeCertificates(join(folder, 'certificates'), address);
        const { ca, cert, key } = certificates.server;
        return { hosts: [`tcp://${address}:2376`], tlsverify: true, tlscacert: ca, tlscert: cert, tlskey: key };
      },
    });
    await ensureImages(docker, ['busybox']);
    await up(docker);
  });
  after(async () => {
    process.env['PATH'] = path;
    await docker.stop();
    rmSync(folder, { recursive: true });
  });

  /** The tree, a followed log and a command, all through one way. */
  async function works(engine: Pick<TestEngine, 'env'>): Promise<void> {
    const world = await openLiveWorld(engine);
    try {
      await world.until(() => world.descriptions().includes('api 3/3 running'));
      const log = world.follow([{ project: 'compose/far', name: 'far' }]);
      await world.until(() => [1, 2, 3].every((number) => log.texts(`api-${number}`).length > 10));
      for (const number of [1, 2, 3]) {
        const numbers = log.texts(`api-${number}`).map((text) => Number(text.split(' ')[1]));
        // From 0 again where it was started again.
        assert.ok(
          numbers.every((each, index) => index === 0 || each === 0 || each === (numbers[index - 1] ?? 0) + 1),
          numbers.join(' '),
        );
      }
      const [first] = world.replicas('api');
      const ctx = world.ctx();
      await runCommand(ctx, composeStop, first, undefined);
      assert.match(ctx.ui.said.at(-1) ?? '', /^done: Stopped far-api-1\.|^done: Stopped far_api_1\./);
      await world.until(() => world.descriptions().includes('api 2/3 running'));
      assert.ok(first);
      await world.engine.act(first.replica.id, 'start');
      await world.until(() => world.descriptions().includes('api 3/3 running'));
    } finally {
      world.stop();
    }
  }

  const tcp = (): string => `tcp://${docker.address}:2376`;

  test('TCP with certificates on both sides, by DOCKER_HOST and DOCKER_CERT_PATH', async () => {
    const env = { DOCKER_HOST: tcp(), DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: certificates.client };
    await works({ env: { ...docker.env, ...env } });
  });

  test('without a certificate of ours, or with one of another authority, it says why', async () => {
    const asked = async (env: Record<string, string>): Promise<void> => {
      await connect(await resolveEndpoint({ context: '', env })).info();
    };
    const host = { DOCKER_HOST: tcp(), DOCKER_TLS_VERIFY: '1' };
    const others = await makeCertificates(join(folder, 'others'), docker.address);
    await assert.rejects(asked({ ...host, DOCKER_CERT_PATH: folder }), /cannot be reached: .*certificate/);
    await assert.rejects(
      asked({ ...host, DOCKER_CERT_PATH: others.client }),
      /cannot be reached: .*(?:certificate|signature)/,
    );
    await assert.rejects(asked({ DOCKER_HOST: tcp() }), /HTTP request to an HTTPS server/);
  });

  test('a Docker context with certificates, chosen by its name and by `docker context use`', async () => {
    const env = { ...docker.env, DOCKER_CONFIG: join(folder, 'docker'), DOCKER_HOST: '' };
    const { client } = certificates;
    const tls = ['ca', 'cert', 'key'].map((name) => `${name}=${join(client, `${name}.pem`)}`).join(',');
    await docker.docker(['context', 'create', 'far', '--docker', `host=${tcp()},${tls}`], { env });
    assert.deepEqual(
      (await listContexts(env)).map(({ name }) => name),
      ['default', 'far'],
    );
    const named = await resolveEndpoint({ context: 'far', env });
    assert.equal((await connect(named).info()).name, 'engine');
    await docker.docker(['context', 'use', 'far'], { env });
    const used = await resolveEndpoint({ context: '', env });
    assert.deepEqual(used, { ...named, chosenBy: 'docker context use' });
  });

  test('SSH', async () => {
    const { host, bin } = await startSshd(docker);
    process.env['PATH'] = `${bin}${delimiter}${path}`;
    await works({ env: { ...docker.env, DOCKER_HOST: host } });
    const nobody = { DOCKER_HOST: host.replace('root@', 'nobody@') };
    const asked = connect(await resolveEndpoint({ context: '', env: nobody })).info();
    await assert.rejects(asked, /cannot be reached: .*Permission denied/);
  });

  test("Podman's socket", async () => {
    const podman = await startPodman();
    try {
      await ensureImages(podman, ['busybox']);
      await up(podman);
      await works(podman);
    } finally {
      await podman.stop();
    }
  });
});
