/**
 * Arguments of the `docker` program. Values ride on their flag (`--file=…`) and names follow `--`, so that nothing a file
 * says can become a flag; there is no shell, so nothing can become a command.
 */
export interface ComposeProject {
  /** Paths; none for a project that is known by its name only. */
  readonly files: readonly string[];
  readonly name: string | undefined;
  readonly folder: string | undefined;
  readonly envFiles: readonly string[];
  readonly profiles: readonly string[];
}

export interface UpOptions {
  readonly services?: readonly string[];
  readonly scale?: ReadonlyMap<string, number>;
  readonly build?: boolean;
  readonly pull?: boolean;
  readonly recreate?: 'never' | 'always';
  readonly dependencies?: boolean;
  readonly wait?: boolean;
}

export function composeArgs(project: ComposeProject): string[] {
  return [
    'compose',
    '--ansi=never',
    ...project.files.map((file) => `--file=${file}`),
    ...flag('project-directory', project.folder),
    ...flag('project-name', project.name),
    ...project.envFiles.map((file) => `--env-file=${file}`),
    ...project.profiles.map((profile) => `--profile=${profile}`),
  ];
}

export function upArgs(project: ComposeProject, options: UpOptions = {}): string[] {
  return [
    ...composeArgs(project),
    'up',
    '--detach',
    ...when(options.dependencies === false, '--no-deps'),
    ...when(options.recreate === 'never', '--no-recreate'),
    ...when(options.recreate === 'always', '--force-recreate'),
    ...when(options.build, '--build'),
    ...when(options.pull, '--pull=always'),
    ...when(options.wait, '--wait'),
    ...[...(options.scale ?? [])].map(([service, count]) => `--scale=${service}=${count}`),
    ...names(options.services),
  ];
}

/** Changes the number of replicas of one service and touches none of those that stay. */
export function scaleArgs(project: ComposeProject, service: string, count: number): string[] {
  const scale = new Map([[service, count]]);
  return upArgs(project, { services: [service], scale, recreate: 'never', dependencies: false });
}

export function downArgs(project: ComposeProject, options: { readonly volumes?: boolean } = {}): string[] {
  return [...composeArgs(project), 'down', ...when(options.volumes, '--volumes')];
}

export type ServiceVerb = 'start' | 'stop' | 'restart' | 'pull' | 'build';

export function serviceArgs(project: ComposeProject, verb: ServiceVerb, services?: readonly string[]): string[] {
  return [...composeArgs(project), verb, ...names(services)];
}

/** Restarts exactly these, though others depend on them. */
export function restartAloneArgs(project: ComposeProject, services: readonly string[]): string[] {
  return [...composeArgs(project), 'restart', '--no-deps', ...names(services)];
}

/** Removes the containers of services, running or not; asking was our matter. */
export function removeArgs(project: ComposeProject, services: readonly string[]): string[] {
  return [...composeArgs(project), 'rm', '--force', '--stop', ...names(services)];
}

/** Follows the logs of running and coming containers, `tail` lines of each to begin with. */
export function logsArgs(project: ComposeProject, services: readonly string[], tail: number): string[] {
  return [...composeArgs(project), 'logs', '--follow', `--tail=${tail}`, ...names(services)];
}

/** Prints `service hash` per line, as Compose would label containers now. */
export function hashArgs(project: ComposeProject): string[] {
  return [...composeArgs(project), 'config', '--hash=*'];
}

/** Prints a service, and what belongs to it, as JSON. */
export function serviceConfigArgs(project: ComposeProject, service: string): string[] {
  return [...composeArgs(project), 'config', '--format=json', ...names([service])];
}

export function configArgs(project: ComposeProject): string[] {
  return [...composeArgs(project), 'config'];
}

/** A shell in a container: the best one that is there. */
export function shellArgs(container: string): string[] {
  return [
    'exec',
    '--interactive',
    '--tty',
    container,
    'sh',
    '-c',
    'exec "$(command -v bash || command -v ash || echo sh)"',
  ];
}

function names(services: readonly string[] | undefined): string[] {
  return services?.length ? ['--', ...services] : [];
}

function flag(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`--${name}=${value}`];
}

function when(condition: boolean | undefined, argument: string): string[] {
  return condition ? [argument] : [];
}
