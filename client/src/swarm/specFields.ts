import type { ServiceSpec } from '../engine/swarmSpec.js';
import { durationText } from './durations.js';
import { portText } from './ports.js';

/**
 * A service's definition, field by field, by the names that Compose files have for them: `image`, `deploy.replicas`,
 * `environment.DEBUG`. What has no such name goes by the Engine's own path, so that nothing is left out; what only the Engine
 * sets is not in it, nor what it means anyway. Values of variables are among them: compare those, and show only their names.
 */
export type SpecFields = ReadonlyMap<string, string>;

/** Networks go by id in what runs: `networkNames` knows what they are called. */
export function specFields(spec: ServiceSpec, networkNames: ReadonlyMap<string, string> = new Map()): SpecFields {
  const fields = new Map<string, string>();
  const add = (field: string, value: unknown): void => {
    const text = textOf(value);
    if (text !== undefined) fields.set(field, text);
  };
  const addEach = (field: string, values: unknown): void => {
    for (const [key, value] of Object.entries((values ?? {}) as object)) fields.set(`${field}.${key}`, String(value));
  };

  const { Labels: labels, TaskTemplate: task, Mode: mode, EndpointSpec: endpoint, ...updates } = asRest(spec);
  const { ContainerSpec: container, Networks: networks, ...settings } = asRest(task);
  const { Env, Labels: containerLabels, Mounts, Ulimits, Sysctls, Secrets, Configs, ...plain } = asRest(container);
  addEach('deploy.labels', labels);
  addEach('labels', containerLabels);
  addEach('sysctls', Sysctls);
  for (const variable of listOf<string>(Env)) {
    const [name = '', ...value] = variable.split('=');
    fields.set(`environment.${name}`, variable.includes('=') ? `=${value.join('=')}` : '');
  }
  for (const mount of listOf<Tree>(Mounts)) {
    const { Target, VolumeOptions: volume, ...rest } = mount;
    const { DriverConfig: driver, ...options } = asRest(volume);
    add(`volumes.${String(Target)}`, [rest, options]);
    add(`volumes.${String(Target)}.driver`, driver);
  }
  for (const { Name, Soft, Hard } of listOf<Tree>(Ulimits)) add(`ulimits.${String(Name)}`, `${Soft}:${Hard}`);
  for (const [field, key, grants] of [
    ['secrets', 'SecretName', Secrets],
    ['configs', 'ConfigName', Configs],
  ] as const) {
    for (const grant of listOf<Tree>(grants)) {
      const { File: file, Runtime } = grant;
      add(
        `${field}.${String(grant[key])}${file ? ` at ${String(asRest(file)['Name'])}` : ''}`,
        fileText(file, Runtime),
      );
    }
  }
  for (const network of listOf<Tree>(networks)) {
    const { Target, Aliases, DriverOpts } = network;
    const name = networkNames.get(String(Target)) ?? String(Target);
    fields.set(`networks.${name}`, [listOf<string>(Aliases).join(', '), textOf(DriverOpts)].filter(Boolean).join(' '));
  }
  const { Ports: ports, Mode: endpointMode } = asRest(endpoint);
  add('deploy.endpoint_mode', endpointMode || 'vip');
  add('ports', listOf<Parameters<typeof portText>[0]>(ports).map(portText).sort());
  flatten('', { ...plain, ...settings, Mode: mode, ...updates }, add);
  return fields;
}

type Tree = Readonly<Record<string, unknown>>;

function asRest(value: unknown): Tree {
  return (value ?? {}) as Tree;
}

function listOf<T>(value: unknown): readonly T[] {
  return (value ?? []) as readonly T[];
}

function flatten(path: string, tree: Tree, add: (field: string, value: unknown) => void): void {
  for (const [key, value] of Object.entries(tree)) {
    const here = path ? `${path}.${key}` : key;
    if (left.has(here) || value === null || value === undefined || value === usual[here]) continue;
    if (here === 'Mode') add('deploy.mode', Object.keys(asRest(value))[0]?.toLowerCase());
    if (typeof value === 'object' && !Array.isArray(value)) {
      // That it is there at all is a setting: Swarm then updates by what it leaves out, too.
      if (here === 'UpdateConfig' || here === 'RollbackConfig') add(composeName(here), 'set');
      flatten(here, asRest(value), add);
    } else if (kept.has(here) || (value !== 0 && value !== false && value !== '')) {
      add(composeName(here), unitText(here, value));
    }
  }
}

/** What the Engine fills in, and what no file decides. */
const left: ReadonlySet<string> = new Set([
  'Name',
  'ForceUpdate',
  'Runtime',
  'Placement.Platforms',
  'Privileges.CredentialSpec.Config',
  'Mode.Global',
  'Mode.GlobalJob',
  'Healthcheck.Disable',
]);

/** What a thing is where nobody says anything. */
const usual: Tree = {
  Isolation: 'default',
  'RestartPolicy.Condition': 'any',
  'UpdateConfig.FailureAction': 'pause',
  'UpdateConfig.Order': 'stop-first',
  'RollbackConfig.FailureAction': 'pause',
  'RollbackConfig.Order': 'stop-first',
};

/** Where nothing and zero are not the same. */
const kept: ReadonlySet<string> = new Set([
  'Mode.Replicated.Replicas',
  'StopGracePeriod',
  'Init',
  'RestartPolicy.Delay',
  'UpdateConfig.Parallelism',
  'RollbackConfig.Parallelism',
]);

function unitText(path: string, value: unknown): unknown {
  if (durations.test(path)) return durationText(Number(value));
  if (path.endsWith('.NanoCPUs')) return Number(value) / 1e9;
  return path.endsWith('.MemoryBytes') ? `${Number(value) / 2 ** 20} MiB` : value;
}

const durations = /(?:^StopGracePeriod|\.(?:Delay|Monitor|Window|Interval|Timeout|StartPeriod|StartInterval))$/;

const names: Readonly<Record<string, string>> = {
  Image: 'image',
  Command: 'entrypoint',
  Args: 'command',
  Hostname: 'hostname',
  Hosts: 'extra_hosts',
  'DNSConfig.Nameservers': 'dns',
  'DNSConfig.Search': 'dns_search',
  'Healthcheck.Test': 'healthcheck.test',
  'Healthcheck.Interval': 'healthcheck.interval',
  'Healthcheck.Timeout': 'healthcheck.timeout',
  'Healthcheck.StartPeriod': 'healthcheck.start_period',
  'Healthcheck.StartInterval': 'healthcheck.start_interval',
  'Healthcheck.Retries': 'healthcheck.retries',
  Dir: 'working_dir',
  User: 'user',
  StopGracePeriod: 'stop_grace_period',
  StopSignal: 'stop_signal',
  TTY: 'tty',
  OpenStdin: 'stdin_open',
  ReadOnly: 'read_only',
  Isolation: 'isolation',
  Init: 'init',
  CapabilityAdd: 'cap_add',
  CapabilityDrop: 'cap_drop',
  OomScoreAdj: 'oom_score_adj',
  'Privileges.CredentialSpec.File': 'credential_spec.file',
  'Privileges.CredentialSpec.Registry': 'credential_spec.registry',
  'LogDriver.Name': 'logging.driver',
  'Resources.Limits.NanoCPUs': 'deploy.resources.limits.cpus',
  'Resources.Limits.MemoryBytes': 'deploy.resources.limits.memory',
  'Resources.Limits.Pids': 'deploy.resources.limits.pids',
  'Resources.Reservations.NanoCPUs': 'deploy.resources.reservations.cpus',
  'Resources.Reservations.MemoryBytes': 'deploy.resources.reservations.memory',
  'Resources.Reservations.GenericResources': 'deploy.resources.reservations.generic_resources',
  'RestartPolicy.Condition': 'deploy.restart_policy.condition',
  'RestartPolicy.Delay': 'deploy.restart_policy.delay',
  'RestartPolicy.MaxAttempts': 'deploy.restart_policy.max_attempts',
  'RestartPolicy.Window': 'deploy.restart_policy.window',
  'Placement.Constraints': 'deploy.placement.constraints',
  'Placement.Preferences': 'deploy.placement.preferences',
  'Placement.MaxReplicas': 'deploy.placement.max_replicas_per_node',
  'Mode.Replicated.Replicas': 'deploy.replicas',
  'Mode.ReplicatedJob.TotalCompletions': 'deploy.replicas',
  'Mode.ReplicatedJob.MaxConcurrent': 'deploy.replicas at once',
};

function composeName(path: string): string {
  return (
    names[path] ??
    path
      .replace(/^LogDriver\.Options\./, 'logging.options.')
      .replace(/^(Update|Rollback)Config/, (_whole, kind: string) => `deploy.${kind.toLowerCase()}_config`)
      .replace(/(?<=_config\.)\w+/, (key) => key.replace(/(?<=[a-z])[A-Z]/g, '_$&').toLowerCase())
  );
}

/** Undefined for nothing. Objects in the order of their keys, without what is empty in them. */
function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join(', ') || undefined;
  if (typeof value !== 'object') return String(value);
  const entries = Object.entries(value)
    .filter(([key, one]) => one !== false && one !== 0 && !(key === 'Propagation' && one === 'rprivate'))
    .map(([key, one]) => [key, key === 'Consistency' && one === 'default' ? undefined : textOf(one)] as const)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => a.localeCompare(b));
  return entries.map(([key, one]) => `${key} ${one}`).join(' ') || undefined;
}

function fileText(file: unknown, runtime: unknown): string {
  if (runtime !== undefined && runtime !== null) return 'credential spec';
  const { UID, GID, Mode } = asRest(file);
  return `${String(UID)}:${String(GID)} ${Number(Mode ?? 0)
    .toString(8)
    .padStart(4, '0')}`;
}
