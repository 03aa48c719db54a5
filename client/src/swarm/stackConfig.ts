import { parse } from 'yaml';

/**
 * What `docker stack config` prints: the tool has merged, filled in and spelled everything out there. Throws what `yaml` throws
 * for a text that is no YAML.
 */
export function readStackConfig(text: string): StackConfig {
  return (parse(text) ?? {}) as StackConfig;
}

export interface StackConfig {
  readonly services?: Readonly<Record<string, StackService>>;
  readonly networks?: Named;
  readonly secrets?: Named;
  readonly configs?: Named;
  readonly volumes?: Readonly<Record<string, StackVolume | null>>;
}

export type Named = Readonly<Record<string, StackResource | null>>;
type Words = Readonly<Record<string, string>>;

interface StackResource {
  readonly name?: string;
  readonly external?: boolean | { readonly name?: string };
}

export interface StackVolume extends StackResource {
  readonly driver?: string;
  readonly driver_opts?: Words;
  readonly labels?: Words;
}

export interface StackService {
  readonly image?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly labels?: Words;
  readonly hostname?: string;
  readonly extra_hosts?: readonly string[];
  readonly dns?: readonly string[];
  readonly dns_search?: readonly string[];
  readonly working_dir?: string;
  readonly user?: string;
  readonly stop_grace_period?: string;
  readonly stop_signal?: string;
  readonly tty?: boolean;
  readonly stdin_open?: boolean;
  readonly read_only?: boolean;
  readonly isolation?: string;
  readonly init?: boolean;
  readonly restart?: string;
  readonly sysctls?: Words;
  readonly cap_add?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly ulimits?: Readonly<Record<string, number | { readonly soft?: number; readonly hard?: number }>>;
  readonly oom_score_adj?: number;
  readonly credential_spec?: { readonly config?: string; readonly file?: string; readonly registry?: string };
  readonly logging?: { readonly driver?: string; readonly options?: Words };
  readonly ports?: readonly {
    readonly published?: number;
    readonly target: number;
    readonly protocol?: string;
    readonly mode?: string;
  }[];
  readonly networks?: Readonly<
    Record<string, { readonly aliases?: readonly string[]; readonly driver_opts?: Words } | null>
  >;
  readonly volumes?: readonly StackMount[];
  readonly secrets?: readonly StackGrant[];
  readonly configs?: readonly StackGrant[];
  readonly healthcheck?: {
    readonly test?: readonly string[];
    readonly interval?: string;
    readonly timeout?: string;
    readonly start_period?: string;
    readonly start_interval?: string;
    readonly retries?: number;
    readonly disable?: boolean;
  };
  readonly deploy?: StackDeploy;
}

export interface StackMount {
  readonly type?: string;
  readonly source?: string;
  readonly target?: string;
  readonly read_only?: boolean;
  readonly consistency?: string;
  readonly bind?: { readonly propagation?: string };
  readonly volume?: { readonly nocopy?: boolean; readonly subpath?: string };
  readonly tmpfs?: { readonly size?: number };
  readonly image?: { readonly subpath?: string };
}

export interface StackGrant {
  readonly source: string;
  readonly target?: string;
  readonly uid?: string;
  readonly gid?: string;
  readonly mode?: number;
}

export interface StackDeploy {
  readonly mode?: string;
  readonly replicas?: number;
  readonly labels?: Words;
  readonly endpoint_mode?: string;
  readonly placement?: {
    readonly constraints?: readonly string[];
    readonly preferences?: readonly { readonly spread?: string }[];
    readonly max_replicas_per_node?: number;
  };
  readonly resources?: { readonly limits?: StackResources; readonly reservations?: StackResources };
  readonly restart_policy?: {
    readonly condition?: string;
    readonly delay?: string;
    readonly max_attempts?: number;
    readonly window?: string;
  };
  readonly update_config?: StackUpdate;
  readonly rollback_config?: StackUpdate;
}

export interface StackResources {
  readonly cpus?: string;
  /** Bytes, in digits. */
  readonly memory?: string;
  readonly pids?: number;
  readonly generic_resources?: readonly {
    readonly discrete_resource_spec?: { readonly kind: string; readonly value: number };
  }[];
}

export interface StackUpdate {
  readonly parallelism?: number;
  readonly delay?: string;
  readonly failure_action?: string;
  readonly monitor?: string;
  readonly max_failure_ratio?: number;
  readonly order?: string;
}
