import type { NetworkAddress, PublishedPort } from './engine.js';
import type { SwarmControl } from './swarmControl.js';

/** The Swarm of an Engine that is a manager; elsewhere every call throws `EngineError` with the Engine's own message. */
export interface SwarmEngine {
  services(filter?: SwarmServiceFilter, signal?: AbortSignal): Promise<readonly SwarmService[]>;
  tasks(filter?: TaskFilter, signal?: AbortSignal): Promise<readonly Task[]>;
  nodes(signal?: AbortSignal): Promise<readonly SwarmNode[]>;
  resources(signal?: AbortSignal): Promise<SwarmResources>;
  readonly control: SwarmControl;
}

/** What services are given by name. */
export interface SwarmResources {
  /** Of the whole Swarm: overlay networks, and others of that scope. */
  readonly networks: readonly SwarmNetwork[];
  readonly secrets: readonly SwarmFile[];
  readonly configs: readonly SwarmFile[];
}

export interface SwarmNetwork {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  /** Whether containers outside of services may join. */
  readonly attachable: boolean;
  readonly internal: boolean;
  /** The routing mesh itself. */
  readonly ingress: boolean;
  readonly stack: string | undefined;
  readonly subnets: readonly string[];
}

/** A secret or a config, without what is in it. */
export interface SwarmFile {
  readonly id: string;
  readonly name: string;
  readonly stack: string | undefined;
  readonly createdAt: number;
}

export interface SwarmServiceFilter {
  readonly stack?: string;
  readonly ids?: readonly string[];
}

export interface TaskFilter {
  readonly serviceIds?: readonly string[];
  readonly nodeId?: string;
}

export interface SwarmService {
  readonly id: string;
  /** With the stack's name in front: `shop_web`. */
  readonly name: string;
  readonly stack: string | undefined;
  readonly mode: 'replicated' | 'global' | 'replicated-job' | 'global-job';
  readonly running: number;
  /** For `global`, the nodes that should have a task. */
  readonly desired: number;
  /** Without the digest that Swarm pins. */
  readonly image: string;
  readonly ports: readonly SwarmPort[];
  readonly endpointMode: 'vip' | 'dnsrr';
  /** One for each network, by the network's id; none with `dnsrr`. */
  readonly virtualAddresses: readonly NetworkAddress[];
  readonly update: { readonly state: string; readonly message: string } | undefined;
  /** To be handed back on a change: Swarm refuses one made on an older reading. */
  readonly version: number;
}

export interface SwarmPort extends PublishedPort {
  /** `ingress`: every node answers; `host`: the nodes that have a task. */
  readonly mode: 'ingress' | 'host';
}

export interface Task {
  readonly id: string;
  readonly serviceId: string;
  readonly nodeId: string | undefined;
  /** From 1; undefined for a global service. */
  readonly slot: number | undefined;
  readonly state: string;
  readonly desiredState: string;
  /** Undefined while all is well. */
  readonly error: string | undefined;
  readonly containerId: string | undefined;
  /** When the state was reached, in milliseconds. */
  readonly at: number;
  readonly image: string;
  /** By the network's id; kept after the task ended. */
  readonly addresses: readonly NetworkAddress[];
  /** What it has of its node's ports while it runs, with `host` mode. */
  readonly hostPorts: readonly PublishedPort[];
}

export interface SwarmNode {
  readonly id: string;
  readonly hostname: string;
  readonly role: 'manager' | 'worker';
  readonly availability: 'active' | 'pause' | 'drain';
  readonly state: 'unknown' | 'down' | 'ready' | 'disconnected';
  readonly leader: boolean;
  readonly address: string;
  readonly engineVersion: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly genericResources: ReadonlyMap<string, number>;
  readonly version: number;
}
