import { parse } from 'yaml';
import { constraintText } from './runningShape.js';
import { shapeOf, usualUpdate } from './shape.js';
import type { ResourceShape, ServiceShape, UpdateShape } from './shape.js';

/**
 * The services that a stack would have, by the names they get in Swarm, from what `docker stack config` prints: the tool has
 * merged, filled in and spelled everything out there. Throws what `yaml` throws for a text that is no YAML.
 */
export function stackServices(config: string, stack: string): ReadonlyMap<string, ServiceShape> {
  const file = (parse(config) ?? {}) as StackConfig;
  const nameIn = (map: Named | undefined, key: string): string => {
    const { name, external } = map?.[key] ?? {};
    const own = typeof external === 'object' ? external?.name : undefined;
    return own ?? name ?? (external ? key : `${stack}_${key}`);
  };
  return new Map(
    Object.entries(file.services ?? {}).map(([name, service]) => [`${stack}_${name}`, desired(service, file, nameIn)]),
  );
}

function desired(
  service: StackService,
  file: StackConfig,
  nameIn: (map: Named | undefined, key: string) => string,
): ServiceShape {
  const { deploy = {} } = service;
  const global = deploy.mode?.startsWith('global') ?? false;
  const networks = Object.keys(service.networks ?? { default: null });
  const { resources = {}, placement = {} } = deploy;
  return shapeOf({
    image: service.image ?? '',
    mode: deploy.mode?.endsWith('-job') ? 'job' : global ? 'global' : 'replicated',
    replicas: global ? undefined : (deploy.replicas ?? 1),
    entrypoint: service.entrypoint ?? [],
    command: service.command ?? [],
    environment: Object.entries(service.environment ?? {}).map(([key, value]) => `${key}=${value ?? ''}`),
    labels: deploy.labels ?? {},
    containerLabels: service.labels ?? {},
    ports: (service.ports ?? []).map(
      ({ published, target, protocol, mode }) =>
        `${published ?? ''}:${target}/${protocol ?? 'tcp'} ${mode ?? 'ingress'}`,
    ),
    networks: networks.map((key) => nameIn(file.networks, key)),
    secrets: (service.secrets ?? []).map(({ source }) => nameIn(file.secrets, source)),
    configs: (service.configs ?? []).map(({ source }) => nameIn(file.configs, source)),
    constraints: (placement.constraints ?? []).map(constraintText),
    endpointMode: deploy.endpoint_mode ?? 'vip',
    limits: resourceShape(resources.limits),
    reservations: resourceShape(resources.reservations),
    healthcheck: service.healthcheck?.test ?? [],
    update: updateShape(deploy.update_config),
    rollback: updateShape(deploy.rollback_config),
    restartCondition: deploy.restart_policy?.condition ?? 'any',
  });
}

function resourceShape({ cpus, memory }: StackResources = {}): ResourceShape {
  return { nanoCpus: Math.round(Number(cpus ?? 0) * 1e9), memoryBytes: Number(memory ?? 0) };
}

function updateShape({ parallelism, delay, failure_action: failureAction, order }: StackUpdate = {}): UpdateShape {
  return {
    parallelism: parallelism ?? usualUpdate.parallelism,
    delay: nanoseconds(delay ?? ''),
    failureAction: failureAction ?? usualUpdate.failureAction,
    order: order ?? usualUpdate.order,
  };
}

/** `1m30s` as Go prints durations; 0 for nothing. */
function nanoseconds(duration: string): number {
  const units: Readonly<Record<string, number>> = { h: 3.6e12, m: 6e10, s: 1e9, ms: 1e6, us: 1e3, µs: 1e3, ns: 1 };
  const parts = duration.matchAll(/([\d.]+)(ms|us|µs|ns|h|m|s)/g);
  return [...parts].reduce((sum, [, number, unit]) => sum + Number(number) * (units[unit ?? ''] ?? 0), 0);
}

interface StackConfig {
  readonly services?: Readonly<Record<string, StackService>>;
  readonly networks?: Named;
  readonly secrets?: Named;
  readonly configs?: Named;
}

type Named = Readonly<
  Record<string, { readonly name?: string; readonly external?: boolean | { readonly name?: string } } | null>
>;

interface StackService {
  readonly image?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly ports?: readonly {
    readonly published?: number;
    readonly target: number;
    readonly protocol?: string;
    readonly mode?: string;
  }[];
  readonly networks?: Readonly<Record<string, unknown>>;
  readonly secrets?: readonly { readonly source: string }[];
  readonly configs?: readonly { readonly source: string }[];
  readonly healthcheck?: { readonly test?: readonly string[] };
  readonly deploy?: {
    readonly mode?: string;
    readonly replicas?: number;
    readonly labels?: Readonly<Record<string, string>>;
    readonly endpoint_mode?: string;
    readonly placement?: { readonly constraints?: readonly string[] };
    readonly resources?: { readonly limits?: StackResources; readonly reservations?: StackResources };
    readonly restart_policy?: { readonly condition?: string };
    readonly update_config?: StackUpdate;
    readonly rollback_config?: StackUpdate;
  };
}

interface StackResources {
  readonly cpus?: string;
  /** Bytes, in digits. */
  readonly memory?: string;
}

interface StackUpdate {
  readonly parallelism?: number;
  readonly delay?: string;
  readonly failure_action?: string;
  readonly order?: string;
}
