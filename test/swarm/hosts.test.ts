// A swarm of Engines of several versions: tasks spread over the nodes and names resolve across them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ensureImages } from '../setup/images.mjs';
import { until } from '../setup/proc.mjs';
import { startSwarmNodes } from '../setup/swarm.mjs';

test('three nodes of two Engine versions share a service', async (t) => {
  const { nodes, stop } = await startSwarmNodes({ versions: ['28', '28', '20.10'] });
  t.after(stop);
  const [leader] = nodes;
  assert.ok(leader);
  await Promise.all(nodes.map((node) => ensureImages(node, ['example/api:1'])));
  await leader.docker(['network', 'create', '--driver', 'overlay', '--attachable', 'front']);
  const options = ['--replicas', '3', '--network', 'front', '--endpoint-mode', 'dnsrr', '--no-resolve-image'];
  await leader.docker(['service', 'create', '--detach', '--name', 'web', ...options, 'example/api:1']);

  const running = async (): Promise<readonly string[]> => {
    const format = ['--filter', 'desired-state=running', '--format', '{{.Node}} {{.CurrentState}}'];
    const { stdout } = await leader.docker(['service', 'ps', 'web', ...format]);
    return stdout.split('\n').flatMap((line) => /^(\S+) Running/.exec(line)?.[1] ?? []);
  };
  await until('The service did not come up', async () => (await running()).length === 3);
  assert.deepEqual([...(await running())].sort(), ['node1', 'node2', 'node3']);

  const ask = 'for n in 1 2 3 4 5 6 7 8 9; do wget -qO- http://web:8000/; done';
  const spread = async (): Promise<number> => {
    const { stdout } = await leader.docker(['run', '--rm', '--network', 'front', 'example/api:1', 'sh', '-c', ask]);
    return new Set(stdout.trim().split('\n')).size;
  };
  await until('Requests did not spread over the tasks', async () => (await spread()) > 1);
});
