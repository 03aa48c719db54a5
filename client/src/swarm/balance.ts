import type { NetworkAddress, PublishedPort } from '../engine/engine.js';
import type { SwarmSnapshot } from '../engine/snapshot.js';
import type { SwarmPort, SwarmService } from '../engine/swarm.js';
import { taskName } from './tasks.js';

/** How requests reach the tasks of a service. */
export interface Balance {
  readonly service: string;
  /** With `vip` a name is one address behind which Swarm spreads connections; with `dnsrr` it is the tasks' own addresses. */
  readonly mode: 'vip' | 'dnsrr';
  /** By network name. */
  readonly virtualAddresses: readonly NetworkAddress[];
  readonly ports: readonly BalancedPort[];
  readonly tasks: readonly BalancedTask[];
}

export interface BalancedPort extends SwarmPort {
  /** Where a request to the published port gets an answer, once Swarm has done what it should. */
  readonly nodes: readonly AnsweringNode[];
}

export interface AnsweringNode {
  readonly hostname: string;
  readonly address: string;
}

export interface BalancedTask {
  readonly id: string;
  readonly name: string;
  readonly node: string;
  /** Of the node, by which its published ports are reached. */
  readonly nodeAddress: string;
  readonly state: string;
  readonly containerId: string | undefined;
  /** By network name. */
  readonly addresses: readonly NetworkAddress[];
  readonly hostPorts: readonly PublishedPort[];
}

export function balanceOf(service: SwarmService, { tasks, nodes, resources }: SwarmSnapshot): Balance {
  const names = new Map(resources.networks.map(({ id, name }) => [id, name]));
  const named = ({ network, address }: NetworkAddress): NetworkAddress => ({
    network: names.get(network) ?? network,
    address,
  });
  const hosts = new Map(nodes.map((node) => [node.id, node]));
  const own = tasks
    .filter(({ serviceId, desiredState }) => serviceId === service.id && desiredState === 'running')
    .sort((a, b) => (a.slot ?? 0) - (b.slot ?? 0) || a.id.localeCompare(b.id));
  const balanced = own.map((task): BalancedTask => {
    const host = hosts.get(task.nodeId ?? '');
    const node = host?.hostname ?? '';
    return {
      id: task.id,
      name: taskName(task, service.name, node),
      node,
      nodeAddress: host?.address ?? '',
      state: task.state,
      containerId: task.containerId,
      addresses: task.addresses.map(named),
      hostPorts: unique(task.hostPorts),
    };
  });
  const ready = nodes.filter(({ state }) => state === 'ready').sort((a, b) => a.hostname.localeCompare(b.hostname));
  const answering = (port: SwarmPort): readonly AnsweringNode[] => {
    if (port.published === undefined && port.mode === 'ingress') return [];
    const busy = new Set(balanced.filter(({ state }) => state === 'running').map(({ node }) => node));
    // The mesh takes a request on every node, as long as there is a task anywhere to give it to.
    const fitting =
      port.mode === 'ingress' ? (busy.size > 0 ? ready : []) : ready.filter((one) => busy.has(one.hostname));
    return fitting.map(({ hostname, address }) => ({ hostname, address }));
  };
  return {
    service: service.name,
    mode: service.endpointMode,
    virtualAddresses: service.virtualAddresses.map(named),
    ports: service.ports.map((port) => ({ ...port, nodes: answering(port) })),
    tasks: balanced,
  };
}

/** An Engine may name a port twice, for IPv4 and for IPv6. */
function unique(ports: readonly PublishedPort[]): readonly PublishedPort[] {
  return [...new Map(ports.map((port) => [`${port.published} ${port.target}/${port.protocol}`, port])).values()];
}
