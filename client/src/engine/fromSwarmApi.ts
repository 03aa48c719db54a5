import { toGenericResources } from './fromApi.js';
import type { ApiGenericResource } from './fromApi.js';
import type { SwarmNode, SwarmPort, SwarmService, Task } from './swarm.js';

export interface ApiService {
  readonly ID: string;
  readonly Version: { readonly Index: number };
  readonly Spec: {
    readonly Name: string;
    readonly Labels?: Readonly<Record<string, string>>;
    readonly TaskTemplate?: { readonly ContainerSpec?: { readonly Image?: string } };
    readonly Mode?: {
      readonly Replicated?: { readonly Replicas?: number };
      readonly ReplicatedJob?: { readonly TotalCompletions?: number };
      readonly Global?: object;
      readonly GlobalJob?: object;
    };
  };
  readonly Endpoint?: {
    readonly Spec?: { readonly Mode?: string };
    readonly Ports?: readonly ApiPort[];
    readonly VirtualIPs?: readonly { readonly NetworkID: string; readonly Addr?: string }[];
  };
  readonly UpdateStatus?: { readonly State?: string; readonly Message?: string };
  /** Only when asked for with `status=true`. */
  readonly ServiceStatus?: { readonly RunningTasks?: number; readonly DesiredTasks?: number };
}

interface ApiPort {
  readonly Protocol?: string;
  readonly TargetPort: number;
  readonly PublishedPort?: number;
  readonly PublishMode?: string;
}

export function toSwarmService(service: ApiService): SwarmService {
  const { Spec: spec, UpdateStatus: update, ServiceStatus: status } = service;
  return {
    id: service.ID,
    name: spec.Name,
    stack: spec.Labels?.['com.docker.stack.namespace'],
    mode: modeOf(spec.Mode),
    running: status?.RunningTasks ?? 0,
    desired: status?.DesiredTasks ?? spec.Mode?.Replicated?.Replicas ?? 0,
    image: (spec.TaskTemplate?.ContainerSpec?.Image ?? '').replace(/@sha256:.*$/, ''),
    ports: (service.Endpoint?.Ports ?? []).map(toPort),
    endpointMode: service.Endpoint?.Spec?.Mode === 'dnsrr' ? 'dnsrr' : 'vip',
    virtualAddresses: (service.Endpoint?.VirtualIPs ?? []).flatMap(({ NetworkID, Addr }) =>
      Addr ? { network: NetworkID, address: withoutMask(Addr) } : [],
    ),
    update: update?.State ? { state: update.State, message: update.Message ?? '' } : undefined,
    version: service.Version.Index,
  };
}

function toPort({ PublishedPort, TargetPort, Protocol = 'tcp', PublishMode }: ApiPort): SwarmPort {
  const mode = PublishMode === 'host' ? 'host' : 'ingress';
  return { published: PublishedPort || undefined, target: TargetPort, protocol: Protocol, host: undefined, mode };
}

function withoutMask(address: string): string {
  return address.replace(/\/\d+$/, '');
}

function modeOf(mode: ApiService['Spec']['Mode']): SwarmService['mode'] {
  if (mode?.Global) return 'global';
  if (mode?.GlobalJob) return 'global-job';
  return mode?.ReplicatedJob ? 'replicated-job' : 'replicated';
}

export interface ApiTask {
  readonly ID: string;
  readonly ServiceID: string;
  readonly NodeID?: string;
  readonly Slot?: number;
  readonly DesiredState: string;
  readonly Status: {
    readonly State: string;
    readonly Err?: string;
    readonly Timestamp?: string;
    readonly ContainerStatus?: { readonly ContainerID?: string };
    readonly PortStatus?: { readonly Ports?: readonly ApiPort[] };
  };
  readonly NetworksAttachments?: readonly {
    readonly Network?: { readonly ID?: string };
    readonly Addresses?: readonly string[] | null;
  }[];
  readonly Spec?: { readonly ContainerSpec?: { readonly Image?: string } };
}

export function toTask(task: ApiTask): Task {
  return {
    id: task.ID,
    serviceId: task.ServiceID,
    nodeId: task.NodeID || undefined,
    slot: task.Slot || undefined,
    state: task.Status.State,
    desiredState: task.DesiredState,
    error: task.Status.Err || undefined,
    containerId: task.Status.ContainerStatus?.ContainerID || undefined,
    at: Date.parse(task.Status.Timestamp ?? '') || 0,
    image: (task.Spec?.ContainerSpec?.Image ?? '').replace(/@sha256:.*$/, ''),
    addresses: (task.NetworksAttachments ?? []).flatMap(({ Network, Addresses }) =>
      (Addresses ?? []).map((address) => ({ network: Network?.ID ?? '', address: withoutMask(address) })),
    ),
    hostPorts: (task.Status.PortStatus?.Ports ?? []).map(toPort),
  };
}

export interface ApiNode {
  readonly ID: string;
  readonly Version: { readonly Index: number };
  readonly Spec: {
    readonly Role: string;
    readonly Availability: string;
    readonly Labels?: Readonly<Record<string, string>>;
  };
  readonly Description?: {
    readonly Hostname?: string;
    readonly Engine?: { readonly EngineVersion?: string };
    readonly Resources?: {
      readonly NanoCPUs?: number;
      readonly MemoryBytes?: number;
      readonly GenericResources?: readonly ApiGenericResource[] | null;
    };
  };
  readonly Status?: { readonly State?: string; readonly Addr?: string };
  readonly ManagerStatus?: { readonly Leader?: boolean };
}

export function toSwarmNode(node: ApiNode): SwarmNode {
  const { Description: description } = node;
  return {
    id: node.ID,
    hostname: description?.Hostname ?? node.ID,
    role: node.Spec.Role as SwarmNode['role'],
    availability: node.Spec.Availability as SwarmNode['availability'],
    state: (node.Status?.State ?? 'unknown') as SwarmNode['state'],
    leader: node.ManagerStatus?.Leader ?? false,
    address: node.Status?.Addr ?? '',
    engineVersion: description?.Engine?.EngineVersion ?? '',
    labels: new Map(Object.entries(node.Spec.Labels ?? {})),
    cpus: (description?.Resources?.NanoCPUs ?? 0) / 1e9,
    memoryBytes: description?.Resources?.MemoryBytes ?? 0,
    genericResources: toGenericResources(description?.Resources?.GenericResources ?? []),
    version: node.Version.Index,
  };
}
