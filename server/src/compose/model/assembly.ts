import type { Target } from '../target.js';
import type { FileModel, Variables } from './file.js';
import { mergeMaps } from './merge.js';
import type { Service } from './service.js';
import { replacedServices } from './unmerged.js';
import { get, members, type MapValue, type Place, type Value } from './value.js';

export interface LoadProblem {
  readonly rule: 'include-target' | 'include-conflict' | 'extends-target' | 'env-file-syntax' | 'missing-file';
  readonly at: Place;
  readonly message: string;
  readonly severity?: 'error' | 'warning';
}

export interface Included {
  readonly variables: Variables;
  /** What is wrong with files that are read for them, each once. */
  readonly problems: readonly {
    readonly path: string;
    readonly rule: 'env-file-syntax' | 'missing-file';
    readonly message: string;
  }[];
}

/** How a project gets at files other than those it starts from. */
export interface Loader {
  /** Reads the file that a path written in the file `from` names; `remote` is what only the tool can get at. */
  open(path: string, from: string, variables?: Variables): FileModel | 'missing' | 'remote';
  /** The variables for what a file includes: `folder` and `envFiles` as it writes them, without such files `.env` in the folder. */
  included(by: FileModel, folder: string, envFiles: readonly string[]): Included;
  readonly selectedProfiles: ReadonlySet<string>;
}

/** What is known while the files of a project are brought together. */
export class Assembly {
  readonly files = new Map<string, FileModel>();
  /** Where a file that was not given is called in, for the first time. */
  readonly origins = new Map<string, Place>();
  readonly included = new Set<string>();
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
    const merged = mergeMaps(base, over, [], this.target);
    for (const { key: name, value } of members(get(merged, 'services'))) {
      const parts = [base, over].map((part) => get(part, 'services', name));
      if (parts.some((part) => part && this.incomplete.has(part))) this.incomplete.add(value);
    }
    return merged;
  }

  use(file: FileModel, at: Place): void {
    const { uri } = file.source;
    if (this.files.has(uri)) return;
    this.files.set(uri, file);
    this.origins.set(uri, at);
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
