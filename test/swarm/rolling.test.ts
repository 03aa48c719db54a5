// A rolling update under load: no request fails. What makes it so: a health check, so that names lead only to tasks that answer;
// `order: start-first`; a program that finishes its requests when it is told to stop, and time for that; and a proxy that asks the
// next task when one takes no connection any more, as happens between a task's end and the next look at its name.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { serviceUpdateImage } from '../../client/src/commands/swarm/services.js';
import { stackDeploy } from '../../client/src/commands/swarm/stacks.js';
import { uriOf } from '../../client/src/model/paths.js';
import { balanceOf } from '../../client/src/swarm/balance.js';
import { usualLimits } from '../../client/src/swarm/probe.js';
import { probeService } from '../../client/src/swarm/probeService.js';
import type { Spread } from '../../client/src/swarm/spread.js';
import type { Engine as TestEngine } from '../setup/dockerd.mjs';
import { ensureImages } from '../setup/images.mjs';
import { until } from '../setup/proc.mjs';
import { startSwarmNodes } from '../setup/swarm.mjs';
import { get } from '../support/http.js';
import { at, openWorld } from '../support/swarmWorld.js';
import type { World } from '../support/swarmWorld.js';

const stack = `version: '3.8'
services:
  web:
    image: example/api:1
    networks: [inner]
    stop_grace_period: 20s
    healthcheck: { test: wget -qO- http://127.0.0.1:8000/, interval: 1s, timeout: 5s, retries: 5 }
    deploy:
      replicas: 4
      endpoint_mode: dnsrr
      update_config: { order: start-first, parallelism: 1, failure_action: rollback }
  proxy:
    image: haproxy:lts
    networks: [inner]
    ports: [{ target: 8080, published: 8080, mode: host }]
    configs: [{ source: proxy, target: /usr/local/etc/haproxy/haproxy.cfg }]
    deploy: { mode: global, endpoint_mode: dnsrr }
networks: { inner: {} }
configs: { proxy: { file: ./haproxy.cfg } }
`;

const proxy = `defaults
  mode http
  timeout connect 2s
  timeout client 10s
  timeout server 10s
  retries 5
  option redispatch 1
  retry-on conn-failure empty-response
resolvers docker
  nameserver dns 127.0.0.11:53
  accepted_payload_size 8192
  hold valid 1s
frontend front
  bind :8080
  default_backend web
backend web
  balance roundrobin
  server-template web 1-10 web:8000 check inter 500ms resolvers docker init-addr none
`;

suite('a rolling update', () => {
  let hosts: readonly TestEngine[] = [];
  let world: World;
  let stop: () => Promise<void> = async () => undefined;
  const folder = mkdtempSync(join(tmpdir(), 'longshore-rolling-'));
  before(async () => {
    const started = await startSwarmNodes({ versions: ['28', '20.10'] });
    stop = started.stop;
    hosts = started.nodes;
    await Promise.all(hosts.map((host) => ensureImages(host, ['example/api:1', 'example/api:2', 'haproxy:lts'])));
    world = await openWorld(at(hosts, 0));
    await world.until(() => world.node('node2')?.state === 'ready');
    writeFileSync(join(folder, 'rolling-stack.yaml'), stack);
    writeFileSync(join(folder, 'haproxy.cfg'), proxy);
    const target = { kind: 'file', uri: uriOf(join(folder, 'rolling-stack.yaml')) } as const;
    const said = await world.run(stackDeploy, target, ['roll', ['Do not ask the registry for digests'], true]);
    assert.equal(said.at(-1), 'done: roll is deployed.', said.join('\n'));
  });
  after(async () => {
    world?.watch.stop();
    await stop();
    rmSync(folder, { recursive: true });
  });
  const url = (): string => `http://${at(hosts, 0).address}:8080/`;

  test('no request of 5,000 fails while every task is replaced', async (t) => {
    const seen = new Set<string>();
    await until('The proxy does not reach every task', async () => {
      const answer = await get(url()).catch(() => undefined);
      if (answer?.status === 200) seen.add(answer.body);
      return seen.size === 4;
    });
    const failures: string[] = [];
    const answered = new Map<string, number>();
    let updating = true;
    let sent = 0;
    const client = async (): Promise<void> => {
      while (updating || sent < 5000) {
        sent++;
        try {
          const { status, body } = await get(url());
          if (status === 200) answered.set(body, (answered.get(body) ?? 0) + 1);
          else failures.push(`${status} ${body}`);
        } catch (error) {
          failures.push(String(error));
        }
      }
    };
    const clients = Promise.all([1, 2, 3, 4].map(client));
    const said = await world.run(serviceUpdateImage, world.service('roll_web'), ['example/api:2']);
    updating = false;
    await clients;
    assert.equal(said.at(-1), 'done: roll_web runs example/api:2.', said.join('\n'));
    t.diagnostic(`${sent} requests, ${failures.length} failed, ${answered.size} tasks answered`);
    assert.deepEqual(failures, []);
    // Old ones and new ones.
    assert.equal(answered.size, 8);
  });

  const probed = async (name: string, { port, withPorts }: { port: number; withPorts: boolean }): Promise<Spread> => {
    const { swarm } = world.watch.snapshot;
    assert.ok(swarm);
    const { service } = world.service(name);
    const tasks = balanceOf(service, swarm).tasks.map((task) => (withPorts ? task : { ...task, hostPorts: [] }));
    const places = hosts.map(({ name: node, address }) => ({ node, address, port }));
    const limits = { ...usualLimits, count: 40 };
    const signal = new AbortController().signal;
    const spread = await probeService(world.engine, { id: service.id, here: 'node1', tasks, places }, limits, signal);
    assert.deepEqual([spread.sent, spread.answered, spread.unknown], [40, 40, 0], JSON.stringify(spread));
    return spread;
  };
  const byNode = ({ shares }: Spread): readonly unknown[] => shares.map(({ task, count }) => [task.node, count]).sort();
  const half = [
    ['node1', 20],
    ['node2', 20],
  ];

  test('a probe tells the tasks by their ports, and the connections that those of its Engine accepted', async () => {
    const spread = await probed('roll_proxy', { port: 8080, withPorts: true });
    assert.deepEqual(byNode(spread), half);
    const [local, other] = ['node1', 'node2'].map((name) => spread.shares.find(({ task }) => task.node === name));
    assert.ok((local?.connections ?? 0) >= 20, `${local?.connections}`);
    assert.equal(other?.connections, undefined);
  });

  test('a probe tells the tasks behind a proxy by their answers', async (t) => {
    const { shares } = await probed('roll_web', { port: 8080, withPorts: false });
    assert.deepEqual(
      shares.map(({ count }) => count > 0),
      [true, true, true, true],
    );
    t.diagnostic(shares.map(({ task, count }) => `${task.name} ${count}`).join(', '));
  });

  test('a probe tells the tasks by their logs, on whatever node', async () => {
    const options = ['--mode=global', '--publish=published=8092,target=80,mode=host', '--endpoint-mode=dnsrr'];
    // All of one host name, which their answers say.
    const create = ['service', 'create', '--detach', '--no-resolve-image', '--name=named', '--hostname=same'];
    await at(hosts, 0).docker([...create, ...options, 'example/api:1']);
    await world.until(() => world.runs('named', 2));
    assert.deepEqual(byNode(await probed('named', { port: 8092, withPorts: false })), half);
  });
});
