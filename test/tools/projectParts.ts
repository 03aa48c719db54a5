import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Target } from '../../server/src/compose/target.js';
import { pickFrom, randomFrom } from '../support/randomEdits.js';
import { tagged, type Yaml } from '../support/writeYaml.js';

export type Mapping = Readonly<Record<string, Yaml>>;

/** The files of a folder by path, those of YAML as their documents, and which of them a tool is given. */
export interface Folder {
  readonly files: Readonly<Record<string, readonly Mapping[] | string>>;
  /** What is given with `-f` or `-c`; nothing where the tool finds the files itself. */
  readonly given?: readonly string[];
  readonly target?: Target;
  /** The file that has the one mistake in the folder. */
  readonly owner?: string;
}

type Ways = readonly Yaml[];

/** See the file itself. */
export const ways = parse(readFileSync('test/fixtures/projects.yaml', 'utf8')) as {
  readonly services: Readonly<Record<string, Ways>>;
  readonly resources: Readonly<Record<string, Ways>>;
  readonly top: Readonly<Record<string, Ways>>;
  readonly stackServices: Readonly<Record<string, Ways>>;
  readonly stackResources: Readonly<Record<string, Ways>>;
  readonly mistakes: readonly Mapping[];
  readonly needs: readonly Mapping[];
  readonly variables: readonly Mapping[];
  readonly envFiles: readonly string[];
  readonly includes: Ways;
};

/** What services name that are made of the ways above. */
export const declared: Mapping = {
  networks: { n1: null, n2: { driver: 'bridge' } },
  volumes: { v1: null, v2: null },
  secrets: { s1: { file: './a.env' }, s2: { file: './b.env' } },
  configs: { c1: { file: './a.env' }, c2: { content: 'x' } },
  models: { m1: { model: 'ai/x' } },
};

export const helpers: Mapping = { db: { image: 'db' }, cache: { image: 'cache', profiles: [] } };

/** A file with the service `web` and all that it may name. */
export function whole(web: Mapping, more: Mapping = {}): Mapping {
  return { services: { web, ...helpers }, ...declared, ...more };
}

const overrides = ['compose.override.yml', 'compose.override.yaml', 'docker-compose.override.yml'];

/** Makes parts of projects by chance, the same ones for the same seed. */
export class Parts {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = randomFrom(seed * 2654435761);
    for (let i = 0; i < 3; i++) this.#random();
  }

  pick<T>(among: readonly T[]): T {
    return pickFrom(this.#random, among);
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  maybe(probability: number, mapping: () => Mapping): Mapping {
    return this.chance(probability) ? mapping() : {};
  }

  /** Mostly one of the first, plain ways. */
  way(of: Ways = []): Yaml {
    return this.pick(this.chance(0.85) ? of.slice(0, 3) : of);
  }

  reset(value: Yaml): Yaml {
    return this.pick([
      tagged('!reset', null),
      tagged('!reset', []),
      tagged('!reset', value),
      tagged('!override', value),
    ]);
  }

  /** Parts of one service that say something about the same few attributes; `resets` is how often a later one takes away. */
  layers(count: number, of = ways.services, resets = 0.06): readonly [Mapping, Mapping, Mapping] {
    const names = Object.keys(of).filter((name) => name !== 'extends');
    const chosen = Array.from({ length: this.pick([1, 2, 3]) }, () => this.pick(names));
    const layer = (_: unknown, at: number): Mapping => {
      const own = chosen.filter(() => this.chance(0.85));
      const entries = own.map((name): [string, Yaml] => {
        const value = this.way(of[name]);
        return [name, this.chance(at === 0 ? resets / 3 : resets) ? this.reset(value) : value];
      });
      return { ...(at === 0 && { image: 'x' }), ...Object.fromEntries(entries) };
    };
    const [first = {}, second = {}, third = {}] = Array.from({ length: count }, layer);
    return [first, second, third];
  }

  layer(): Mapping {
    return this.layers(2)[1];
  }

  /** A few entries of the sections, `networks.n1` and the like. */
  resources(isFirst: boolean): Mapping {
    const sections: Record<string, Mapping> = isFirst ? { networks: { n1: null } } : {};
    for (const [path, values] of Object.entries(ways.resources)) {
      const [section = '', name = ''] = path.split('.');
      if (!this.chance(0.4)) continue;
      const value = this.way(values);
      sections[section] = { [name]: !isFirst && this.chance(0.1) ? this.reset(value) : value };
    }
    return sections;
  }

  top(): Mapping {
    const key = this.pick(this.chance(0.7) ? ['name', 'x-own', 'version'] : Object.keys(ways.top));
    return { [key]: this.pick(ways.top[key] ?? []) };
  }

  /** Puts files that are laid over each other where the tool finds them: by their names, as documents, in `COMPOSE_FILE`, with `-f`. */
  spread(...layers: readonly [Mapping, ...Mapping[]]): Folder {
    const [first, ...over] = layers;
    switch (this.pick(['names', 'documents', 'variable', 'given'])) {
      case 'names': {
        const name = this.pick(['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml']);
        return { files: { [name]: [first], [this.pick(overrides)]: over } };
      }
      case 'documents':
        return { files: { 'compose.yaml': layers } };
      case 'variable': {
        const separator = this.pick([':', ';']);
        const names = layers.map((_, i) =>
          i === 0 ? 'compose.yaml' : this.pick([`over${i}.yaml`, `sub/compose.${i}.yml`]),
        );
        const env = `COMPOSE_FILE=${names.join(separator)}\n${separator === ';' ? 'COMPOSE_PATH_SEPARATOR=;\n' : ''}`;
        return { files: { ...fileByFile(names, layers), '.env': env } };
      }
      default: {
        const names = layers.map((_, i) => (i === 0 ? 'a.yaml' : `sub/${i}.yaml`));
        return { files: fileByFile(names, layers), given: names };
      }
    }
  }
}

function fileByFile(names: readonly string[], layers: readonly Mapping[]): Folder['files'] {
  return Object.fromEntries(layers.map((layer, i) => [names[i] ?? '', [layer]]));
}
