/**
 * What Swarm keeps of services and nodes, in the Engine's own JSON: a change hands the whole of it back, so that what we do not
 * know stays as it was.
 */
export interface ServiceSpec {
  readonly Name: string;
  readonly Labels?: Labels;
  readonly TaskTemplate: TaskTemplate;
  readonly Mode?: {
    readonly Replicated?: { readonly Replicas?: number };
    readonly Global?: object;
    readonly ReplicatedJob?: { readonly TotalCompletions?: number };
    readonly GlobalJob?: object;
  };
  readonly UpdateConfig?: UpdateConfig;
  readonly RollbackConfig?: UpdateConfig;
  readonly EndpointSpec?: { readonly Mode?: string; readonly Ports?: readonly PortSpec[] };
}

export type Labels = Readonly<Record<string, string>>;

export interface TaskTemplate {
  readonly ContainerSpec?: ContainerSpec;
  readonly Resources?: { readonly Limits?: ResourceSpec; readonly Reservations?: ResourceSpec };
  readonly RestartPolicy?: RestartPolicy;
  readonly Placement?: { readonly Constraints?: readonly string[] | null; readonly MaxReplicas?: number };
  readonly Networks?: readonly { readonly Target?: string; readonly Aliases?: readonly string[] | null }[] | null;
  readonly ForceUpdate?: number;
}

export interface RestartPolicy {
  readonly Condition?: string;
  /** Nanoseconds. */
  readonly Delay?: number;
  /** Without end where 0 or undefined. */
  readonly MaxAttempts?: number;
  /** Nanoseconds over which attempts are counted; always where 0 or undefined. */
  readonly Window?: number;
}

export interface ContainerSpec {
  /** With the digest that Swarm pins. */
  readonly Image?: string;
  readonly Labels?: Labels;
  readonly Isolation?: string;
  /** The entry point. */
  readonly Command?: readonly string[] | null;
  readonly Args?: readonly string[] | null;
  readonly Env?: readonly string[] | null;
  readonly Healthcheck?: { readonly Test?: readonly string[] };
  readonly Secrets?: readonly SecretReference[] | null;
  readonly Configs?: readonly ConfigReference[] | null;
}

export interface SecretReference {
  readonly SecretID: string;
  readonly SecretName: string;
  readonly File?: FileReference;
}

export interface ConfigReference {
  readonly ConfigID: string;
  readonly ConfigName: string;
  readonly File?: FileReference;
}

/** How a container sees it. */
export interface FileReference {
  readonly Name?: string;
  readonly UID?: string;
  readonly GID?: string;
  readonly Mode?: number;
}

export interface ResourceSpec {
  /** Billionths of a core. */
  readonly NanoCPUs?: number;
  readonly MemoryBytes?: number;
  readonly GenericResources?: readonly {
    readonly DiscreteResourceSpec?: { readonly Kind: string; readonly Value: number };
    readonly NamedResourceSpec?: { readonly Kind: string; readonly Value: string };
  }[];
}

export interface UpdateConfig {
  readonly Parallelism?: number;
  /** Nanoseconds. */
  readonly Delay?: number;
  readonly Monitor?: number;
  readonly FailureAction?: string;
  readonly Order?: string;
}

export interface PortSpec {
  readonly Protocol?: string;
  readonly TargetPort?: number;
  readonly PublishedPort?: number;
  readonly PublishMode?: string;
}

export interface NodeSpec {
  readonly Role: string;
  readonly Availability: string;
  readonly Labels?: Labels;
}
