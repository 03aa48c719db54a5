import { folderOfPaths, type Project } from '../../compose/model/project.js';
import { get, str, type Place, type Value } from '../../compose/model/value.js';
import type { Service } from '../../compose/model/service.js';
import type { ConfigOptions } from '../../proxy/check.js';
import type { Reported } from '../../compose/rules/lint.js';
import type { Neighbourhood, Peer } from '../../proxy/neighbourhood.js';
import type { Made } from '../../text/carryOver.js';
import type { ProxyConfig } from '../../proxy/rule.js';
import { resolveUri } from '../../text/uri.js';
import type { Host } from '../host.js';
import { readDockerfile, type Dockerfile } from './dockerfile.js';
import type { Proxy } from './link.js';

/** A project and what stands around it on the disk. */
export interface World {
  readonly project: Project;
  /** Where the tool looks relative paths up. */
  readonly folder: string;
  /** As the tool names the project; stacks are named on the command line, so theirs is a guess. */
  readonly name: string;
  readonly host: Host;
  /** Reads a configuration; the same object as long as text and options are the same. */
  readonly read: (kind: ProxyConfig['kind'], uri: string, options: ConfigOptions) => ProxyConfig | undefined;
  /** Proxy files that a comment in them or a setting gives to a service. */
  readonly assigned: readonly Assigned[];
  readonly known: Known;
  /** What each service finds on its networks, as far as that was asked for. */
  readonly neighbourhoods: Map<Service, Neighbourhood>;
}

/** What was made of services before; a service that changes is another object. */
export interface Known {
  /** What makes the rest old: files beside the project's own, and who assigns them. */
  readonly key: string;
  /** Services as others see them. */
  readonly peers: WeakMap<Service, Peer>;
  /** The proxies that services run, undefined for those that run none. */
  proxies: Made<Service, Proxy | undefined> | undefined;
  /** Findings of services that run a proxy without files, which depend on nothing else. */
  readonly findings: WeakMap<Service, readonly Reported[]>;
}

export function known(key: string): Known {
  return { key, peers: new WeakMap(), proxies: undefined, findings: new WeakMap() };
}

export interface Assigned {
  readonly uri: string;
  readonly service: string;
}

/** The file that a path means. */
export function uriOf({ project }: Pick<World, 'project'>, path: string, at: Place): string | undefined {
  return resolveUri(folderOfPaths(project, at.block.uri), path);
}

export interface Build {
  /** The build context. */
  readonly context: string;
  readonly dockerfile: Dockerfile;
  readonly at: Place;
}

/** The Dockerfile of a service that is built here; undefined where there is none to read. */
export function buildOf(world: World, service: Service): Build | undefined {
  const build = get(service.value, 'build');
  const context = contextOf(world, build);
  if (!build || context === undefined) return undefined;
  const inline = str(get(build, 'dockerfile_inline'));
  const named = str(get(build, 'dockerfile'));
  const text =
    inline ??
    (named === undefined ? ['Dockerfile', 'dockerfile'] : [named]).reduce(
      (found: string | undefined, name) => found ?? read(world, context, name),
      undefined,
    );
  if (text === undefined) return undefined;
  return { context, dockerfile: readDockerfile(text, str(get(build, 'target'))), at: build.at };
}

function contextOf(world: World, build: Value | undefined): string | undefined {
  const value = build?.kind === 'map' ? get(build, 'context') : build;
  return build && uriOf(world, str(value) ?? '.', (value ?? build).at);
}

/** Configurations in the build context of a service whose Dockerfile is not there to say what becomes of them. */
export function unbuiltConfigs(world: World, service: Service): readonly Assigned[] {
  const context = contextOf(world, get(service.value, 'build'));
  // In the project's own folder they may be anybody's.
  if (context === undefined || context === world.folder || buildOf(world, service)) return [];
  return ['nginx.conf', 'default.conf', 'haproxy.cfg'].flatMap((name) => {
    const uri = `${context}/${name}`;
    return world.host.stat(uri) === 'file' ? [{ uri, service: service.name }] : [];
  });
}

function read({ host }: World, folder: string, name: string): string | undefined {
  const uri = resolveUri(folder, name);
  return uri === undefined ? undefined : host.readText(uri);
}
