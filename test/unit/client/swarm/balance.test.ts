import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { serviceProbe } from '../../../../client/src/commands/swarm/serviceBalance.js';
import { balanceOf } from '../../../../client/src/swarm/balance.js';
import type { Balance } from '../../../../client/src/swarm/balance.js';
import { balancePage } from '../../../../client/src/swarm/balancePage.js';
import { probe, usualLimits } from '../../../../client/src/swarm/probe.js';
import type { Ask, ProbeAnswer } from '../../../../client/src/swarm/probe.js';
import { acceptedConnections, marksIn, spreadOf, taskOf } from '../../../../client/src/swarm/spread.js';
import type { Told } from '../../../../client/src/swarm/spread.js';
import { fakeNode, fakeSwarmNetwork, fakeSwarmService, fakeTask } from '../../../support/fakeSwarm.js';
import { run } from '../../../support/swarmCommand.js';

const front = fakeSwarmNetwork('front');
const port = { published: 8080, target: 80, protocol: 'tcp', host: undefined };
const web = fakeSwarmService('shop_web', {
  ports: [{ ...port, mode: 'ingress' }],
  virtualAddresses: [{ network: front.id, address: '10.0.1.2' }],
});
const containers = ['0123456789abcdef', 'fedcba9876543210'];
const tasks = containers.map((containerId, index) =>
  fakeTask(`shop_web.${index + 1}`, {
    containerId,
    nodeId: `id-node${index + 1}`,
    addresses: [{ network: front.id, address: `10.0.1.${index + 3}` }],
    hostPorts: [port],
  }),
);
const nodes = [
  fakeNode('node1', { address: '10.0.0.1' }),
  fakeNode('node2', { address: '10.0.0.2' }),
  fakeNode('node3', { address: '10.0.0.3' }),
  fakeNode('node4', { address: '10.0.0.4', state: 'down' }),
];
const resources = { networks: [front], secrets: [], configs: [] };
const swarm = { services: [web], tasks, nodes, resources, error: undefined };

const place = { node: 'node1', address: '10.0.0.1', port: 8080 };
const answer = (mark: string, text: string, at = place): ProbeAnswer => ({
  ...{ mark, text, place: at },
  status: 200,
  error: undefined,
});
const nothing: Told = { logged: new Map(), connections: new Map() };
const own: Balance = balanceOf(web, swarm);

suite('how requests reach a service', () => {
  test('the mesh answers on every node that is there, a host port where a task is', () => {
    assert.deepEqual(own.virtualAddresses, [{ network: 'front', address: '10.0.1.2' }]);
    assert.deepEqual(own.tasks[1]?.addresses, [{ network: 'front', address: '10.0.1.4' }]);
    const names = (balance: Balance): readonly string[] => balance.ports[0]?.nodes.map((node) => node.hostname) ?? [];
    assert.deepEqual(names(own), ['node1', 'node2', 'node3']);
    const host = { ...web, ports: [{ ...port, mode: 'host' as const }] };
    assert.deepEqual(names(balanceOf(host, swarm)), ['node1', 'node2']);
    assert.deepEqual(names(balanceOf(web, { ...swarm, tasks: [] })), []);
  });
});

suite('a probe', () => {
  test('sends what it may, over no more connections than it may, to the places in turn', async () => {
    let now = 0;
    let most = 0;
    const paths = new Set<string>();
    const ask: Ask = async (_place, path) => {
      most = Math.max(most, ++now);
      await new Promise(setImmediate);
      now--;
      paths.add(path);
      return { status: 200, error: undefined, text: '' };
    };
    const places = [place, { ...place, node: 'node2' }];
    const signal = new AbortController().signal;
    const limits = { ...usualLimits, count: 30, concurrency: 3 };
    const answers = await probe(places, limits, 'name', signal, ask);
    assert.deepEqual([answers.length, paths.size, most], [30, 30, 3]);
    assert.equal(answers.filter((one) => one.place.node === 'node2').length, 15);
    assert.equal((await probe(places, { ...limits, count: 5000, concurrency: 50 }, 'name', signal, ask)).length, 1000);
  });

  test('ends with its time and when it is cancelled', async () => {
    const stopped = new AbortController();
    let sent = 0;
    const ask: Ask = async () => {
      if (++sent === 5) stopped.abort();
      return { status: undefined, error: 'ECONNREFUSED', text: '' };
    };
    const limits = { ...usualLimits, concurrency: 1 };
    assert.equal((await probe([place], limits, 'name', stopped.signal, ask)).length, 5);
    const slow: Ask = (_place, _path, _patience, signal) =>
      new Promise((resolve) => {
        // A time limit alone keeps no process going.
        const alive = setTimeout(() => undefined, 60_000);
        signal.addEventListener('abort', () => {
          clearTimeout(alive);
          resolve({ status: undefined, error: 'late', text: '' });
        });
      });
    const signal = new AbortController().signal;
    assert.equal((await probe([place], { ...limits, time: 1 }, 'name', signal, slow)).length, 1);
  });
});

suite('which task answered', () => {
  test('is told by the answer, by its log, or by the port that it alone has there; else by nothing', () => {
    const who = (one: ProbeAnswer, told = nothing, among = own.tasks): string | undefined =>
      taskOf(one, among, told.logged)?.name;
    assert.equal(who(answer('m-0.', 'Hostname: fedcba987654')), 'shop_web.2');
    const logged = { ...nothing, logged: new Map([['m-0.', tasks[1]?.id ?? '']]) };
    assert.equal(who(answer('m-0.', 'hello'), logged), 'shop_web.2');
    assert.equal(who(answer('m-0.', 'hello')), 'shop_web.1');
    const mesh = own.tasks.map((task) => ({ ...task, hostPorts: [] }));
    assert.equal(who(answer('m-0.', 'hello'), nothing, mesh), undefined);
    // One that names both tells nothing.
    assert.equal(who(answer('m-0.', '0123456789ab fedcba987654'), nothing, mesh), undefined);
  });

  test('is counted by task, with failures and what nothing tells', () => {
    const mesh = own.tasks.map((task) => ({ ...task, hostPorts: [] }));
    const answers = [
      answer('m-0.', '0123456789ab'),
      answer('m-1.', '0123456789ab'),
      answer('m-2.', 'x'),
      { ...answer('m-3.', ''), status: undefined, error: 'ECONNREFUSED' },
    ];
    const spread = spreadOf(answers, mesh, { ...nothing, connections: new Map([[containers[1] ?? '', 7]]) });
    assert.deepEqual(
      spread.shares.map(({ task, count, connections }) => [task.name, count, connections]),
      [
        ['shop_web.1', 2, undefined],
        ['shop_web.2', 0, 7],
      ],
    );
    assert.deepEqual([spread.sent, spread.answered, spread.unknown], [4, 3, 1]);
    assert.deepEqual([...spread.failures], [['ECONNREFUSED', 1]]);
  });

  test('a log with details says the task, the kernel how many connections were accepted', () => {
    const line = (task: string, mark: string): string =>
      `2026-01-01T00:00:00Z com.docker.swarm.node.id=n,com.docker.swarm.task.id=${task} 10.0.0.2 "GET /?longshore-probe=${mark} HTTP/1.1"`;
    const text = [line('t1', 'abc-1.'), line('t2', 'abc-10.'), 'something else', line('t3', 'other-1.')].join('\n');
    assert.deepEqual(
      [...marksIn(text, 'abc')],
      [
        ['abc-1.', 't1'],
        ['abc-10.', 't2'],
      ],
    );
    assert.equal(acceptedConnections('Ip: A\nIp: 1\nTcp: ActiveOpens PassiveOpens\nTcp: 3 42\n'), 42);
    assert.equal(acceptedConnections('cat: not found'), undefined);
  });
});

suite('the page of load balancing', () => {
  const parts = { source: 'https://source', style: 'https://source/style.css', probe: 'command:probe', balance: own };

  test('runs no script, and nothing in it is anybody else’s HTML', () => {
    const evil = { ...web, name: '<img src=x onerror=alert(1)>"' };
    const page = balancePage({ ...parts, balance: balanceOf(evil, swarm), spread: undefined });
    assert.match(page, /default-src 'none'; style-src https:\/\/source"/);
    assert.ok(!/<script|<img|style=/.test(page), page);
    assert.match(page, /&lt;img src=x onerror=alert\(1\)&gt;&quot;/);
  });

  test('says in a table what its chart shows', () => {
    const answers = [answer('m-0.', '0123456789ab'), answer('m-1.', 'fedcba987654'), answer('m-2.', 'fedcba987654')];
    const page = balancePage({ ...parts, spread: spreadOf(answers, own.tasks, nothing) });
    assert.match(page, /<svg role="img" aria-label="Answers by task, as in the table below"/);
    assert.match(page, /<rect x="160" y="0" width="150"/);
    assert.match(page, /<th scope="row">shop_web\.2<\/th><td>node2<\/td><td>2<\/td><td>67 %<\/td>/);
    assert.match(page, /3 of 3 requests were answered\. 3 with status 200\./);
    assert.match(page, /<a class="button" role="button" href="command:probe">/);
    assert.ok(!balancePage({ ...parts, probe: undefined, spread: undefined }).includes('Probe'));
  });
});

suite('Probe', () => {
  test('refuses what nobody could answer', async () => {
    const target = (service: typeof web) => ({ kind: 'service' as const, service });
    const udp = { ...web, ports: [{ ...port, protocol: 'udp', mode: 'ingress' as const }] };
    const refused = await run(serviceProbe, target(udp), [], { swarm: { ...swarm, services: [udp] } });
    assert.match(refused.said.at(-1) ?? '', /publishes no TCP port/);
    const down = await run(serviceProbe, target(web), [], { swarm: { ...swarm, tasks: [] } });
    assert.match(down.said.at(-1) ?? '', /No task of shop_web runs/);
    const much = await run(serviceProbe, target(web), ['node1', '5000'], { swarm });
    assert.match(much.said.at(-1) ?? '', /from 1 to 1000/);
  });
});
