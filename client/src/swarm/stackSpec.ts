import type { ServiceSpec } from '../engine/swarmSpec.js';
import { nanoseconds } from './durations.js';
import type {
  Named,
  StackConfig,
  StackDeploy,
  StackGrant,
  StackMount,
  StackResources,
  StackService,
  StackUpdate,
} from './stackConfig.js';

/**
 * The services that `docker stack deploy` would ask Swarm for, by the names they get there. Networks, secrets and configs go by
 * name, since their ids may not be there yet.
 */
export function stackSpecs(config: StackConfig, stack: string): ReadonlyMap<string, ServiceSpec> {
  const named = (map: Named | undefined, key: string): string => {
    const { name, external } = map?.[key] ?? {};
    const own = typeof external === 'object' ? external?.name : undefined;
    return own ?? name ?? (external ? key : `${stack}_${key}`);
  };
  const context: Context = { config, stack, named };
  return new Map(
    Object.entries(config.services ?? {}).map(([name, service]) => [
      `${stack}_${name}`,
      specOf(name, service, context) as unknown as ServiceSpec,
    ]),
  );
}

interface Context {
  readonly config: StackConfig;
  readonly stack: string;
  named(map: Named | undefined, key: string): string;
}

function specOf(name: string, service: StackService, { config, stack, named }: Context): object {
  const { deploy = {} } = service;
  const { placement = {}, resources = {} } = deploy;
  const ofStack = { 'com.docker.stack.namespace': stack };
  const grants = (kind: 'secrets' | 'configs', nameKey: string): readonly object[] =>
    (service[kind] ?? []).map((grant) => ({ File: fileOf(grant), [nameKey]: named(config[kind], grant.source) }));
  const { credential_spec: credential } = service;
  const runtime = credential?.config ? [{ ConfigName: named(config.configs, credential.config), Runtime: {} }] : [];
  const { add, drop } = capabilities(service.cap_add, service.cap_drop);
  return {
    Name: `${stack}_${name}`,
    Labels: { ...deploy.labels, ...ofStack, 'com.docker.stack.image': service.image ?? '' },
    TaskTemplate: {
      ContainerSpec: {
        Image: service.image,
        Command: service.entrypoint,
        Args: service.command,
        Hostname: service.hostname,
        Hosts: (service.extra_hosts ?? []).map((host) => host.replace(/^([^:]*):(.*)$/, '$2 $1')),
        DNSConfig: { Nameservers: service.dns, Search: service.dns_search },
        Healthcheck: healthcheckOf(service.healthcheck),
        Env: Object.entries(service.environment ?? {}).map(([key, value]) =>
          value === null ? key : `${key}=${value}`,
        ),
        Labels: { ...service.labels, ...ofStack },
        Dir: service.working_dir,
        User: service.user,
        Mounts: (service.volumes ?? []).map((mount) => mountOf(mount, { config, stack, named })),
        StopGracePeriod: optional(service.stop_grace_period),
        StopSignal: service.stop_signal,
        TTY: service.tty,
        OpenStdin: service.stdin_open,
        Secrets: grants('secrets', 'SecretName'),
        Configs: [...grants('configs', 'ConfigName'), ...runtime],
        ReadOnly: service.read_only,
        Privileges: { CredentialSpec: credential && { File: credential.file, Registry: credential.registry } },
        Isolation: service.isolation,
        Init: service.init,
        Sysctls: service.sysctls,
        CapabilityAdd: add,
        CapabilityDrop: drop,
        Ulimits: Object.entries(service.ulimits ?? {}).map(([Name, limit]) =>
          typeof limit === 'number'
            ? { Name, Soft: limit, Hard: limit }
            : { Name, Soft: limit.soft ?? 0, Hard: limit.hard ?? 0 },
        ),
        OomScoreAdj: service.oom_score_adj,
      },
      LogDriver: service.logging && { Name: service.logging.driver, Options: service.logging.options },
      Resources: { Limits: resourcesOf(resources.limits), Reservations: resourcesOf(resources.reservations) },
      RestartPolicy: restartPolicyOf(deploy.restart_policy, service.restart),
      Placement: {
        Constraints: placement.constraints,
        Preferences: (placement.preferences ?? []).map(({ spread }) => ({ Spread: { SpreadDescriptor: spread } })),
        MaxReplicas: placement.max_replicas_per_node,
      },
      Networks: Object.entries(service.networks ?? { default: null }).map(([key, network]) => ({
        Target: named(config.networks, key),
        Aliases: [...(network?.aliases ?? []), name],
        DriverOpts: network?.driver_opts,
      })),
    },
    Mode: modeOf(deploy),
    EndpointSpec: {
      Mode: deploy.endpoint_mode?.toLowerCase(),
      Ports: (service.ports ?? []).map(({ protocol, target, published, mode }) => ({
        Protocol: protocol,
        TargetPort: target,
        PublishedPort: published,
        PublishMode: mode,
      })),
    },
    UpdateConfig: updateOf(deploy.update_config),
    RollbackConfig: updateOf(deploy.rollback_config),
  };
}

function modeOf({ mode = 'replicated', replicas }: StackDeploy): object {
  if (mode === 'global') return { Global: {} };
  if (mode === 'global-job') return { GlobalJob: {} };
  if (mode === 'replicated-job') {
    return { ReplicatedJob: { MaxConcurrent: replicas ?? 1, TotalCompletions: replicas ?? 1 } };
  }
  return { Replicated: { Replicas: replicas ?? 1 } };
}

function fileOf({ source, target, uid, gid, mode }: StackGrant): object {
  return { Name: target || source, UID: uid || '0', GID: gid || '0', Mode: mode ?? 0o444 };
}

/** A capability that is added is not dropped, and ALL stands for the rest. */
function capabilities(
  added: readonly string[] = [],
  dropped: readonly string[] = [],
): { readonly add: readonly string[]; readonly drop: readonly string[] } {
  const named = (names: readonly string[]): readonly string[] => {
    const full = names
      .map((name) => name.trim().toUpperCase())
      .map((name) => (/^(ALL$|CAP_)/.test(name) ? name : `CAP_${name}`));
    return full.includes('ALL') ? ['ALL'] : [...new Set(full)].sort();
  };
  const add = named(added);
  return { add, drop: named(dropped).filter((name) => !add.includes(name)) };
}

function mountOf(mount: StackMount, { config, stack, named }: Context): object {
  const { type = 'volume', source, target, read_only: readOnly, consistency } = mount;
  const common = { Type: type, Target: target, ReadOnly: readOnly, Consistency: consistency };
  if (type === 'bind') return { ...common, Source: source, BindOptions: { Propagation: mount.bind?.propagation } };
  if (type === 'tmpfs') return { ...common, TmpfsOptions: { SizeBytes: mount.tmpfs?.size } };
  if (type === 'image') return { ...common, Source: source, ImageOptions: { Subpath: mount.image?.subpath } };
  if (type !== 'volume' || !source) return { ...common, Source: source };
  const volume = config.volumes?.[source] ?? {};
  const options = { NoCopy: mount.volume?.nocopy, Subpath: mount.volume?.subpath };
  const made = {
    Labels: { ...volume.labels, 'com.docker.stack.namespace': stack },
    DriverConfig: { Name: volume.driver, Options: volume.driver_opts },
  };
  return {
    ...common,
    Source: named(config.volumes, source),
    VolumeOptions: { ...options, ...(!volume.external && made) },
  };
}

function healthcheckOf(check: StackService['healthcheck']): object | undefined {
  if (!check) return undefined;
  if (check.disable) return { Test: ['NONE'] };
  return {
    Test: check.test,
    Interval: optional(check.interval),
    Timeout: optional(check.timeout),
    StartPeriod: optional(check.start_period),
    StartInterval: optional(check.start_interval),
    Retries: check.retries,
  };
}

function resourcesOf(resources: StackResources = {}): object {
  const { cpus, memory, pids, generic_resources: generic = [] } = resources;
  return {
    NanoCPUs: Math.round(Number(cpus ?? 0) * 1e9),
    MemoryBytes: Number(memory ?? 0),
    Pids: pids,
    GenericResources: generic.map(({ discrete_resource_spec: one }) => ({
      DiscreteResourceSpec: one && { Kind: one.kind, Value: Number(one.value) },
    })),
  };
}

function restartPolicyOf(policy: StackDeploy['restart_policy'], restart = ''): object | undefined {
  if (policy) {
    return {
      Condition: policy.condition,
      Delay: optional(policy.delay),
      MaxAttempts: policy.max_attempts,
      Window: optional(policy.window),
    };
  }
  const [name, attempts] = restart.split(':');
  if (name === 'on-failure') return { Condition: 'on-failure', MaxAttempts: Number(attempts ?? 0) };
  return name === 'always' || name === 'unless-stopped' ? { Condition: 'any' } : undefined;
}

function updateOf(update: StackUpdate | undefined): object | undefined {
  return (
    update && {
      Parallelism: update.parallelism ?? 1,
      Delay: optional(update.delay),
      FailureAction: update.failure_action,
      Monitor: optional(update.monitor),
      MaxFailureRatio: update.max_failure_ratio,
      Order: update.order,
    }
  );
}

function optional(duration: string | undefined): number | undefined {
  return duration === undefined ? undefined : nanoseconds(duration);
}
