import type { Target } from '../target.js';
import { folderOf } from '../../text/uri.js';
import type { FileModel, Variables } from './file.js';
import { mergeMaps, type Merging } from './merge.js';
import { noProfiles, type Service } from './service.js';
import { replacedServices } from './unmerged.js';
import { get, members, type MapValue, type Place, type Value } from './value.js';

export interface LoadProblem {
  readonly rule: 'include-target' | 'include-conflict' | 'extends-target' | 'override-conflict' | 'dot-env-syntax';
  readonly at: Place;
  readonly message: string;
  readonly severity?: 'error' | 'warning';
}

/** What the paths and the variables of a file mean. */
export interface Surroundings {
  /** A URI; paths count from it. */
  readonly folder: string;
  readonly variables: Variables;
}

/** How a project gets at files other than those it starts from. */
export interface Loader {
  /** Those of the files that a project starts from. */
  readonly surroundings: Surroundings;
  /** Reads the file of a path; `remote` is what only the tool can get at. */
  open(path: string, around: Surroundings): FileModel | 'missing' | 'remote';
  /** What is called in from a folder sees all that its caller sees, and the variables of more files: `.env` there where none are given. */
  inside(around: Surroundings, folder: string, envFiles: readonly string[] | undefined): Inside;
  readonly selectedProfiles: ReadonlySet<string>;
}

export interface Inside extends Surroundings {
  readonly missing: readonly string[];
  /** What docker compose cannot read, as a sentence. */
  readonly problem: string | undefined;
}

/** For a file that is looked at alone: no other is at hand. */
export function aloneLoader(uri: string, variables: Variables): Loader {
  const surroundings: Surroundings = { folder: folderOf(uri), variables };
  return {
    surroundings,
    open: () => 'remote',
    inside: () => ({ ...surroundings, missing: [], problem: undefined }),
    selectedProfiles: noProfiles,
  };
}

/** What is known while the files of a project are brought together. */
export class Assembly {
  readonly files = new Map<string, FileModel>();
  /** Where a file that was not given is called in, for the first time. */
  readonly origins = new Map<string, Place>();
  readonly included = new Set<string>();
  readonly surroundings = new Map<string, Surroundings>();
  readonly problems: LoadProblem[] = [];
  /** False once an included file could not be read. */
  complete = true;
  /** Of each file that is extended and not read as a whole, the services that are, with those of the project they are part of. */
  readonly extended = new Map<string, Map<string, Set<string>>>();
  /** See `Project`. */
  readonly unmerged: Service[] = [];
  /** Services that miss a part, by their value. */
  readonly incomplete = new Set<Value>();

  constructor(
    readonly target: Target,
    readonly loader: Loader,
  ) {}

  merge(base: MapValue | undefined, over: MapValue | undefined): MapValue | undefined {
    if (!base || !over) return over ?? base;
    if (this.target === 'compose') this.unmerged.push(...replacedServices(base, over));
    const merged = mergeMaps(base, over, [], this.merging(true));
    for (const { key: name, value } of members(get(merged, 'services'))) {
      const parts = [base, over].map((part) => get(part, 'services', name));
      if (parts.some((part) => part && this.incomplete.has(part))) this.incomplete.add(value);
    }
    return merged;
  }

  merging(writtenOut: boolean): Merging {
    const refused = (at: Place, message: string): void => {
      if (!this.problems.some((it) => it.at === at)) this.problems.push({ rule: 'override-conflict', at, message });
    };
    return { target: this.target, writtenOut, refused };
  }

  use(file: FileModel, at: Place, around: Surroundings): void {
    const { uri } = file.source;
    if (this.files.has(uri)) return;
    this.files.set(uri, file);
    this.origins.set(uri, at);
    this.surroundings.set(uri, around);
  }

  around({ source: { uri } }: FileModel): Surroundings {
    return this.surroundings.get(uri) ?? this.loader.surroundings;
  }

  /** What another file around it extends has paths of its own, and the same variables. */
  beside(file: FileModel, around: Surroundings): Surroundings {
    return { folder: folderOf(file.source.uri), variables: around.variables };
  }

  extend(file: FileModel, base: string, heir: string): void {
    const { uri } = file.source;
    const bases = this.extended.get(uri) ?? new Map<string, Set<string>>();
    this.extended.set(uri, bases.set(base, (bases.get(base) ?? new Set()).add(heir)));
  }

  without(service: MapValue): MapValue {
    const copy = { ...service };
    this.incomplete.add(copy);
    return copy;
  }
}
