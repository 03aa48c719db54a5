import { stringify } from 'yaml';
import { file } from '../../schemas/topLevel.js';
import {
  newestCompose,
  newestStack,
  olderThan,
  type Attribute,
  type Format,
  type ListType,
  type ObjectType,
  type Type,
} from '../../schemas/types.js';
import { pick, scalarsOf } from '../../server/src/compose/schema/attributes.js';
import type { Target } from '../../server/src/compose/target.js';

/** One key with one value: a whole file that is sound but for it. */
export interface Case {
  readonly target: Target;
  /** The key, as in `services.a.ports[].target`. */
  readonly path: string;
  readonly shape: string;
  readonly text: string;
  /** A variable without a value decides: what a tool refuses here is at least a warning for us, and an error where no text would do. */
  readonly unset: boolean;
  /** Whether the value is a text, such as a variable may hold. */
  readonly isText: boolean;
}

/** Files that the cases name, by path from the folder of the case. */
export const besideTheCase: Readonly<Record<string, string>> = {
  'a.env': 'A=b\n',
  'included.yaml': 'services:\n  included:\n    image: nginx:1.27\n',
  'extended.yaml': 'services:\n  b:\n    image: nginx:1.27\n',
};

/** Every key of the table in every shape that could be taken for it. */
export function* schemaCases(target: Target): Iterable<Case> {
  for (const { path, type, attribute, build } of placesIn(file, '', (value) => value as Tree, target, newestStack)) {
    const known = isKnown(attribute, target, newestStack);
    const shapes = known
      ? shapesFor(type, path, target)
      : [['of the other target', samples(type, path, target)[0] ?? 'zzz'] as const];
    for (const [shape, value] of shapes) {
      yield {
        target,
        path,
        shape,
        unset: shape === 'unset variable',
        isText: typeof value === 'string',
        text: stringify(complete(build(value), target, newestStack)),
      };
    }
  }
  yield* target === 'stack' ? formatCases() : [];
}

/** Keys of later stack file formats, at the format before and at their own. */
function* formatCases(): Iterable<Case> {
  for (const { path, type, attribute, build } of placesIn(file, '', (value) => value as Tree, 'stack', newestStack)) {
    const support = attribute.support.stack;
    if (support.status === 'refused' || support.since === '3.0') continue;
    const [sample] = samples(type, path, 'stack');
    const minor = Number(support.since.split('.')[1]);
    for (const version of [`3.${String(minor - 1)}`, support.since]) {
      yield {
        target: 'stack',
        path,
        shape: `format ${version}`,
        unset: false,
        isText: false,
        text: stringify(complete(build(sample), 'stack', version)),
      };
    }
  }
}

type Tree = Readonly<Record<string, unknown>>;

interface KeyPlace {
  readonly path: string;
  readonly type: Type;
  readonly attribute: Attribute;
  /** Puts a value there, among what must stand beside it. */
  readonly build: (value: unknown) => Tree;
}

function* placesIn(
  type: Type,
  path: string,
  build: KeyPlace['build'],
  target: Target,
  version: string,
): Iterable<KeyPlace> {
  const list = pick(type, 'list', target)?.type;
  if (list?.kind === 'list') yield* placesIn(list.items, `${path}[]`, (value) => build([value]), target, version);
  const inner = pick(type, 'map', target)?.type;
  if (inner?.kind === 'map') {
    const name = nameIn(inner.names, path);
    yield* placesIn(inner.values, `${path}.${name}`, (value) => build({ [name]: value }), target, version);
  }
  if (inner?.kind !== 'object') return;
  for (const [key, attribute] of Object.entries(inner.keys)) {
    const here = path === '' ? key : `${path}.${key}`;
    const place = (value: unknown): Tree => build({ ...companions(inner, path, key, target), [key]: value });
    yield { path: here, type: attribute.type, attribute, build: place };
    if (isKnown(attribute, target, version)) yield* placesIn(attribute.type, here, place, target, version);
  }
}

function isKnown(attribute: Attribute, target: Target, version: string): boolean {
  const support = attribute.support[target];
  return support.status !== 'refused' && !olderThan(target === 'compose' ? newestCompose : version, support.since);
}

const namesOf: Readonly<Record<string, string>> = {
  'a service': 'a',
  'a network': 'n',
  'a volume': 'v',
  'a secret': 's',
  'a config': 'c',
  'a model': 'm',
  'a limit': 'nofile',
};

function nameIn(names: string, path: string): string {
  return path.endsWith('depends_on') ? 'b' : (namesOf[names] ?? 'k');
}

/** The keys without which an entry is refused. */
function companions(type: ObjectType, path: string, key: string, target: Target): Tree {
  const required = type.required[target].filter((name) => name !== key);
  const fromTable = required.map((name) => [
    name,
    samples(type.keys[name]?.type ?? { kind: 'null' }, `${path}.${name}`, target)[0],
  ]);
  return { ...Object.fromEntries(fromTable), ...alsoNeeded(path, key) };
}

/** Options of a mount stand in a mount of that type. */
const mounts: Readonly<Record<string, Tree>> = {
  bind: { type: 'bind', source: '/x' },
  tmpfs: { type: 'tmpfs' },
  image: { type: 'image', source: 'nginx:1.27' },
};

function alsoNeeded(path: string, key: string): Tree {
  if (path === 'services.a.volumes[]' && mounts[key] !== undefined) return mounts[key];
  if (path === 'services.a' && key !== 'image') return { image: 'nginx:1.27' };
  if (path === 'services.a.configs[]' || path === 'services.a.secrets[]' || path === 'services.a.build.secrets[]') {
    return { source: path.endsWith('configs[]') ? 'c' : 's' };
  }
  if (path === 'services.a.extends' && key === 'file') return { service: 'b' };
  if (/^(secrets\.s|configs\.c)$/.test(path) && !/^(file|environment|content|external|driver)$/.test(key))
    return { file: './a.env' };
  return {};
}

/** What a file needs so that the case is about its one key only. */
function complete(tree: Tree, target: Target, version: string): Tree {
  const given = (key: string): Tree => (isTree(tree[key]) ? tree[key] : {});
  const has = (key: string): boolean => key in tree && !isTree(tree[key]);
  const atLeast = (format: string): boolean => target === 'compose' || !olderThan(version, format);
  return {
    ...(target === 'stack' ? { version } : {}),
    ...tree,
    ...(has('services')
      ? {}
      : { services: { a: { image: 'nginx:1.27' }, b: { image: 'nginx:1.27' }, ...given('services') } }),
    ...(has('networks') ? {} : { networks: { n: {}, ...given('networks') } }),
    ...(has('volumes') ? {} : { volumes: { v: {}, ...given('volumes') } }),
    ...(has('secrets') || !atLeast('3.1') ? {} : { secrets: { s: { file: './a.env' }, ...given('secrets') } }),
    ...(has('configs') || !atLeast('3.3') ? {} : { configs: { c: { file: './a.env' }, ...given('configs') } }),
    ...(has('models') || target === 'stack' ? {} : { models: { m: { model: 'ai/x' }, ...given('models') } }),
  };
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Values of the right and of the wrong kind. */
function* shapesFor(type: Type, path: string, target: Target): Iterable<readonly [string, unknown]> {
  const valid = samples(type, path, target);
  for (const [index, value] of valid.entries()) yield [`sample ${String(index + 1)}`, value];
  yield* scalarShapes;
  const list = pick(type, 'list', target)?.type;
  const map = pick(type, 'map', target)?.type;
  yield ['empty list', []];
  yield ['empty map', {}];
  if (list === undefined && map === undefined) {
    yield ['list', ['zzz']];
    yield ['map', { k: 'v' }];
    return;
  }
  yield* listShapes;
  yield* mapShapes;
  if (list?.kind === 'list') yield* duplicates(list, path, target);
  if (map?.kind === 'object') {
    const sound = valid.find(isTree) ?? {};
    yield ['unknown key', { ...sound, zzz: 1 }];
    yield ['x- key', { ...sound, 'x-zzz': 1 }];
    yield ['null key', Object.fromEntries(Object.keys(sound).map((key) => [key, null]))];
  }
}

const scalarShapes: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['string', 'zzz'],
  ['empty string', ''],
  ['integer', 5],
  ['negative', -1],
  ['float', 1.5],
  ['boolean', true],
  ['quoted integer', '5'],
  ['quoted boolean', 'true'],
  ['word for a boolean', 'off'],
  ['variable as integer', '${ZZZ:-5}'],
  ['variable as float', '${ZZZ:-1.5}'],
  ['variable as boolean', '${ZZZ:-true}'],
  ['variable as string', '${ZZZ:-zzz}'],
  ['unset variable', '${ZZZ}'],
];
const listShapes: readonly (readonly [string, unknown])[] = [
  ['list of strings', ['zzz']],
  ['list of integers', [5]],
  ['list of floats', [1.5]],
  ['list of booleans', [true]],
  ['list of nulls', [null]],
  ['list of maps', [{ k: 'v' }]],
  ['list of empty maps', [{}]],
  ['list of lists', [['zzz']]],
];
const mapShapes: readonly (readonly [string, unknown])[] = [
  ['map of strings', { k: 'v' }],
  ['map of nulls', { k: null }],
  ['map of integers', { k: 5 }],
  ['map of booleans', { k: true }],
  ['map of lists', { k: ['v'] }],
  ['map of maps', { k: { l: 'v' } }],
  ['map with an odd name', { 'k k': 'v' }],
];

function* duplicates(type: ListType, path: string, target: Target): Iterable<readonly [string, unknown]> {
  for (const [index, item] of samples(type.items, `${path}[]`, target).entries())
    yield [`sample ${String(index + 1)} twice`, [item, item]];
}

/** One sound value for each alternative of a type. */
function samples(type: Type, path: string, target: Target): readonly unknown[] {
  const special = byPath.find(([pattern]) => pattern.test(path));
  if (special !== undefined) return special[1];
  const found: unknown[] = [];
  const scalars = scalarsOf(type, target);
  for (const scalar of scalars === 'any' ? [] : scalars) {
    if (scalar.kind === 'string')
      found.push(scalar.choices?.[0]?.value ?? (scalar.format === undefined ? 'text' : byFormat[scalar.format]));
    if (scalar.kind === 'integer' || scalar.kind === 'number') found.push(Math.max(scalar.min ?? 5, 5));
    if (scalar.kind === 'boolean') found.push(true);
    if (scalar.kind === 'null') found.push(null);
  }
  const list = pick(type, 'list', target)?.type;
  if (list?.kind === 'list') found.push(...samples(list.items, `${path}[]`, target).map((item) => [item]));
  const map = pick(type, 'map', target)?.type;
  if (map?.kind === 'map') {
    const name = nameIn(map.names, path);
    found.push(...samples(map.values, `${path}.${name}`, target).map((value) => ({ [name]: value })));
  }
  if (map?.kind === 'object') found.push(companions(map, path, '', target));
  return found;
}

const byFormat: Readonly<Record<Format, string>> = {
  address: '10.5.0.9',
  bytes: '64m',
  cidr: '10.5.0.0/24',
  command: 'run',
  config: 'c',
  constraint: 'node.role == manager',
  cpus: '0.5',
  device: '/dev/null:/dev/null',
  duration: '5s',
  environment: 'K=v',
  host: 'h=10.5.0.9',
  image: 'nginx:1.27',
  label: 'k=v',
  mac: '02:42:ac:11:00:02',
  model: 'm',
  network: 'n',
  path: './a.env',
  platform: 'linux/amd64',
  port: '8080:80',
  profile: 'p',
  restart: 'always',
  secret: 's',
  service: 'b',
  'service-mode': 'host',
  signal: 'SIGTERM',
  ulimit: '5',
  user: '1000',
  volume: 'v:/x',
  'volume-name': 'v',
};

/** Keys whose type does not tell what is sound. */
const byPath: readonly (readonly [RegExp, readonly unknown[]])[] = [
  [/^version$/, ['3.13']],
  [/^include$/, [['./included.yaml'], [{ path: './included.yaml' }]]],
  [/^include\[\]\.path$/, ['./included.yaml', ['./included.yaml']]],
  [/\.env_file(\[\])?$/, ['./a.env']],
  [/^services\.a\.extends\.file$/, ['./extended.yaml']],
  [/^services\.a\.volumes_from\[\]$/, ['b']],
  [/\.build\.additional_contexts\[\]$/, ['k=./']],
  [/^services\.a\.expose\[\]$/, ['80', 80]],
  [/\.volumes\[\]\.source$/, ['v']],
  [/\.volumes\[\]\.target$/, ['/x']],
  [/\.tmpfs(\[\])?$/, ['/x']],
];
