import type { Target } from '../target.js';
import { Assembly, type Loader, type LoadProblem } from './assembly.js';
import { extendServices } from './extend.js';
import { KeyedList } from '../../text/keyedList.js';
import { folderOf } from '../../text/uri.js';
import type { FileModel } from './file.js';
import { includeFiles, reportConflicts } from './include.js';
import { resourceSections, type Resource } from './resource.js';
import { createService, type Service } from './service.js';
import { servicesOf } from './unmerged.js';
import { get, members, type MapValue, type Place, type Value } from './value.js';

export { aloneLoader, type Loader, type Surroundings } from './assembly.js';

/** Files that are one project to their tool, merged as the tool merges them. */
export interface Project {
  readonly target: Target;
  /** Every file that has a part in it: those given first, then included and extended ones. */
  readonly files: ReadonlyMap<string, FileModel>;
  /** Where a file that was not given is included or extended from, for the first time. */
  readonly origins: ReadonlyMap<string, Place>;
  /** See `folderOfPaths`. */
  readonly folders: ReadonlyMap<string, string>;
  /**
   * Files of which docker compose reads no more than services that others extend: by file, those services, each with the services of
   * the project it is part of.
   */
  readonly partial: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;
  /** The merged root; undefined when no file has a readable one. */
  readonly root: MapValue | undefined;
  /** The merged root after each of the files given: docker compose compares shapes each time. */
  readonly stages: readonly MapValue[];
  readonly services: ReadonlyMap<string, Service>;
  /** What docker compose reads out of services that others replace, or that stand in files of which others are extended. */
  readonly unmerged: readonly Service[];
  readonly resources: ReadonlyMap<Resource['kind'], ReadonlyMap<string, Resource>>;
  /** What goes wrong while files are brought together. */
  readonly problems: readonly LoadProblem[];
  /** False when an included file could not be read, so that names it declares are unknown. */
  readonly complete: boolean;
  /** Set when all that differs from an earlier project is the content of some services. Weak: no version keeps those before it. */
  readonly patch: { readonly of: WeakRef<Project>; readonly services: readonly Service[] } | undefined;
}

/** The folder that the paths in a file of a project count from: that of the first file, but for included and extended ones. */
export function folderOfPaths({ files, folders }: Pick<Project, 'files' | 'folders'>, uri: string): string {
  const [first = uri] = files.keys();
  return folders.get(uri) ?? folderOf(first);
}

/** Brings files together: later ones over earlier ones, each with what it includes and extends. */
export function buildProject(roots: readonly FileModel[], target: Target, loader: Loader, previous?: Project): Project {
  return (previous && patchProject(roots, loader, previous)) ?? new Builder(target, loader, previous).build(roots);
}

/** The project of before with some services anew, where it is one file that includes and extends nothing. */
function patchProject(roots: readonly FileModel[], loader: Loader, previous: Project): Project | undefined {
  const [file] = roots;
  const uri = file?.source.uri ?? '';
  const before = previous.files.get(uri);
  if (!file?.patch || !before || roots.length > 1 || previous.files.size > 1 || before !== file.patch.of.deref())
    return undefined;
  if (previous.problems.length > 0 || !previous.complete || previous.root !== before.documents[0]) return undefined;
  const [root] = file.documents;
  const changed: Service[] = [];
  for (const { key, keyAt, value } of file.patch.services) {
    if (value.kind !== 'map' || !previous.services.has(key) || value.members.has('extends')) return undefined;
    const { selectedProfiles } = loader;
    changed.push(createService(key, keyAt, value, { complete: true, selectedProfiles, target: previous.target }));
  }
  const services = KeyedList.of(previous.services).with(changed.map((service) => [service.name, service]));
  const patch = { of: new WeakRef(previous), services: changed };
  return { ...previous, files: new Map([[uri, file]]), root, stages: root ? [root] : [], services, patch };
}

class Builder {
  readonly #assembly: Assembly;

  constructor(
    private readonly target: Target,
    private readonly loader: Loader,
    private readonly previous: Project | undefined,
  ) {
    this.#assembly = new Assembly(target, loader);
  }

  build(roots: readonly FileModel[]): Project {
    const { files, origins, problems, included, extended, surroundings, unmerged } = this.#assembly;
    for (const file of roots) files.set(file.source.uri, file);
    let root: MapValue | undefined;
    const stages: MapValue[] = [];
    for (const file of roots) {
      root = this.#assembly.merge(root, this.fileRoot(file, []));
      if (root) stages.push(root);
    }
    const partial = new Map([...extended].filter(([uri]) => origins.has(uri) && !included.has(uri)));
    for (const uri of partial.keys()) {
      const file = files.get(uri);
      if (file) unmerged.push(...servicesOf(this.#assembly, file));
    }
    return {
      target: this.target,
      files,
      origins,
      folders: new Map(Array.from(surroundings, ([uri, { folder }]) => [uri, folder])),
      partial,
      root,
      stages,
      services: this.services(root),
      unmerged,
      resources: this.resources(root),
      problems,
      complete: this.#assembly.complete,
      patch: undefined,
    };
  }

  /** The documents of one file with what they include below them. */
  private fileRoot(file: FileModel, including: readonly string[]): MapValue | undefined {
    let root: MapValue | undefined;
    for (const document of file.documents) {
      const all = this.target === 'compose' ? this.whole(file, document, including) : document;
      root = this.#assembly.merge(root, all);
    }
    return root;
  }

  private whole(file: FileModel, document: MapValue, including: readonly string[]): MapValue | undefined {
    const extended = extendServices(this.#assembly, file, document);
    const included = includeFiles(this.#assembly, file, document, including, (other, path) =>
      this.fileRoot(other, path),
    );
    if (included) reportConflicts(this.#assembly, included, extended);
    return this.#assembly.merge(included, extended);
  }

  private services(root: MapValue | undefined): ReadonlyMap<string, Service> {
    const services = new Map<string, Service>();
    const { selectedProfiles } = this.loader;
    for (const member of members(get(root, 'services'))) {
      if (member.value.kind !== 'map' || this.isReset(member.value)) continue;
      const before = this.previous?.services.get(member.key);
      const same = before?.value === member.value && before.nameAt === member.keyAt;
      const complete = !this.#assembly.incomplete.has(member.value);
      services.set(
        member.key,
        same && before.complete === complete
          ? before
          : createService(member.key, member.keyAt, member.value, { complete, selectedProfiles, target: this.target }),
      );
    }
    return services;
  }

  private isReset({ tag }: Value): boolean {
    return this.target === 'compose' && tag === '!reset';
  }

  private resources(root: MapValue | undefined): Project['resources'] {
    const all = new Map<Resource['kind'], ReadonlyMap<string, Resource>>();
    for (const [kind, section] of Object.entries(resourceSections) as [Resource['kind'], string][]) {
      const found = new Map<string, Resource>();
      for (const { key, keyAt, value } of members(get(root, section))) {
        if (!this.isReset(value)) found.set(key, { kind, name: key, nameAt: keyAt, value });
      }
      all.set(kind, found);
    }
    return all;
  }
}
