import type {
  EngineEvent,
  EngineInfo,
  ExecResult,
  Health,
  LogFrame,
  PublishedPort,
  Replica,
  ReplicaDetails,
  ReplicaState,
  ReplicaUsage,
} from './engine.js';

/** What the Engine says about a container of a Compose project, in our words. */
export function toReplica(container: ApiContainer): Replica {
  const label = (name: string): string | undefined => container.Labels?.[`com.docker.compose.${name}`];
  const status = container.Status ?? '';
  return {
    id: container.Id,
    name: (container.Names?.[0] ?? container.Id).replace(/^\//, ''),
    project: label('project') ?? '',
    service: label('service') ?? '',
    number: Number(label('container-number') ?? 1),
    state: container.State as ReplicaState,
    health: healthOf(status),
    exitCode: exitCodeOf(status),
    status,
    image: container.Image ?? '',
    createdAt: (container.Created ?? 0) * 1000,
    ports: toPorts(container.Ports ?? []),
    addresses: Object.entries(container.NetworkSettings?.Networks ?? {}).flatMap(([network, { IPAddress }]) =>
      IPAddress ? [{ network, address: IPAddress }] : [],
    ),
    configHash: label('config-hash'),
    files: {
      workingDir: label('project.working_dir'),
      configFiles: list(label('project.config_files')),
      envFiles: list(label('project.environment_file')),
    },
  };
}

/** Several references may name one image, and an image may have none. */
export function toImageNames(images: readonly ApiImage[]): readonly string[] {
  const names = images.flatMap(({ RepoTags }) => RepoTags ?? []).filter((name) => !name.includes('<none>'));
  return [...new Set(names)].sort();
}

export interface ApiImage {
  readonly RepoTags?: readonly string[] | null;
}

export interface ApiContainer {
  readonly Id: string;
  readonly Names?: readonly string[];
  readonly Image?: string;
  readonly Created?: number;
  readonly State?: string;
  readonly Status?: string;
  readonly Ports?: readonly ApiPort[] | null;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly NetworkSettings?: { readonly Networks?: Readonly<Record<string, { readonly IPAddress?: string }>> };
}

interface ApiPort {
  readonly IP?: string;
  readonly PrivatePort: number;
  readonly PublicPort?: number;
  readonly Type: string;
}

/** The list of containers has health only inside its sentence: `Up 5 minutes (healthy)`. */
function healthOf(status: string): Health | undefined {
  return /\((?:health: )?(starting|healthy|unhealthy)\)/.exec(status)?.[1] as Health | undefined;
}

function exitCodeOf(status: string): number | undefined {
  const code = /^(?:Exited|Restarting) \((-?\d+)\)/.exec(status)?.[1];
  return code === undefined ? undefined : Number(code);
}

function list(label: string | undefined): readonly string[] {
  return label ? label.split(',') : [];
}

/** One entry per port, though the Engine lists one per address family. */
function toPorts(ports: readonly ApiPort[]): readonly PublishedPort[] {
  const byPort = new Map<string, PublishedPort>();
  for (const { IP, PrivatePort, PublicPort, Type } of ports) {
    const key = `${PublicPort}:${PrivatePort}/${Type}`;
    if (!byPort.has(key)) byPort.set(key, { published: PublicPort, target: PrivatePort, protocol: Type, host: IP });
  }
  return [...byPort.values()].sort((a, b) => a.target - b.target || (a.published ?? 0) - (b.published ?? 0));
}

export interface ApiInfo {
  readonly Name?: string;
  readonly ServerVersion?: string;
  readonly OperatingSystem?: string;
  readonly NCPU?: number;
  readonly MemTotal?: number;
  readonly GenericResources?: readonly ApiGenericResource[] | null;
  readonly DiscoveredDevices?: readonly { readonly Source: string; readonly ID: string }[] | null;
  readonly Runtimes?: Readonly<Record<string, unknown>> | null;
  readonly Swarm?: {
    readonly LocalNodeState?: string;
    readonly ControlAvailable?: boolean;
    readonly NodeID?: string;
    readonly NodeAddr?: string;
    readonly Error?: string;
  };
}

export interface ApiGenericResource {
  readonly NamedResourceSpec?: { readonly Kind: string; readonly Value: string };
  readonly DiscreteResourceSpec?: { readonly Kind: string; readonly Value: number };
}

export function toInfo(info: ApiInfo, apiVersion: string): EngineInfo {
  return {
    name: info.Name ?? '',
    version: info.ServerVersion ?? '',
    apiVersion,
    operatingSystem: info.OperatingSystem ?? '',
    cpus: info.NCPU ?? 0,
    memoryBytes: info.MemTotal ?? 0,
    genericResources: toGenericResources(info.GenericResources ?? []),
    cdiDevices: (info.DiscoveredDevices ?? []).flatMap(({ Source, ID }) => (Source === 'cdi' ? ID : [])),
    runtimes: Object.keys(info.Runtimes ?? {}),
    swarm: {
      state: (info.Swarm?.LocalNodeState || 'inactive') as EngineInfo['swarm']['state'],
      manager: info.Swarm?.ControlAvailable ?? false,
      nodeId: info.Swarm?.NodeID || undefined,
      nodeAddress: info.Swarm?.NodeAddr || undefined,
      error: info.Swarm?.Error || undefined,
    },
  };
}

/** Named resources count one each. */
export function toGenericResources(resources: readonly ApiGenericResource[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { NamedResourceSpec: named, DiscreteResourceSpec: discrete } of resources) {
    const kind = named?.Kind ?? discrete?.Kind;
    if (kind !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + (discrete?.Value ?? 1));
  }
  return counts;
}

export interface ApiDetails {
  readonly RestartCount?: number;
  readonly State?: { readonly StartedAt?: string };
  readonly Config?: { readonly Tty?: boolean; readonly User?: string };
  readonly Mounts?: readonly { readonly Source?: string; readonly Destination: string }[];
  readonly NetworkSettings?: { readonly Networks?: Readonly<Record<string, ApiAttachment>> };
}

interface ApiAttachment {
  readonly IPAddress?: string;
  readonly GlobalIPv6Address?: string;
  readonly Aliases?: readonly string[] | null;
  /** Since Engine 25; the aliases are among them. */
  readonly DNSNames?: readonly string[] | null;
}

export function toDetails(details: ApiDetails): ReplicaDetails {
  const startedAt = Date.parse(details.State?.StartedAt ?? '');
  return {
    // A container that never ran has the year 1.
    startedAt: startedAt > 0 ? startedAt : undefined,
    restarts: details.RestartCount ?? 0,
    tty: details.Config?.Tty ?? false,
    user: details.Config?.User ?? '',
    networks: Object.entries(details.NetworkSettings?.Networks ?? {}).map(([network, attached]) => ({
      network,
      addresses: [attached.IPAddress, attached.GlobalIPv6Address].flatMap((address) => address || []),
      names: attached.DNSNames ?? attached.Aliases ?? [],
    })),
    mounts: (details.Mounts ?? []).map(({ Source = '', Destination }) => ({ source: Source, target: Destination })),
    raw: details,
  };
}

export interface ApiStats {
  readonly cpu_stats?: ApiCpu;
  readonly precpu_stats?: ApiCpu;
  readonly memory_stats?: {
    readonly usage?: number;
    readonly limit?: number;
    readonly stats?: { readonly inactive_file?: number; readonly total_inactive_file?: number };
  };
}

interface ApiCpu {
  readonly cpu_usage?: { readonly total_usage?: number; readonly percpu_usage?: readonly number[] };
  readonly system_cpu_usage?: number;
  readonly online_cpus?: number;
}

/** Reckoned as `docker stats` does: page cache is not counted as use. */
export function toUsage({
  cpu_stats: now = {},
  precpu_stats: before = {},
  memory_stats: memory = {},
}: ApiStats): ReplicaUsage {
  const used = (now.cpu_usage?.total_usage ?? 0) - (before.cpu_usage?.total_usage ?? 0);
  const passed = (now.system_cpu_usage ?? 0) - (before.system_cpu_usage ?? 0);
  const cores = now.online_cpus ?? now.cpu_usage?.percpu_usage?.length ?? 1;
  const cache = memory.stats?.total_inactive_file ?? memory.stats?.inactive_file ?? 0;
  return {
    cpuPercent: passed > 0 && used > 0 ? (used / passed) * cores * 100 : 0,
    memoryBytes: Math.max(0, (memory.usage ?? 0) - cache),
    memoryLimitBytes: memory.limit ?? 0,
  };
}

export interface ApiEvent {
  readonly Type?: string;
  readonly Action?: string;
  readonly Actor?: { readonly ID?: string; readonly Attributes?: Readonly<Record<string, string>> };
  readonly timeNano?: number;
}

export function toEvent({ Type, Action = '', Actor, timeNano = 0 }: ApiEvent): EngineEvent | undefined {
  if (!eventKinds.some((kind) => kind === Type) || !Actor?.ID) return undefined;
  const kind = Type as EngineEvent['kind'];
  return { kind, action: Action, id: Actor.ID, time: timeNano / 1e6, attributes: Actor.Attributes ?? {} };
}

export const eventKinds: readonly EngineEvent['kind'][] = [
  'container',
  'service',
  'node',
  'network',
  'secret',
  'config',
];

/** Not among them: each health check's `exec_create`, `exec_start` and `exec_die`. */
export const eventActions: readonly string[] = [
  'create',
  'start',
  'kill',
  'die',
  // The same for Podman before 4.4, in a filter only.
  'died',
  'oom',
  'pause',
  'unpause',
  'rename',
  'destroy',
  'health_status',
  'connect',
  'disconnect',
  'update',
  'remove',
];

export function toExecResult(frames: readonly LogFrame[], exitCode: number): ExecResult {
  const of = (stream: LogFrame['stream']): string =>
    Buffer.concat(frames.filter((frame) => frame.stream === stream).map((frame) => frame.data)).toString();
  return { exitCode, stdout: of('stdout'), stderr: of('stderr') };
}
