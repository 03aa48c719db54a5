import { get, items, str, type MapValue, type Value } from '../compose/model/value.js';
import type { FileModel } from '../compose/model/file.js';
import type { Target } from '../compose/target.js';
import { folderOf, resolveUri } from '../text/uri.js';
import { defaultNames, isComposeFile, overrideNames, skippedFolders } from './fileNames.js';
import type { Host } from './host.js';
import { decideTarget } from './target.js';
import { projectVariables } from './variables.js';
import type { ProjectFiles, Workspace } from './workspace.js';

const deepest = 12;

/** What a folder holds for the tools. */
export interface Found {
  /** Compose and stack files, by name; sorted. */
  readonly files: readonly string[];
  /** The projects that `COMPOSE_FILE` names in it and below. */
  readonly named: readonly Named[];
}

/** Files of one project in the order of `-f`. */
export type Named = Pick<ProjectFiles, 'files' | 'envFiles'>;

/** The projects below a folder, from the files' names and from what they include, extend and override. */
export function projectsIn(host: Host, workspace: Workspace, folder: string, forced?: Target): readonly ProjectFiles[] {
  return groupFiles(host, workspace, findFiles(host, folder), (uri) => {
    const source = workspace.source(uri);
    return forced ?? (source && decideTarget(source, undefined).target);
  });
}

/** Looks through a folder and those below it. */
export function findFiles(host: Host, folder: string): Found {
  const files: string[] = [];
  const named: Named[] = [];
  const look = (at: string, depth: number): void => {
    const entries = host.list(at);
    const list = namedIn(
      host,
      at,
      entries.some(({ name, kind }) => kind === 'file' && name === '.env'),
    );
    if (list) named.push(list);
    for (const { name, kind } of entries) {
      if (kind === 'file' && isComposeFile(name)) files.push(`${at}/${name}`);
      if (kind === 'folder' && depth < deepest && !skippedFolders.has(name)) look(`${at}/${name}`, depth + 1);
    }
  };
  look(folder, 0);
  return { files: files.sort(), named };
}

/** Whether it is a folder that is looked through, and has something for the tools. */
export function holdsProjects(host: Host, uri: string): boolean {
  if (host.stat(uri) !== 'folder' || uri.split('/').some((name) => skippedFolders.has(name))) return false;
  const { files, named } = findFiles(host, uri);
  return files.length + named.length > 0;
}

/**
 * Puts files together into the projects their tools would read. `lists` are projects that a setting names, each in the order of
 * `-f`, and count before those of `COMPOSE_FILE`; the files of both form no others by themselves. Files that are only parts of
 * others form none of their own.
 */
export function groupFiles(
  host: Host,
  workspace: Workspace,
  { files, named }: Found,
  targetOf: (uri: string) => Target | undefined,
  lists: readonly (readonly string[])[] = [],
): readonly ProjectFiles[] {
  const known = files.flatMap((uri) => {
    const target = targetOf(uri);
    const model = target && workspace.model(uri, target);
    return model ? [{ uri, target, model }] : [];
  });
  const parts = new Set(known.flatMap(({ uri, model, target }) => (target === 'compose' ? partsOf(uri, model) : [])));
  const included = includedFiles(known);
  const projects: ProjectFiles[] = [];
  for (const list of lists) {
    const there = list.filter((uri) => host.stat(uri) === 'file' || workspace.source(uri) !== undefined);
    const target = there[0] === undefined ? undefined : targetOf(there[0]);
    if (target) projects.push({ target, files: there });
  }
  const set = new Set(projects.flatMap((project) => project.files));
  for (const project of named) {
    const [first = ''] = project.files;
    if (!set.has(first) && targetOf(first) === 'compose') projects.push({ target: 'compose', ...project });
  }
  const taken = new Set(projects.flatMap((project) => project.files));
  const byUri = new Map(known.map((it) => [it.uri, it]));
  for (const { uri, target } of known) {
    const folder = folderOf(uri);
    if (target === 'stack' || taken.has(uri) || preferred(byUri, folder, defaultNames)?.uri !== uri) continue;
    const override = preferred(byUri, folder, overrideNames);
    if (!override && included.has(uri)) continue;
    const members = override ? [uri, override.uri] : [uri];
    members.forEach((it) => taken.add(it));
    projects.push({ target, files: members });
  }
  for (const { uri, target, model } of known) {
    if (taken.has(uri) || (target === 'compose' && parts.has(uri))) continue;
    const base = target === 'compose' ? overlayBase(byUri, uri, model) : undefined;
    projects.push({ target, files: base === undefined ? [uri] : [base, uri] });
  }
  return projects;
}

interface Known {
  readonly uri: string;
  readonly target: Target;
  readonly model: FileModel;
}

/**
 * The one of several files in a folder that `docker compose` takes by itself. The others are files like any that `-f` can name; an
 * override belongs to the default file whatever either is called.
 */
function preferred(known: ReadonlyMap<string, Known>, folder: string, names: readonly string[]): Known | undefined {
  const name = names.find((it) => known.has(`${folder}/${it}`));
  return name === undefined ? undefined : known.get(`${folder}/${name}`);
}

/**
 * The project that `COMPOSE_FILE` names in a folder, in its `.env` or in the environment; that may mean any folder, and so counts in
 * those above its first file. Where it leads to another folder, that is the project's, and `.env` beside its first file counts too,
 * but less than the one that led there.
 */
function namedIn(host: Host, folder: string, hasEnv: boolean): Named | undefined {
  const everywhere = host.variable('COMPOSE_FILE');
  if (!hasEnv && !everywhere) return undefined;
  const { lookup } = projectVariables(host, { target: 'compose', files: [`${folder}/compose.yaml`] });
  const list = lookup('COMPOSE_FILE');
  if (!list) return undefined;
  const separator = lookup('COMPOSE_PATH_SEPARATOR') ?? (list.includes(';') ? ';' : ':');
  const files = list.split(separator).flatMap((path) => resolveUri(folder, path) ?? []);
  const [first = ''] = files;
  if (!files.every((uri) => host.stat(uri) === 'file')) return undefined;
  if (everywhere && !first.startsWith(`${folder}/`)) return undefined;
  if (folderOf(first) === folder) return { files };
  return { files, envFiles: [`${folderOf(first)}/.env`, `${folder}/.env`].filter((uri) => host.stat(uri) === 'file') };
}

/** Files that others include, at last one that nobody includes: they are checked in its project, with all that is around them there. */
function includedFiles(known: readonly Known[]): ReadonlySet<string> {
  const composed = known.filter(({ target }) => target === 'compose');
  const includes = new Map(
    composed.map(({ uri, model }) => {
      const paths = model.documents.flatMap((document) => [...includedPaths(document)]);
      return [uri, paths.flatMap((path) => resolveUri(folderOf(uri), path) ?? [])];
    }),
  );
  const all = new Set([...includes.values()].flat());
  const reached = new Set<string>();
  const reach = (uri: string): void => {
    for (const inner of includes.get(uri) ?? []) if (reached.size < reached.add(inner).size) reach(inner);
  };
  for (const uri of includes.keys()) if (!all.has(uri)) reach(uri);
  return reached;
}

/** Files that a file includes or extends services of. */
function partsOf(uri: string, model: FileModel): readonly string[] {
  const folder = folderOf(uri);
  const paths = model.documents.flatMap((document) => [...includedPaths(document), ...extendedPaths(document)]);
  return paths.flatMap((path) => resolveUri(folder, path) ?? []).filter((part) => part !== uri);
}

function* includedPaths(document: MapValue): Iterable<string> {
  for (const item of items(get(document, 'include'))) {
    const path = item.kind === 'map' ? get(item, 'path') : item;
    for (const one of path?.kind === 'seq' ? path.items : [path]) {
      const text = str(one);
      if (text !== undefined) yield text;
    }
  }
}

function* extendedPaths(document: MapValue): Iterable<string> {
  for (const service of servicesOf(document)) {
    const path = str(get(service, 'extends', 'file'));
    if (path !== undefined) yield path;
  }
}

/**
 * The default file that a file such as `compose.prod.yaml` is laid over: one beside it, when the file has services that are
 * nothing without their namesakes there.
 */
function overlayBase(known: ReadonlyMap<string, Known>, uri: string, model: FileModel): string | undefined {
  const base = preferred(known, folderOf(uri), defaultNames);
  if (base?.target !== 'compose' || base.uri === uri) return undefined;
  const there = new Set(base.model.documents.flatMap((it) => serviceNames(it)));
  const bare = model.documents.flatMap((document) =>
    serviceNames(document).filter((name) => isBare(get(document, 'services', name))),
  );
  return bare.length > 0 && bare.every((name) => there.has(name)) ? base.uri : undefined;
}

function isBare(service: Value | undefined): boolean {
  return service?.kind === 'map' && !['image', 'build', 'extends', 'provider'].some((key) => service.members.has(key));
}

function serviceNames(document: MapValue): readonly string[] {
  const services = get(document, 'services');
  return services?.kind === 'map' ? [...services.members.keys()] : [];
}

function servicesOf(document: MapValue): readonly Value[] {
  const services = get(document, 'services');
  return services?.kind === 'map' ? Array.from(services.members.values(), ({ value }) => value) : [];
}
