import type { NodeSpec, ServiceSpec } from './swarmSpec.js';
import type { SwarmNode } from './swarm.js';

/**
 * What changes a Swarm. Calls throw `EngineError`. A change is made on a fresh reading, and once more where somebody else was
 * faster; it has begun, not ended, when its promise is kept.
 */
export interface SwarmControl {
  /** Without an address the Engine chooses, and refuses where it has several. */
  init(advertise: string | undefined, signal?: AbortSignal): Promise<void>;
  join(how: JoinOptions, signal?: AbortSignal): Promise<void>;
  /** `force` is what a manager needs. */
  leave(force: boolean, signal?: AbortSignal): Promise<void>;
  joinTokens(signal?: AbortSignal): Promise<JoinTokens>;
  /** The old token is worth nothing afterwards; nodes that have joined stay. */
  rotateToken(role: SwarmNode['role'], signal?: AbortSignal): Promise<void>;

  service(id: string, signal?: AbortSignal): Promise<ServiceReading>;
  /** How far a service has come; throws with the reason `notFound` once it is gone. */
  progress(id: string, signal?: AbortSignal): Promise<ServiceProgress>;
  changeService(id: string, change: (spec: ServiceSpec) => ServiceSpec, signal?: AbortSignal): Promise<void>;
  /** Back to the definition before the last change; Swarm remembers one. */
  rollBack(id: string, signal?: AbortSignal): Promise<void>;

  changeNode(id: string, change: (spec: NodeSpec) => NodeSpec, signal?: AbortSignal): Promise<void>;
  /** `force` is for a node that is not down. */
  removeNode(id: string, force: boolean, signal?: AbortSignal): Promise<void>;

  /** Answers with its id. What belongs to a stack goes with it. */
  create(kind: 'secret' | 'config', file: NewFile, signal?: AbortSignal): Promise<string>;
  /** On this Engine alone. Without a subnet it chooses one. */
  createGwbridge(subnet: string | undefined, signal?: AbortSignal): Promise<void>;
  createOverlay(network: OverlayOptions, signal?: AbortSignal): Promise<void>;
  remove(kind: SwarmObjectKind, id: string, signal?: AbortSignal): Promise<void>;
}

export type SwarmObjectKind = 'service' | 'secret' | 'config' | 'network';

export interface JoinOptions {
  readonly token: string;
  /** `address:port` of a manager. */
  readonly manager: string;
}

export interface JoinTokens {
  readonly manager: string;
  readonly worker: string;
}

export interface ServiceReading {
  readonly id: string;
  readonly spec: ServiceSpec;
  readonly canRollBack: boolean;
  /** Everything Swarm knows about it, as its own JSON. */
  readonly raw: unknown;
}

export interface ServiceProgress {
  readonly name: string;
  readonly desired: number;
  /** Whether `desired` is no more than the tasks made so far, as with a global service: none of a new one. */
  readonly counted?: true;
  /** Tasks of the present definition that run. */
  readonly fresh: number;
  /** Tasks that should run, of any definition. */
  readonly wanted: number;
  readonly update: { readonly state: string; readonly message: string } | undefined;
  /** What the newest task of the present definition failed with. */
  readonly error: string | undefined;
}

export interface NewFile {
  readonly name: string;
  readonly data: Uint8Array;
  readonly stack?: string;
}

export interface OverlayOptions {
  readonly name: string;
  readonly attachable: boolean;
  readonly internal: boolean;
  readonly encrypted: boolean;
}
