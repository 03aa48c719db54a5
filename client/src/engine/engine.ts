import type { SwarmEngine } from './swarm.js';

/**
 * A Docker Engine in our own words. Lists are what the Engine says at the time of the call; every call throws `EngineError`
 * and nothing else, and a call that takes a signal throws it with the reason `cancelled` once that is aborted.
 */
export interface Engine {
  /** Where the Engine is, for people: `unix:///var/run/docker.sock`. */
  readonly address: string;
  readonly swarm: SwarmEngine;

  ping(signal?: AbortSignal): Promise<void>;
  info(signal?: AbortSignal): Promise<EngineInfo>;

  /** The replicas of Compose projects, running or not. One-off containers of `docker compose run` are none. */
  replicas(filter?: ReplicaFilter, signal?: AbortSignal): Promise<readonly Replica[]>;
  /** Every container that runs, of Compose or not. */
  containers(signal?: AbortSignal): Promise<readonly Container[]>;
  /** References of the images that have one, such as `nginx:1.30`, sorted. */
  images(signal?: AbortSignal): Promise<readonly string[]>;
  /** Everything the Engine knows about a container, as its own JSON. */
  inspect(id: string, signal?: AbortSignal): Promise<ReplicaDetails>;
  /** One sample of what a container uses; takes the Engine about a second. */
  usage(id: string, signal?: AbortSignal): Promise<ReplicaUsage>;
  /** A stop lasts as long as the container takes, at most its own grace period. */
  act(id: string, action: ReplicaAction, signal?: AbortSignal): Promise<void>;
  /** Runs a program in a container and waits for its end, 5 minutes where there is no signal. Output beyond 1 MiB is cut off. */
  exec(id: string, argv: readonly string[], signal?: AbortSignal, how?: ExecOptions): Promise<ExecResult>;

  /**
   * Container, service and node events from `since` (milliseconds) or now on, until the signal is aborted. Once the promise is
   * kept the stream is open and misses nothing. Iterating throws when the connection is lost.
   */
  events(options: EventOptions, signal: AbortSignal): Promise<AsyncIterable<EngineEvent>>;

  /** The log of one container or Swarm service. Reading is pull: what nobody asks for stays with the Engine. */
  logs(source: LogSource, options: LogOptions, signal: AbortSignal): AsyncIterable<readonly LogFrame[]>;
}

export interface EngineInfo {
  readonly name: string;
  readonly version: string;
  readonly apiVersion: string;
  readonly operatingSystem: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  /** GPUs and the like the Engine offers to Swarm, for example `NVIDIA-GPU` → 2. */
  readonly genericResources: ReadonlyMap<string, number>;
  /** Devices it can hand to containers, for example `nvidia.com/gpu=0`. */
  readonly cdiDevices: readonly string[];
  /** Names of the container runtimes, for example `runc`, `nvidia`. */
  readonly runtimes: readonly string[];
  readonly swarm: SwarmMembership;
}

export interface SwarmMembership {
  readonly state: 'inactive' | 'pending' | 'active' | 'error' | 'locked';
  /** Whether this Engine answers questions about services and nodes. */
  readonly manager: boolean;
  readonly nodeId: string | undefined;
  readonly nodeAddress: string | undefined;
  readonly error: string | undefined;
}

export interface ReplicaFilter {
  readonly project?: string;
  readonly service?: string;
  readonly ids?: readonly string[];
}

export interface Container {
  readonly id: string;
  /** For example `shop-api-2`. */
  readonly name: string;
  readonly ports: readonly PublishedPort[];
}

/** A container that Compose made for a service. */
export interface Replica extends Container {
  readonly project: string;
  readonly service: string;
  /** From 1; neither contiguous nor stable over a scale-down. */
  readonly number: number;
  readonly state: ReplicaState;
  /** Undefined where the image and the service have no health check. */
  readonly health: Health | undefined;
  readonly exitCode: number | undefined;
  /** The Engine's own words, for example `Up 5 minutes (healthy)`; changes with time alone. */
  readonly status: string;
  readonly image: string;
  readonly createdAt: number;
  /** By network name. */
  readonly addresses: readonly NetworkAddress[];
  /** Compose's hash of the service's definition at the time it was created. */
  readonly configHash: string | undefined;
  readonly files: ProjectFiles;
}

export type ReplicaState = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
export type Health = 'starting' | 'healthy' | 'unhealthy';
export type ReplicaAction = 'start' | 'stop' | 'restart' | 'kill' | 'remove' | 'reload';

/** What Compose was started with, as paths of the machine it ran on, which need not be this one. */
export interface ProjectFiles {
  readonly workingDir: string | undefined;
  readonly configFiles: readonly string[];
  readonly envFiles: readonly string[];
}

export interface PublishedPort {
  /** Undefined where a port is exposed but not published. */
  readonly published: number | undefined;
  readonly target: number;
  readonly protocol: string;
  readonly host: string | undefined;
}

export interface NetworkAddress {
  readonly network: string;
  readonly address: string;
}

/** How a container is reached on a network. */
export interface Attachment {
  readonly network: string;
  /** IPv4 first; none while the container does not run. */
  readonly addresses: readonly string[];
  /** What Docker's DNS knows it by there: the service, its aliases, the container. */
  readonly names: readonly string[];
}

export interface ReplicaDetails {
  readonly startedAt: number | undefined;
  readonly restarts: number;
  readonly tty: boolean;
  readonly user: string;
  readonly networks: readonly Attachment[];
  /** By path in the container: where it comes from. */
  readonly mounts: readonly { readonly source: string; readonly target: string }[];
  readonly raw: unknown;
}

export interface ReplicaUsage {
  /** 100 is one core. */
  readonly cpuPercent: number;
  readonly memoryBytes: number;
  readonly memoryLimitBytes: number;
}

/** What is not said is the container's own. */
export interface ExecOptions {
  readonly user?: string;
  readonly workingDir?: string;
  /** Added to the container's; a name without a value takes it away. */
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly privileged?: boolean;
}

export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface EventOptions {
  readonly since?: number;
}

export interface EngineEvent {
  readonly kind: 'container' | 'service' | 'node' | 'network' | 'secret' | 'config';
  /** Docker's own word, for example `start`, `die`, `health_status: healthy`, `update`. */
  readonly action: string;
  readonly id: string;
  /** Milliseconds. */
  readonly time: number;
  /** Labels of a container; `replicas.old`, `updatestate.new` and the like of a service. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface LogSource {
  /** `service` and `task` are Swarm's. */
  readonly kind: 'replica' | 'service' | 'task';
  readonly id: string;
  /** Whether the container has a terminal: its log then has no frames and is all `stdout`. */
  readonly tty?: boolean;
}

export interface LogOptions {
  readonly follow: boolean;
  /** Last lines to begin with, per replica; all where undefined. */
  readonly tail?: number;
  /** Unix seconds, to the nanosecond where it is a string: `1763647200.123456789`. Lines of that very moment are included. */
  readonly since?: number | string;
  readonly until?: number | string;
}

/**
 * What a container wrote in one go, at most 16 KiB of a line: a longer line comes in several frames of which only the last
 * ends in a line feed. Each frame begins with its RFC 3339 time and a space; one of a Swarm service or task has its details
 * (`com.docker.swarm.task.id=…,…`) and a space behind that. Without frames (a terminal) it is whatever arrived, lines cut anywhere.
 */
export interface LogFrame {
  readonly stream: 'stdout' | 'stderr';
  readonly data: Buffer;
}

export type EngineErrorReason =
  /** Nobody answers at the address, or the connection broke. */
  | 'unreachable'
  /** The socket is there and this user may not open it. */
  | 'denied'
  | 'notFound'
  | 'conflict'
  | 'cancelled'
  /** The Engine refused: its message says why. */
  | 'refused';

export class EngineError extends Error {
  override readonly name = 'EngineError';
  constructor(
    readonly reason: EngineErrorReason,
    message: string,
    readonly status?: number,
  ) {
    super(message);
  }
}

/** By name: an error of the Engine's bundle is of another class object than ours, so `instanceof` would not know it. */
export function isEngineError(error: unknown): error is EngineError {
  return error instanceof Error && error.name === 'EngineError';
}
