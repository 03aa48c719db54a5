import type { SwarmFile, SwarmNetwork, SwarmNode, SwarmService, Task } from '../../client/src/engine/swarm.js';
import type { SwarmSnapshot, Snapshot } from '../../client/src/engine/snapshot.js';
import { noResources, nothingSeen } from '../../client/src/engine/snapshot.js';
import type { ServiceReading, SwarmControl } from '../../client/src/engine/swarmControl.js';
import type { NodeSpec, ServiceSpec } from '../../client/src/engine/swarmSpec.js';
import { fakeInfo } from './fakeEngine.js';

/** A running service `STACK_NAME` of one task, or `NAME` without a stack. */
export function fakeSwarmService(name: string, more: Partial<SwarmService> = {}): SwarmService {
  return {
    id: `id-${name}`,
    name,
    stack: name.includes('_') ? name.split('_')[0] : undefined,
    mode: 'replicated',
    running: 1,
    desired: 1,
    image: 'example/image:1',
    ports: [],
    endpointMode: 'vip',
    virtualAddresses: [],
    update: undefined,
    version: 1,
    ...more,
  };
}

/** A running task `SERVICE.SLOT` on node1. */
export function fakeTask(name: string, more: Partial<Task> = {}): Task {
  const [service = '', slot = '1'] = name.split('.');
  return {
    id: `task-${name}`,
    serviceId: `id-${service}`,
    nodeId: 'id-node1',
    slot: Number(slot),
    state: 'running',
    desiredState: 'running',
    error: undefined,
    containerId: undefined,
    at: 0,
    image: 'example/image:1',
    addresses: [],
    hostPorts: [],
    ...more,
  };
}

/** A ready worker that takes tasks. */
export function fakeNode(hostname: string, more: Partial<SwarmNode> = {}): SwarmNode {
  return {
    id: `id-${hostname}`,
    hostname,
    role: 'worker',
    availability: 'active',
    state: 'ready',
    leader: false,
    address: '10.0.0.1',
    engineVersion: '28.5.2',
    labels: new Map(),
    cpus: 2,
    memoryBytes: 1 << 30,
    genericResources: new Map(),
    version: 1,
    ...more,
  };
}

export function fakeSwarmNetwork(name: string, more: Partial<SwarmNetwork> = {}): SwarmNetwork {
  const network = { id: `id-${name}`, name, driver: 'overlay', attachable: false, internal: false, ingress: false };
  return { ...network, stack: undefined, subnets: [], ...more };
}

export function fakeSwarmFile(name: string, more: Partial<SwarmFile> = {}): SwarmFile {
  return { id: `id-${name}`, name, stack: undefined, createdAt: 0, ...more };
}

/** What a manager sees. */
export function fakeSwarmSnapshot(swarm: Partial<SwarmSnapshot> = {}): Snapshot {
  return {
    ...nothingSeen,
    state: { kind: 'connected' },
    info: { ...fakeInfo, swarm: { ...fakeInfo.swarm, state: 'active', manager: true, nodeAddress: '10.0.0.1' } },
    swarm: { services: [], tasks: [], nodes: [], resources: noResources, error: undefined, ...swarm },
  };
}

export interface FakeControl extends SwarmControl {
  /** Calls that change something, in order: `leave force`, `remove secret id-a` … */
  readonly calls: string[];
  readonly specs: Map<string, ServiceSpec>;
  readonly nodeSpecs: Map<string, NodeSpec>;
}

/** Remembers what was asked for; every change comes about at once. */
export function fakeControl(specs: readonly ServiceSpec[] = []): FakeControl {
  const calls: string[] = [];
  const did = async (call: string): Promise<void> => void calls.push(call);
  const control: FakeControl = {
    calls,
    specs: new Map(specs.map((spec) => [`id-${spec.Name}`, spec])),
    nodeSpecs: new Map(),
    init: (advertise) => did(`init ${advertise ?? ''}`.trim()),
    join: ({ token, manager }) => did(`join ${token} ${manager}`),
    leave: (force) => did(`leave${force ? ' force' : ''}`),
    joinTokens: async () => ({ manager: 'SWMTKN-manager', worker: 'SWMTKN-worker' }),
    rotateToken: (role) => did(`rotateToken ${role}`),
    service: async (id) => reading(id, specOf(id)),
    async progress(id) {
      const { Name: name, Mode } = specOf(id);
      const desired = Mode?.Replicated?.Replicas ?? 1;
      return { name, desired, fresh: desired, wanted: desired, update: undefined, error: undefined };
    },
    async changeService(id, change) {
      control.specs.set(id, change(specOf(id)));
      calls.push(`changeService ${id}`);
    },
    rollBack: (id) => did(`rollBack ${id}`),
    async changeNode(id, change) {
      const spec = change(control.nodeSpecs.get(id) ?? { Role: 'worker', Availability: 'active' });
      control.nodeSpecs.set(id, spec);
      calls.push(`changeNode ${id}`);
    },
    removeNode: (id, force) => did(`removeNode ${id}${force ? ' force' : ''}`),
    async create(kind, { name, stack = '' }) {
      calls.push(`create ${kind} ${name} ${stack}`.trim());
      return `id-${name}`;
    },
    createGwbridge: (subnet) => did(`createGwbridge ${subnet ?? ''}`.trim()),
    createOverlay: ({ name, attachable }) => did(`createOverlay ${name}${attachable ? ' attachable' : ''}`),
    remove: (kind, id) => did(`remove ${kind} ${id}`),
  };
  function specOf(id: string): ServiceSpec {
    const spec = control.specs.get(id);
    if (!spec) throw new Error(`This test has no service ${id}.`);
    return spec;
  }
  return control;
}

function reading(id: string, spec: ServiceSpec): ServiceReading {
  return { id, spec, canRollBack: true, raw: { ID: id } };
}

export function fakeSpec(name: string, more: Partial<ServiceSpec> = {}): ServiceSpec {
  return {
    Name: name,
    TaskTemplate: { ContainerSpec: { Image: 'example/image:1' } },
    Mode: { Replicated: { Replicas: 1 } },
    ...more,
  };
}
