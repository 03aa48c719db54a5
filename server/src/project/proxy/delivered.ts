import { parseMount } from '../../compose/model/mount.js';
import type { Service } from '../../compose/model/service.js';
import { get, items, str, type Place, type Value } from '../../compose/model/value.js';
import { fileName, resolveUri } from '../../text/uri.js';
import { buildOf, uriOf, type World } from './world.js';

/** A file of this machine that stands in a service's container. */
export interface Delivered {
  readonly uri: string;
  /** Its path in the container. */
  readonly target: string;
  /** What brings it there. */
  readonly at: Place;
  readonly via: 'mount' | 'config' | 'build';
  /** False for a mount whose source is not there, or is a folder in the place of a file. */
  readonly exists: boolean;
}

const deepest = 3;
const mostFiles = 300;

/** The files that a service's mounts, configs and image bring into its container, by their path there: mounts hide what the image has. */
export function deliveredFiles(world: World, service: Service): ReadonlyMap<string, Delivered> {
  const files = new Map<string, Delivered>();
  const put = (uri: string, target: string, at: Place, via: Delivered['via'], depth = 0): void => {
    const kind = world.host.stat(uri);
    // Docker makes a folder of a missing file, and then it is there.
    if (kind !== 'folder' || (via === 'mount' && depth === 0 && configFile.test(target))) {
      if (kind === 'file' || via === 'mount') files.set(target, { uri, target, at, via, exists: kind === 'file' });
      return;
    }
    for (const entry of world.host.list(uri)) {
      if (files.size >= mostFiles || (entry.kind === 'folder' && depth >= deepest)) continue;
      put(`${uri}/${entry.name}`, `${target}/${entry.name}`, at, via, depth + 1);
    }
  };
  for (const { uri, target, at } of copied(world, service)) put(uri, target, at, 'build');
  for (const { uri, target, at } of configs(world, service)) put(uri, target, at, 'config');
  for (const { uri, target, at } of mounts(world, service)) {
    for (const path of [...files.keys()]) if (path.startsWith(`${target}/`)) files.delete(path);
    put(uri, target, at, 'mount');
  }
  return files;
}

/** Paths in a container that are files by their name. */
export const configFile = /\.(?:conf|cfg|template)$/;

interface Source {
  readonly uri: string;
  readonly target: string;
  readonly at: Place;
}

function* mounts(world: World, service: Service): Iterable<Source> {
  for (const item of items(get(service.value, 'volumes'))) {
    const mount = item.kind === 'map' ? longMount(item) : shortMount(item, world);
    const uri = mount && uriOf(world, mount.source, item.at);
    if (mount && uri !== undefined) yield { uri, target: clean(mount.target), at: mount.at };
  }
}

function longMount(item: Value): { source: string; target: string; at: Place } | undefined {
  const source = get(item, 'source');
  const [path, target] = [str(source), str(get(item, 'target'))];
  if (str(get(item, 'type')) !== 'bind' || !source || path === undefined || target === undefined) return undefined;
  return isKnown(source) ? { source: path, target, at: source.at } : undefined;
}

function shortMount(item: Value, { project }: World): { source: string; target: string; at: Place } | undefined {
  const text = str(item);
  const mount = text === undefined || !isKnown(item) ? undefined : parseMount(text, project.target).value;
  if (mount?.type !== 'bind' || mount.source === undefined) return undefined;
  return { source: mount.source, target: mount.target, at: item.at };
}

function* configs(world: World, service: Service): Iterable<Source> {
  for (const item of items(get(service.value, 'configs'))) {
    const name = str(item.kind === 'map' ? get(item, 'source') : item);
    const resource = name === undefined ? undefined : world.project.resources.get('config')?.get(name);
    const file = get(resource?.value, 'file');
    const path = str(file);
    const uri = file && path !== undefined && isKnown(file) ? uriOf(world, path, file.at) : undefined;
    const target = str(get(item, 'target')) ?? name ?? '';
    if (uri !== undefined) yield { uri, target: clean(target.startsWith('/') ? target : `/${target}`), at: item.at };
  }
}

function* copied(world: World, service: Service): Iterable<Source> {
  const build = buildOf(world, service);
  if (!build) return;
  const { context, dockerfile, at } = build;
  for (const { sources, target } of dockerfile.copies) {
    for (const source of sources) {
      for (const uri of matching(world, context, source)) {
        const intoFolder =
          world.host.stat(uri) === 'file' && (target.endsWith('/') || sources.length > 1 || /[*?]/.test(source));
        yield { uri, target: clean(intoFolder ? `${target}/${fileName(uri)}` : target), at };
      }
    }
  }
}

/** The files a source of `COPY` names; `*` and `?` in its last part stand for several. */
function matching({ host }: World, context: string, source: string): readonly string[] {
  const uri = resolveUri(context, source.replace(/^\/+/, ''));
  if (uri === undefined) return [];
  const pattern = fileName(uri);
  if (!/[*?]/.test(pattern)) return [uri];
  const folder = uri.slice(0, -pattern.length - 1);
  const matches = globPattern(pattern);
  return host
    .list(folder)
    .flatMap(({ name, kind }) => (kind === 'file' && matches.test(name) ? [`${folder}/${name}`] : []));
}

/** `*` and `?` of the shell within one part of a path. */
export function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  return new RegExp(`^${source}$`);
}

function clean(path: string): string {
  return path.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
}

function isKnown(value: Value): boolean {
  return value.kind === 'scalar' && !value.unset;
}
