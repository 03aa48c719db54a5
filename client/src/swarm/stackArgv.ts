import type { PortSpec } from '../engine/swarmSpec.js';
import type { ServiceSnippet } from './serviceSnippets.js';

/** Arguments of `docker stack` and `docker service`: values ride on their flag and names follow `--`, as in engine/argv.ts. */
export interface DeployOptions {
  /** Paths, in the order in which later ones add to earlier ones. */
  readonly files: readonly string[];
  readonly stack: string;
  /** Removes the services that the files no longer have. */
  readonly prune: boolean;
  readonly registryAuth: boolean;
  readonly resolveImage: 'always' | 'changed' | 'never';
}

export function deployArgs({ files, stack, prune, registryAuth, resolveImage }: DeployOptions): string[] {
  return [
    'stack',
    'deploy',
    ...files.map((file) => `--compose-file=${file}`),
    ...(prune ? ['--prune'] : []),
    `--resolve-image=${resolveImage}`,
    ...(registryAuth ? ['--with-registry-auth'] : []),
    '--',
    stack,
  ];
}

/** Prints the files merged, filled in and spelled out. */
export function stackConfigArgs(files: readonly string[]): string[] {
  return ['stack', 'config', ...files.map((file) => `--compose-file=${file}`)];
}

export function stackRemoveArgs(stack: string): string[] {
  return ['stack', 'rm', '--', stack];
}

/** Through the program and not the Engine: it asks the registry for the image's digest, with the credentials it knows. */
export function updateImageArgs(service: string, image: string): string[] {
  return ['service', 'update', '--detach', '--with-registry-auth', `--image=${image}`, '--', service];
}

export interface NewService {
  readonly name: string;
  readonly image: string;
  readonly ports: readonly PortSpec[];
  readonly networks: readonly string[];
  readonly snippet: ServiceSnippet;
}

export function serviceCreateArgs({ name, image, ports, networks, snippet }: NewService): string[] {
  return [
    'service',
    'create',
    '--detach',
    '--with-registry-auth',
    `--name=${name}`,
    `--mode=${snippet.mode}`,
    ...(snippet.replicas === undefined ? [] : [`--replicas=${snippet.replicas}`]),
    ...ports.map(
      ({ PublishedPort, TargetPort, Protocol, PublishMode }) =>
        `--publish=${PublishedPort ? `published=${PublishedPort},` : ''}target=${TargetPort},protocol=${Protocol},mode=${PublishMode}`,
    ),
    ...networks.map((network) => `--network=${network}`),
    ...snippet.options,
    '--',
    image,
  ];
}
