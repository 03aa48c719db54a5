import type { Target } from '../target.js';
import type { FileModel } from './file.js';
import { mergeMaps } from './merge.js';
import { resourceSections, type Resource } from './resource.js';
import { createService, type Service } from './service.js';
import { get, items, str, type MapValue, type Member, type Place, type Value } from './value.js';

/** Files that are one project to their tool, merged as the tool merges them. */
export interface Project {
  readonly target: Target;
  /** Every file that has a part in it: those given first, then included and extended ones. */
  readonly files: ReadonlyMap<string, FileModel>;
  /** Where a file that was not given is included or extended from, for the first time. */
  readonly origins: ReadonlyMap<string, Place>;
  /** The merged root; undefined when no file has a readable one. */
  readonly root: MapValue | undefined;
  readonly services: ReadonlyMap<string, Service>;
  readonly resources: ReadonlyMap<Resource['kind'], ReadonlyMap<string, Resource>>;
  /** What goes wrong while files are brought together. */
  readonly problems: readonly LoadProblem[];
  /** False when an included file could not be read, so that names it declares are unknown. */
  readonly complete: boolean;
  /** Set when all that differs from an earlier project is the content of some services. */
  readonly patch: { readonly of: Project; readonly services: readonly Service[] } | undefined;
}

export interface LoadProblem {
  readonly rule: 'include-target' | 'include-conflict' | 'extends-target';
  readonly at: Place;
  readonly message: string;
  readonly severity?: 'error' | 'warning';
}

/** How a project gets at files other than those it starts from. */
export interface Loader {
  /** Reads the file that a path written in the file `from` names. */
  open(path: string, from: string): FileModel | 'missing' | 'remote';
  readonly selectedProfiles: ReadonlySet<string>;
}

/** Brings files together: later ones over earlier ones, each with what it includes and extends. */
export function buildProject(roots: readonly FileModel[], target: Target, loader: Loader, previous?: Project): Project {
  return (previous && patchProject(roots, loader, previous)) ?? new Builder(target, loader, previous).build(roots);
}

/** The project of before with some services anew, where it is one file that includes and extends nothing. */
function patchProject(roots: readonly FileModel[], loader: Loader, previous: Project): Project | undefined {
  const [file] = roots;
  const uri = file?.source.uri ?? '';
  if (!file?.patch || roots.length > 1 || previous.files.size > 1 || previous.files.get(uri) !== file.patch.of)
    return undefined;
  if (previous.problems.length > 0 || !previous.complete || previous.root !== file.patch.of.documents[0])
    return undefined;
  const [root] = file.documents;
  const services = new Map(previous.services);
  const changed: Service[] = [];
  for (const { key, keyAt, value } of file.patch.services) {
    const before = services.get(key);
    if (value.kind !== 'map' || !before || value.members.has('extends')) return undefined;
    const service = createService(key, keyAt, value, { complete: true, selectedProfiles: loader.selectedProfiles });
    services.set(key, service);
    changed.push(service);
  }
  return { ...previous, files: new Map([[uri, file]]), root, services, patch: { of: previous, services: changed } };
}

class Builder {
  readonly #files = new Map<string, FileModel>();
  readonly #origins = new Map<string, Place>();
  readonly #problems: LoadProblem[] = [];
  #complete = true;
  /** Services that miss a part, by their value. */
  readonly #incomplete = new Set<Value>();

  constructor(
    private readonly target: Target,
    private readonly loader: Loader,
    private readonly previous: Project | undefined,
  ) {}

  build(roots: readonly FileModel[]): Project {
    for (const file of roots) this.#files.set(file.source.uri, file);
    let root: MapValue | undefined;
    for (const file of roots) root = this.merge(root, this.fileRoot(file, []));
    return {
      target: this.target,
      files: this.#files,
      origins: this.#origins,
      root,
      services: this.services(root),
      resources: this.resources(root),
      problems: this.#problems,
      complete: this.#complete,
      patch: undefined,
    };
  }

  private merge(base: MapValue | undefined, over: MapValue | undefined): MapValue | undefined {
    if (!base || !over) return over ?? base;
    const merged = mergeMaps(base, over, [], this.target);
    for (const [name, { value }] of mapOf(get(merged, 'services'))) {
      const parts = [base, over].map((part) => get(get(part, 'services'), name));
      if (parts.some((part) => part && this.#incomplete.has(part))) this.#incomplete.add(value);
    }
    return merged;
  }

  /** The documents of one file with what they include below them. */
  private fileRoot(file: FileModel, including: readonly string[]): MapValue | undefined {
    let root: MapValue | undefined;
    for (const document of file.documents) {
      const extended = this.target === 'compose' ? this.extendServices(file, document) : document;
      const included = this.target === 'compose' ? this.included(file, document, including) : undefined;
      if (included) this.reportConflicts(included, extended);
      root = this.merge(root, this.merge(included, extended));
    }
    return root;
  }

  private included(file: FileModel, document: MapValue, including: readonly string[]): MapValue | undefined {
    const path = [...including, file.source.uri];
    let root: MapValue | undefined;
    for (const item of items(get(document, 'include'))) {
      let own: MapValue | undefined;
      for (const { text, at } of pathsOf(item.kind === 'map' ? get(item, 'path') : item)) {
        const opened = this.loader.open(text, file.source.uri);
        if (typeof opened === 'string') {
          this.#complete = false;
          this.#problems.push(
            opened === 'missing'
              ? { rule: 'include-target', at, message: `Included file \`${text}\` does not exist.` }
              : {
                  rule: 'include-target',
                  at,
                  message: `\`${text}\` is fetched by docker compose and not checked here.`,
                  severity: 'warning',
                },
          );
        } else if (path.includes(opened.source.uri)) {
          this.#problems.push({
            rule: 'include-target',
            at,
            message: `\`${text}\` includes this file again: an endless circle.`,
          });
        } else {
          this.use(opened, at);
          own = this.merge(own, this.fileRoot(opened, path));
        }
      }
      if (own && root) this.reportConflicts(root, own);
      root = this.merge(root, own);
    }
    return root;
  }

  /** Compose 2.40 refuses a thing that stands in two included files, or in one and its includer, unless both are alike. */
  private reportConflicts(included: MapValue, own: MapValue): void {
    for (const section of ['services', ...Object.values(resourceSections)]) {
      const theirs = get(included, section);
      for (const member of mapOf(get(own, section)).values()) {
        const other = get(theirs, member.key);
        if (!other || sameValue(other, member.value)) continue;
        this.#problems.push({
          rule: 'include-conflict',
          at: member.keyAt,
          message: `\`${section}.${member.key}\` is also declared by an included file.`,
        });
      }
    }
  }

  private extendServices(file: FileModel, document: MapValue): MapValue {
    const section = document.members.get('services');
    if (section?.value.kind !== 'map') return document;
    const extending = (it: Member): boolean => it.value.kind === 'map' && it.value.members.has('extends');
    if (![...section.value.members.values()].some(extending)) return document;
    const services = new Map<string, Member>();
    for (const member of section.value.members.values()) {
      if (member.value.kind !== 'map' || !member.value.members.has('extends')) {
        services.set(member.key, member);
        continue;
      }
      services.set(member.key, { ...member, value: this.extend(file, document, member.key, member.value, []) });
    }
    const value: MapValue = { ...section.value, members: services };
    return { ...document, members: new Map(document.members).set('services', { ...section, value }) };
  }

  /** A service with what it extends below it. */
  private extend(
    file: FileModel,
    document: MapValue,
    name: string,
    service: MapValue,
    chain: readonly string[],
  ): MapValue {
    const extend = get(service, 'extends');
    if (!extend) return service;
    const wanted = extend.kind === 'map' ? get(extend, 'service') : extend;
    const path = extend.kind === 'map' ? get(extend, 'file') : undefined;
    const baseName = str(wanted);
    if (!wanted || baseName === undefined) return this.without(service);
    const fail = (at: Place, message: string, severity: 'error' | 'warning' = 'error'): MapValue => {
      const unset = [wanted, path].some((it) => it?.kind === 'scalar' && it.unset);
      this.#problems.push({ rule: 'extends-target', at, message, severity: unset ? 'warning' : severity });
      return this.without(service);
    };
    let from = file;
    let documents: readonly MapValue[] = [document];
    const pathText = str(path);
    if (path && pathText !== undefined) {
      const opened = this.loader.open(pathText, file.source.uri);
      if (opened === 'missing') return fail(path.at, `Extended file \`${pathText}\` does not exist.`);
      if (opened === 'remote')
        return fail(path.at, `\`${pathText}\` is fetched by docker compose and not checked here.`, 'warning');
      this.use(opened, path.at);
      from = opened;
      documents = opened.documents;
    }
    const link = `${from.source.uri}#${baseName}`;
    if (chain.includes(link) || (from === file && baseName === name && chain.length === 0)) {
      return fail(wanted.at, `Service \`${name}\` extends itself through \`${baseName}\`: an endless circle.`);
    }
    for (const candidate of documents) {
      const base = get(get(candidate, 'services'), baseName);
      if (base?.kind !== 'map') continue;
      const whole = this.extend(from, candidate, baseName, base, [...chain, `${file.source.uri}#${name}`, link]);
      const merged = mergeMaps(whole, service, ['services', name], this.target);
      if (this.#incomplete.has(whole)) this.#incomplete.add(merged);
      return merged;
    }
    return fail(
      wanted.at,
      `Service \`${baseName}\` is not defined${pathText ? ` in \`${pathText}\`` : ''}, so it cannot be extended.`,
    );
  }

  private use(file: FileModel, at: Place): void {
    const { uri } = file.source;
    if (this.#files.has(uri)) return;
    this.#files.set(uri, file);
    this.#origins.set(uri, at);
  }

  private without(service: MapValue): MapValue {
    const copy = { ...service };
    this.#incomplete.add(copy);
    return copy;
  }

  private services(root: MapValue | undefined): ReadonlyMap<string, Service> {
    const services = new Map<string, Service>();
    const { selectedProfiles } = this.loader;
    for (const member of mapOf(get(root, 'services')).values()) {
      if (member.value.kind !== 'map') continue;
      const before = this.previous?.services.get(member.key);
      const same = before?.value === member.value && before.nameAt === member.keyAt;
      const complete = !this.#incomplete.has(member.value);
      services.set(
        member.key,
        same && before.complete === complete
          ? before
          : createService(member.key, member.keyAt, member.value, { complete, selectedProfiles }),
      );
    }
    return services;
  }

  private resources(root: MapValue | undefined): Project['resources'] {
    const all = new Map<Resource['kind'], ReadonlyMap<string, Resource>>();
    for (const [kind, section] of Object.entries(resourceSections) as [Resource['kind'], string][]) {
      const found = new Map<string, Resource>();
      for (const { key, keyAt, value } of mapOf(get(root, section)).values()) {
        found.set(key, { kind, name: key, nameAt: keyAt, value });
      }
      all.set(kind, found);
    }
    return all;
  }
}

function mapOf(value: Value | undefined): ReadonlyMap<string, Member> {
  return value?.kind === 'map' ? value.members : new Map<string, Member>();
}

function pathsOf(value: Value | undefined): readonly { text: string; at: Place }[] {
  const list = value?.kind === 'seq' ? value.items : value ? [value] : [];
  return list.flatMap((it) => {
    const text = str(it);
    return text === undefined || (it.kind === 'scalar' && it.unset) ? [] : [{ text, at: it.at }];
  });
}

/** Whether two values say the same, wherever they stand. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind === 'scalar') return b.kind === 'scalar' && a.value === b.value;
  if (a.kind === 'seq') {
    return b.kind === 'seq' && a.items.length === b.items.length && a.items.every((it, i) => sameAt(it, b.items[i]));
  }
  return (
    b.kind === 'map' &&
    a.members.size === b.members.size &&
    [...a.members.values()].every((it) => sameAt(it.value, b.members.get(it.key)?.value))
  );
}

function sameAt(a: Value, b: Value | undefined): boolean {
  return b !== undefined && sameValue(a, b);
}
