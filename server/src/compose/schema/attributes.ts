import { isStackFormat } from '../../../../schemas/formats.js';
import { file } from '../../../../schemas/topLevel.js';
import {
  newestCompose,
  newestStack,
  olderThan,
  type AnyType,
  type Attribute,
  type Choice,
  type KnownName,
  type ListType,
  type MapType,
  type ObjectType,
  type ScalarType,
  type Support,
  type Type,
} from '../../../../schemas/types.js';
import type { Target } from '../target.js';

/** As in `['services', 'web', 'ports', 0, 'target']`. */
export type Path = readonly (string | number)[];

export interface KeyInfo {
  readonly key: string;
  readonly attribute: Attribute;
  readonly support: Support;
  /** Whether the target refuses an entry without it. */
  readonly required: boolean;
}

export interface ValueInfo extends Choice {
  /** Whether the word is the one that holds when nothing is written. */
  readonly default: boolean;
}

/**
 * What the table says of the key at the end of a path; undefined for names of the author's choice and unknown keys. A key is no
 * older than those above it, and no tool makes more of it than of them.
 */
export function attributeAt(path: Path, target: Target): Attribute | undefined {
  const key = path.at(-1);
  const above = typeof key === 'string' ? arriveAt(path.slice(0, -1), target) : undefined;
  const type = above && pick(above.type, 'map', target);
  if (above === undefined || typeof key !== 'string' || type?.type.kind !== 'object') return undefined;
  const attribute = Object.hasOwn(type.type.keys, key) ? type.type.keys[key] : undefined;
  const support = (tool: Target): Support => arriveAt(path, tool)?.support ?? { status: 'refused' };
  return attribute && { ...attribute, support: { compose: support('compose'), stack: support('stack') } };
}

/** The keys that the mapping at a path may have and the target takes: the common ones, then the others as in the table. */
export function keysAt(path: Path, target: Target, version: string | undefined): readonly KeyInfo[] {
  const above = arriveAt(path, target);
  const form = above && pick(above.type, 'map', target);
  if (above === undefined || form?.type.kind !== 'object') return [];
  const { keys, required, common } = form.type;
  const newest = target === 'compose' ? newestCompose : formatOf(version);
  const ordered = new Set([...common, ...Object.keys(keys)]);
  return [...ordered].flatMap((key) => {
    const attribute = keys[key];
    const support = attribute && raised(attribute.support[target], above.since, form.from);
    if (!support || support.status === 'refused' || olderThan(newest, support.since)) return [];
    return [{ key, attribute, support, required: required[target].includes(key) }];
  });
}

function raised(support: Support, ...least: readonly (string | undefined)[]): Support {
  if (support.status === 'refused') return support;
  const since = latest(support.since, ...least);
  return since === support.since ? support : { ...support, since };
}

function latest(version: string, ...others: readonly (string | undefined)[]): string {
  return others.reduce<string>(
    (newest, other) => (other !== undefined && olderThan(newest, other) ? other : newest),
    version,
  );
}

/** The names that many choose in the mapping at a path, or in a list that stands for it as `NAME=value`. */
export function knownNamesAt(path: Path, target: Target): readonly KnownName[] {
  const type = typeAt(path, target);
  const form = type && pick(type, 'map', target)?.type;
  return form?.kind === 'map' ? (form.known ?? []) : [];
}

/** What is known of the name that ends a path, or of the one before the `=` of a list's item. */
export function knownNameAt(path: Path, target: Target, item?: string): KnownName | undefined {
  const name = item === undefined ? path.at(-1) : /^[^=]*/.exec(item)?.[0];
  return knownNamesAt(path.slice(0, -1), target).find(({ value }) => value === name);
}

/** The words that can stand at a path, with what each does. */
export function valuesAt(path: Path, target: Target): readonly ValueInfo[] {
  const type = typeAt(path, target);
  if (type === undefined) return [];
  const standard = attributeAt(path, target)?.default;
  const scalars = scalarsOf(type, target);
  const words = [...(knownNameAt(path, target)?.values ?? []), ...(scalars === 'any' ? [] : scalars.flatMap(wordsOf))];
  return words.map((word) => ({ ...word, default: word.value === standard || `"${word.value}"` === standard }));
}

function wordsOf(type: ScalarType): readonly Choice[] {
  if (type.kind === 'boolean')
    return [
      { value: 'true', doc: '' },
      { value: 'false', doc: '' },
    ];
  return type.kind === 'string' ? (type.choices ?? []) : [];
}

/** The stack file format that a file's `version` stands for: the newest one where it names none, or one that does not exist. */
export function formatOf(version: string | undefined): string {
  return version === undefined || version === '' || version === '3' || !isStackFormat(version) ? newestStack : version;
}

/** The type of the value at a path; undefined where the table knows nothing of it. */
export function typeAt(path: Path, target: Target): Type | undefined {
  return arriveAt(path, target)?.type;
}

interface Arrival {
  readonly type: Type;
  /** The release or file format that brings the youngest key on the way. */
  readonly since: string;
  /** What the tool makes of it, given what it makes of the keys on the way. */
  readonly support: Support;
}

function arriveAt(path: Path, target: Target): Arrival | undefined {
  const since = target === 'compose' ? '2.0' : '3.0';
  let here: Arrival | undefined = { type: file, since, support: { status: 'accepted', since } };
  for (const step of path) here = here && stepInto(here, step, target);
  return here;
}

function stepInto(
  { type, since, support: above }: Arrival,
  step: string | number,
  target: Target,
): Arrival | undefined {
  const form = pick(type, typeof step === 'number' ? 'list' : 'map', target);
  switch (form?.type.kind) {
    case 'list':
      return { type: form.type.items, since: latest(since, form.from), support: raised(above, form.from) };
    case 'map':
      return { type: form.type.values, since: latest(since, form.from), support: raised(above, form.from) };
    case 'object': {
      const attribute =
        typeof step === 'string' && Object.hasOwn(form.type.keys, step) ? form.type.keys[step] : undefined;
      if (!attribute) return undefined;
      const own = attribute.support[target];
      const young = latest(since, form.from, own.status === 'refused' ? undefined : own.since);
      const lost = above.status === 'refused' || (above.status === 'ignored' && own.status !== 'refused');
      return { type: attribute.type, since: young, support: raised(lost ? above : own, young) };
    }
    default:
      return undefined;
  }
}

export interface Form {
  readonly type: AnyType | ListType | MapType | ObjectType;
  /** The stack file format that brings this form. */
  readonly from?: string;
}

/** The alternative of a type that a list or a mapping is compared with. */
export function pick(type: Type, kind: 'list' | 'map', target: Target): Form | undefined {
  switch (type.kind) {
    case 'any':
      return { type };
    case 'list':
      return kind === 'list' ? { type } : undefined;
    case 'map':
    case 'object':
      return kind === 'map' ? { type } : undefined;
    case 'union':
      for (const one of type.of) {
        const found = pick(one, kind, target);
        if (found !== undefined) return found;
      }
      return undefined;
    case 'split': {
      const inner = type[target];
      const found = inner === undefined ? undefined : pick(inner, kind, target);
      return found === undefined || type.from === undefined || target === 'compose'
        ? found
        : { ...found, from: type.from };
    }
    default:
      return undefined;
  }
}

/** The scalar alternatives of a type; made once for each. */
export function scalarsOf(type: Type, target: Target): readonly ScalarType[] | 'any' {
  let known = scalars[target].get(type);
  if (known === undefined) scalars[target].set(type, (known = findScalars(type, target)));
  return known;
}

const scalars: Readonly<Record<Target, Map<Type, readonly ScalarType[] | 'any'>>> = {
  compose: new Map(),
  stack: new Map(),
};

function findScalars(type: Type, target: Target): readonly ScalarType[] | 'any' {
  switch (type.kind) {
    case 'any':
      return 'any';
    case 'union': {
      const all = type.of.map((one) => scalarsOf(one, target));
      return all.includes('any') ? 'any' : all.flatMap((one) => (one === 'any' ? [] : one));
    }
    case 'split': {
      const inner = type[target];
      return inner === undefined ? [] : scalarsOf(inner, target);
    }
    case 'list':
    case 'map':
    case 'object':
      return [];
    default:
      return [type];
  }
}
