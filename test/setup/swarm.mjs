// A swarm of real Engines on this machine.
import { startEngines } from './dockerd.mjs';

/**
 * Starts `versions.length` Engines named node1, node2, … and joins them: node1 leads, the next `managers - 1` are
 * managers too, the rest are workers. This machine's kernel may lack IPVS: send test traffic to `endpoint_mode: dnsrr`
 * or to ports with `mode: host`.
 * @param {{ versions?: readonly import('./dockerd.mjs').EngineVersion[], managers?: number, join?: boolean, configs?: readonly object[], log?: (line: string) => void }} [options]
 *   `join: false` leaves them apart; `configs[i]` is added to the daemon.json of node i
 * @returns {Promise<{ nodes: import('./dockerd.mjs').Engine[], stop: () => Promise<void> }>}
 */
export async function startSwarmNodes({
  versions = ['28', '28', '20.10'],
  managers = 1,
  join = true,
  configs = [],
  log = () => {},
} = {}) {
  const nodes = await startEngines(
    versions.map((version, index) => ({ name: `node${index + 1}`, version, config: configs[index] ?? {} })),
    { log },
  );
  const [leader, ...others] = nodes;
  const stop = () => leader.stop();
  if (!join) return { nodes, stop };
  try {
    await leader.docker(['swarm', 'init', '--advertise-addr', leader.address]);
    const token = async (role) => (await leader.docker(['swarm', 'join-token', '-q', role])).stdout.trim();
    const tokens = { manager: await token('manager'), worker: await token('worker') };
    for (const [index, node] of others.entries()) {
      const role = index + 1 < managers ? 'manager' : 'worker';
      await node.docker(['swarm', 'join', '--token', tokens[role], `${leader.address}:2377`]);
    }
    return { nodes, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
