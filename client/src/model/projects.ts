import type { Health, ProjectFiles, PublishedPort, Replica } from '../engine/engine.js';
import type { Snapshot } from '../engine/snapshot.js';
import type { SwarmService, Task } from '../engine/swarm.js';
import { groupBy } from './groupBy.js';
import { pathOf } from './paths.js';
import { shortPath } from './shortPath.js';
import type { Target, WorkspaceProject, WorkspaceService } from '../../../server/src/protocol.js';

/** A project as the workspace's files and the Engine know it together. */
export interface Project {
  /** Stable, and unique in the list. */
  readonly key: string;
  readonly name: string;
  /** The first file, as much of its path as tells it from the others in the list that have the same name. */
  readonly file: string | undefined;
  readonly target: Target;
  /** Undefined for a project whose files are not in this workspace. */
  readonly workspace: WorkspaceProject | undefined;
  /** The same project with other files laid over its first one; `workspace` is what runs of them, else the plainest. */
  readonly variants: readonly WorkspaceProject[];
  /** What Compose was started with, where something of the project is there. */
  readonly files: ProjectFiles | undefined;
  readonly services: readonly Service[];
}

export interface Service {
  readonly key: string;
  readonly name: string;
  readonly project: string;
  readonly target: Target;
  /** Undefined where the files do not have it, for example after it was renamed. */
  readonly declared: WorkspaceService | undefined;
  readonly running: number;
  /** Undefined for a global service of which nothing is known. */
  readonly desired: number | undefined;
  readonly health: ServiceHealth;
  readonly image: string | undefined;
  readonly ports: readonly PublishedPort[];
  /** Whether what runs was made from another definition than the files now hold; undefined where not known. */
  readonly drifted: boolean | undefined;
  readonly replicas: readonly Replica[];
  readonly swarm: SwarmService | undefined;
  readonly tasks: readonly Task[];
}

export type ServiceHealth =
  /** No Engine has said anything of it. */
  | 'unknown'
  | 'none'
  | 'stopped'
  /** Everything of it has ended, and not because it was stopped. */
  | 'failed'
  | 'partial'
  | 'starting'
  | 'unhealthy'
  | 'healthy'
  | 'running'
  | 'done';

export interface Joined {
  readonly workspace: readonly WorkspaceProject[];
  readonly snapshot: Snapshot;
  /** By service key: the count it was last scaled to from here. */
  readonly scaled: ReadonlyMap<string, number>;
  /** By service key: the hash of the definition as the files now hold it. */
  readonly hashes: ReadonlyMap<string, string>;
  /** Whether to list projects whose files are not in the workspace. */
  readonly others: boolean;
}

/** Projects of the workspace first, then those that only run; each part by name. */
export function joinProjects(joined: Joined): readonly Project[] {
  const { workspace, snapshot, others } = joined;
  const running = groupBy(snapshot.replicas.values(), ({ project }) => project);
  const taken = new Set<string>();
  const byFirstFile = [
    ...groupBy(workspace, ({ name, target, files }) => `${target} ${name} ${files[0] ?? ''}`).values(),
  ];
  const here = byFirstFile.flatMap((variants) => {
    const [plain] = [...variants].sort((a, b) => a.files.length - b.files.length);
    if (!plain) return [];
    const { name, target } = plain;
    const namesakes = byFirstFile.flatMap(([one]) => (one?.name === name ? [one.files[0] ?? ''] : []));
    const file = namesakes.length > 1 ? shortPath(plain.files[0] ?? '', namesakes) : undefined;
    if (target === 'stack') return { ...stackProject(plain, joined), file };
    const rivals = byFirstFile.map(([one]) => one).filter((one) => one?.name === name && one.target === 'compose');
    const replicas = (running.get(name) ?? []).filter((replica) => ownerOf(replica, rivals) === variants[0]);
    for (const { id } of replicas) taken.add(id);
    const key = `compose/${name}${rivals.length > 1 ? `@${plain.files[0] ?? ''}` : ''}`;
    const shown = variants.find((variant) => isMadeOf(replicas[0], variant)) ?? plain;
    return { ...composeProject(key, name, shown, variants, replicas, joined), file };
  });
  if (!others) return here;
  const elsewhere = [...running].flatMap(([name, replicas]) => {
    const left = replicas.filter(({ id }) => !taken.has(id));
    if (left.length === 0) return [];
    const key = here.some((project) => project.key === `compose/${name}`) ? `compose/${name}@` : `compose/${name}`;
    return [composeProject(key, name, undefined, [], left, joined)];
  });
  return [...here, ...elsewhere.sort((a, b) => a.name.localeCompare(b.name))];
}

/** How many of a project's services are up, of those that somebody asked for and that have not finished. */
export function upCount({ services }: Pick<Project, 'services'>): { readonly up: number; readonly of: number } {
  const wanted = services.filter(({ running, desired, health }) => running > 0 || (desired !== 0 && health !== 'done'));
  return { up: wanted.filter(({ running }) => running > 0).length, of: wanted.length };
}

function composeProject(
  key: string,
  name: string,
  workspace: WorkspaceProject | undefined,
  variants: readonly WorkspaceProject[],
  replicas: readonly Replica[],
  joined: Joined,
): Project {
  const byService = groupBy(replicas, ({ service }) => service);
  const declared = new Map(workspace?.services.map((service) => [service.name, service]));
  const undeclared = [...byService.keys()].filter((service) => !declared.has(service)).sort();
  const services = [...declared.keys(), ...undeclared].map((service) =>
    composeService(key, service, declared.get(service), byService.get(service) ?? [], joined),
  );
  return { key, name, file: undefined, target: 'compose', workspace, variants, files: replicas[0]?.files, services };
}

function composeService(
  project: string,
  name: string,
  declared: WorkspaceService | undefined,
  found: readonly Replica[],
  { scaled, hashes, snapshot }: Joined,
): Service {
  const key = `${project}/${name}`;
  const replicas = [...found].sort((a, b) => a.number - b.number || a.id.localeCompare(b.id));
  const running = replicas.filter(({ state }) => state === 'running').length;
  // A service of a profile is not asked for until something of it is there.
  const wanted = scaled.get(key) ?? (declared?.profiles.length ? undefined : declared?.replicas) ?? 0;
  const known = snapshot.state.kind === 'connected' || replicas.length > 0;
  const desired = known ? Math.max(wanted, replicas.length) : wanted;
  const hash = hashes.get(key);
  return {
    key,
    name,
    project,
    target: 'compose',
    declared,
    running,
    desired,
    health: known ? composeHealth(replicas, running, desired) : 'unknown',
    image: replicas[0]?.image ?? declared?.image,
    ports: uniquePorts(replicas.flatMap(({ ports }) => ports)),
    drifted: hash === undefined || replicas.length === 0 ? undefined : replicas.some((one) => one.configHash !== hash),
    replicas,
    swarm: undefined,
    tasks: [],
  };
}

function composeHealth(replicas: readonly Replica[], running: number, desired: number): ServiceHealth {
  if (replicas.length === 0) return 'none';
  const all = (health: Health): boolean => replicas.some((one) => one.state === 'running' && one.health === health);
  if (all('unhealthy') || replicas.some(({ state }) => state === 'restarting' || state === 'dead')) return 'unhealthy';
  if (running === 0) {
    if (replicas.every(({ state, exitCode }) => state === 'exited' && exitCode === 0)) return 'done';
    return replicas.some(hasFailed) ? 'failed' : 'stopped';
  }
  if (running < desired) return 'partial';
  if (all('starting')) return 'starting';
  return all('healthy') ? 'healthy' : 'running';
}

/** It has ended by itself; by a signal (130, 137, 143) it was most likely stopped. */
export function hasFailed({ state, exitCode = 0 }: Replica): boolean {
  return state === 'exited' && ![0, 130, 137, 143].includes(exitCode);
}

function stackProject(project: WorkspaceProject, joined: Joined): Project {
  const key = `stack/${project.name}@${project.files[0] ?? ''}`;
  const swarm = joined.snapshot.swarm;
  const services = project.services.map((declared): Service => {
    const service = swarm?.services.find(({ name }) => name === `${project.name}_${declared.name}`);
    const tasks = service
      ? (swarm?.tasks ?? []).filter((task) => task.serviceId === service.id && isCurrent(task))
      : [];
    return {
      key: `${key}/${declared.name}`,
      name: declared.name,
      project: key,
      target: 'stack',
      declared,
      running: service?.running ?? 0,
      desired: service?.desired ?? declared.replicas,
      health: joined.snapshot.state.kind === 'connected' ? stackHealth(service) : 'unknown',
      image: service?.image ?? declared.image,
      ports: service?.ports ?? [],
      drifted: undefined,
      replicas: [],
      swarm: service,
      tasks: [...tasks].sort((a, b) => (a.slot ?? 0) - (b.slot ?? 0) || a.id.localeCompare(b.id)),
    };
  });
  return {
    key,
    name: project.name,
    file: undefined,
    target: 'stack',
    workspace: project,
    variants: [],
    files: undefined,
    services,
  };
}

/** Swarm keeps the tasks of the past; only what it still wants, or what has just failed in its place, is a replica. */
function isCurrent({ desiredState }: Task): boolean {
  return desiredState === 'running' || desiredState === 'ready' || desiredState === 'accepted';
}

function stackHealth(service: SwarmService | undefined): ServiceHealth {
  if (!service) return 'none';
  if (service.update?.state === 'paused' || service.update?.state === 'rollback_paused') return 'unhealthy';
  if (service.desired === 0) return 'stopped';
  return service.running >= service.desired ? 'running' : 'partial';
}

/**
 * Which of the projects of one name a replica belongs to: Compose knows only the name, so where several have it the files it was
 * started with decide, then the folder; none where neither fits.
 */
function ownerOf({ files }: Replica, rivals: readonly (WorkspaceProject | undefined)[]): WorkspaceProject | undefined {
  if (rivals.length < 2) return rivals[0];
  const [first] = files.configFiles;
  return (
    rivals.find((project) => first !== undefined && project?.files.some((uri) => pathOf(uri) === first)) ??
    rivals.find((project) => project && files.workingDir !== undefined && pathOf(project.folder) === files.workingDir)
  );
}

function isMadeOf(replica: Replica | undefined, { files }: WorkspaceProject): boolean {
  const made = replica?.files.configFiles;
  return made?.length === files.length && files.every((uri, index) => pathOf(uri) === made[index]);
}

function uniquePorts(ports: readonly PublishedPort[]): readonly PublishedPort[] {
  const seen = new Map(ports.map((port) => [`${port.published}:${port.target}/${port.protocol}`, port]));
  return [...seen.values()];
}
