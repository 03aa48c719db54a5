import type { Target } from '../server/src/compose/target.js';

/**
 * The language of the attribute table. A value is judged by its kind first: in a union a list is only ever compared with the
 * list alternative, a mapping with the mapping one, so there is at most one of each.
 */
export type Type = ScalarType | ListType | MapType | ObjectType | AnyType | UnionType | SplitType;
export type ScalarType = StringType | NumberType | BooleanType | NullType;

/** What a string means, for the grammar checks, completions and hovers that hang on it. */
export type Format =
  | 'address'
  | 'bytes'
  | 'cidr'
  | 'command'
  | 'constraint'
  | 'cpus'
  | 'device'
  | 'duration'
  | 'environment'
  | 'host'
  | 'image'
  | 'label'
  | 'mac'
  | 'path'
  | 'platform'
  | 'port'
  | 'restart'
  | 'service-mode'
  | 'signal'
  | 'ulimit'
  | 'user'
  | 'volume'
  | Reference;
/** The value is the name of something that the same project declares. */
export type Reference = 'config' | 'model' | 'network' | 'profile' | 'secret' | 'service' | 'volume-name';

export interface Choice {
  readonly value: string;
  readonly doc: string;
}

/** Who refuses a word that is not among the choices: the file's tool, the Engine later on, or nobody. */
export type Enforced = 'tool' | 'engine' | 'no';

export interface StringType {
  readonly kind: 'string';
  readonly format?: Format;
  readonly choices?: readonly Choice[];
  readonly enforced: Readonly<Record<Target, Enforced>>;
  readonly pattern?: Pattern;
  /** Whether docker stack deploy takes an empty text, such as that of an unset variable, for the default. */
  readonly emptyInStack?: boolean;
}

/** What the tools of the targets in `by` ask of a string; no flags, as JSON Schema knows none. `says` completes "must …". */
export interface Pattern {
  readonly by: readonly Target[];
  readonly test: RegExp;
  readonly says: string;
}

/**
 * `cast` says who reads the type out of a string: docker compose from every string, `docker stack deploy` only from one that
 * interpolation changed. A number's string is read as `from`.
 */
export type Cast = 'both' | 'compose' | 'never';

export interface NumberType {
  readonly kind: 'integer' | 'number';
  readonly cast: Cast;
  readonly from: 'integer' | 'number';
  readonly min?: number;
  readonly max?: number;
}

export interface BooleanType {
  readonly kind: 'boolean';
  readonly cast: Cast;
}

export interface NullType {
  readonly kind: 'null';
}

/** Anything at all, such as the values of `x-` keys. */
export interface AnyType {
  readonly kind: 'any';
}

export interface ListType {
  readonly kind: 'list';
  readonly items: Type;
  /** The targets that refuse two equal items. */
  readonly unique: readonly Target[];
  /** From this file format on a stack takes them. */
  readonly uniqueUntil?: StackFormat;
}

/** A name that many choose, for completion and hover alone: the tools take any other as well. */
export interface KnownName extends Choice {
  /** Those drivers alone understand it, by the key `driver` beside the mapping. */
  readonly drivers?: readonly string[];
  /** Values it often has. */
  readonly values?: readonly Choice[];
}

/** Names chosen by the author, each with a value of one type. */
export interface MapType {
  readonly kind: 'map';
  /** What a name stands for, as in "a service". */
  readonly names: string;
  readonly values: Type;
  /** Names that break it are refused. */
  readonly keys?: RegExp;
  readonly known?: readonly KnownName[];
}

/** A fixed set of keys. */
export interface ObjectType {
  readonly kind: 'object';
  readonly keys: Readonly<Record<string, Attribute>>;
  readonly required: Readonly<Record<Target, readonly string[]>>;
  /** Whether other keys pass without a word; for a stack: from which file format on. */
  readonly open: Readonly<Record<Target, Extensions>>;
  /** Whether `x-` keys pass. */
  readonly extensions: Readonly<Record<Target, Extensions>>;
  /** The keys that most files have, in the order in which people write them. */
  readonly common: readonly string[];
}

/** Always, never, or from a stack file format on. */
export type Extensions = boolean | StackFormat;
export type StackFormat = `3.${number}`;
/** A release of docker compose without its patch level, such as `2.38`. */
export type Release = `${number}.${number}`;

export interface UnionType {
  readonly kind: 'union';
  readonly of: readonly Type[];
}

/** The targets disagree. `from`: before that stack file format the form is refused. */
export interface SplitType {
  readonly kind: 'split';
  readonly compose: Type | undefined;
  readonly stack: Type | undefined;
  readonly from?: StackFormat;
}

export type Support =
  | { readonly status: 'accepted'; readonly since: string }
  | { readonly status: 'deprecated'; readonly since: string; readonly instead: string }
  /** `unsupported` and `deprecated` are the lists that `docker stack deploy` prints; nobody prints anything for `silently`. */
  | {
      readonly status: 'ignored';
      readonly since: string;
      readonly how: 'unsupported' | 'deprecated' | 'silently';
      readonly instead?: string;
    }
  | { readonly status: 'refused'; readonly instead?: string };

export interface Attribute {
  readonly type: Type;
  /** One or two sentences of Markdown. */
  readonly doc: string;
  readonly default?: string;
  readonly support: Readonly<Record<Target, Support>>;
}

/** The newest docker compose whose verdicts the table was compared with; what came later is refused by it. */
export const newestCompose: Release = '2.40';
/** Stack file format of a file that names none, under docker CLI 27.1 and later. */
export const newestStack: StackFormat = '3.13';

/** Orders `3.9` before `3.13`. */
export function olderThan(version: string, than: string): boolean {
  return version !== than && rank(version) < rank(than);
}

/** Asked of every key of every file, for a handful of versions. */
const ranks = new Map<string, number>();

function rank(version: string): number {
  let known = ranks.get(version);
  if (known === undefined) {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    ranks.set(version, (known = major * 1000 + minor));
  }
  return known;
}

export interface Facts {
  /** First release of docker compose, when later than 2.0. */
  readonly compose?: Release | Support;
  /** First stack file format, when later than 3.0. */
  readonly stack?: StackFormat | Support;
  readonly default?: string;
}

export function attr(type: Type, doc: string, facts: Facts = {}): Attribute {
  return {
    type,
    doc,
    support: { compose: support(facts.compose ?? '2.0'), stack: support(facts.stack ?? '3.0') },
    ...(facts.default === undefined ? {} : { default: facts.default }),
  };
}

function support(given: string | Support): Support {
  return typeof given === 'string' ? { status: 'accepted', since: given } : given;
}

/** The target's tool refuses the key. `instead` is a whole sentence. */
export function refused(instead?: string): Support {
  return { status: 'refused', ...(instead === undefined ? {} : { instead }) };
}

type IgnoredSupport = Extract<Support, { status: 'ignored' }>;

export function ignored(how: IgnoredSupport['how'], instead?: string, since = '3.0'): Support {
  return { status: 'ignored', since, how, ...(instead === undefined ? {} : { instead }) };
}

/** docker compose reads the key and does nothing with it. */
export const unused: Support = { status: 'ignored', since: '2.0', how: 'silently' };

export function deprecated(instead: string, since: string): Support {
  return { status: 'deprecated', since, instead };
}

const never = { compose: 'no', stack: 'no' } as const;

export const string: StringType = { kind: 'string', enforced: never };
export const any: AnyType = { kind: 'any' };
export const nothing: NullType = { kind: 'null' };
/** A whole number that both tools refuse below zero. */
export const count: NumberType = { kind: 'integer', cast: 'both', from: 'integer', min: 0 };
export const bool: BooleanType = { kind: 'boolean', cast: 'both' };

export function format(name: Format): StringType {
  return { ...string, format: name };
}

/** Known words with what each does. */
export function choice(
  docs: Readonly<Record<string, string>>,
  enforced: Partial<Record<Target, Enforced>> = {},
  more: Partial<StringType> = {},
): StringType {
  return oneOf(words(docs), enforced, more);
}

export function words(docs: Readonly<Record<string, string>>): readonly Choice[] {
  return Object.entries(docs).map(([value, doc]) => ({ value, doc }));
}

/** The same, in an order of their own. */
export function oneOf(
  choices: readonly Choice[],
  enforced: Partial<Record<Target, Enforced>> = {},
  more: Partial<StringType> = {},
): StringType {
  return { ...string, choices, enforced: { ...never, ...enforced }, ...more };
}

export function boolean(cast: Cast): BooleanType {
  return { kind: 'boolean', cast };
}

type NumberFacts = Partial<Omit<NumberType, 'kind'>>;

export function integer(facts: NumberFacts = {}): NumberType {
  return { kind: 'integer', cast: 'both', from: 'integer', ...facts };
}

export function number(facts: NumberFacts = {}): NumberType {
  return { kind: 'number', cast: 'both', from: 'number', ...facts };
}

/** `unique`: the targets that refuse two equal items; `uniqueUntil`: the file format from which on a stack takes them. */
export function list(items: Type, unique: readonly Target[] = [], uniqueUntil?: StackFormat): ListType {
  return { kind: 'list', items, unique, ...(uniqueUntil && { uniqueUntil }) };
}

export function map(names: string, values: Type, facts: Pick<MapType, 'keys' | 'known'> = {}): MapType {
  return { kind: 'map', names, values, ...facts };
}

interface ObjectFacts {
  readonly required?: readonly string[] | Partial<ObjectType['required']>;
  readonly open?: Partial<ObjectType['open']>;
  readonly extensions?: Partial<ObjectType['extensions']>;
  readonly common?: readonly string[];
}

/** `x-` keys pass in docker compose and not in a stack, where nothing else is said. */
export function object(
  keys: ObjectType['keys'],
  { required = [], open, extensions, common = [] }: ObjectFacts = {},
): ObjectType {
  return {
    kind: 'object',
    keys,
    required:
      'compose' in required || 'stack' in required
        ? { compose: [], stack: [], ...required }
        : both(required as readonly string[]),
    open: { compose: false, stack: false, ...open },
    extensions: { compose: true, stack: false, ...extensions },
    common,
  };
}

function both<T>(value: T): Record<Target, T> {
  return { compose: value, stack: value };
}

export function union(...of: readonly Type[]): UnionType {
  return { kind: 'union', of };
}

export function split(compose: Type, stack: Type): SplitType {
  return { kind: 'split', compose, stack };
}

/** A form that `docker stack deploy` refuses. */
export function composeOnly(type: Type): SplitType {
  return { kind: 'split', compose: type, stack: undefined };
}

/** A form that `docker stack deploy` takes from that file format on. */
export function stackFrom(from: StackFormat, type: Type): SplitType {
  return { kind: 'split', compose: type, stack: type, from };
}
