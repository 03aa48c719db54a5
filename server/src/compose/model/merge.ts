import type { Target } from '../target.js';
import { mergeProblem } from './mergeProblem.js';
import { parseMount } from './mount.js';
import { expandPort, parsePort } from './port.js';
import {
  get,
  isNothing,
  str,
  type MapValue,
  type Member,
  type Place,
  type ScalarValue,
  type SeqValue,
  type Value,
} from './value.js';

/** Path below the root of a project, for example `['services', 'web', 'ports']`. */
type Path = readonly string[];

/** How values are brought together. */
export interface Merging {
  readonly target: Target;
  /** Whether the tool has already written out the earlier value, as it does with each file that it read as a whole. */
  readonly writtenOut: boolean;
  /** Is told what docker compose cannot lay over what is there. */
  readonly refused: (at: Place, message: string) => void;
}

/** Merges a later value over an earlier one as the target's tool does when it reads several files, `extends` or documents. */
function mergeValue(base: Value, over: Value, path: Path, merging: Merging): Value {
  const { target } = merging;
  if (target === 'compose' && (over.tag === '!override' || over.tag === '!reset')) return over;
  if (isReplaced(base, over, path, target)) return over;
  // An empty text of a later file changes nothing in a stack.
  if (target === 'stack' && path[0] === 'services' && path.length === 3 && str(over) === '') return base;
  const attribute = path[0] === 'services' && path.length === 3 ? path[2] : undefined;
  if (target === 'compose' && isNothing(over) && !isVariable(path)) return base;
  if (target === 'compose' && isList(path) && (isSingle(over) || isSingle(base)))
    return mergeValue(asList(base), asList(over), path, merging);
  const mixes = target === 'compose' ? isList(path) : attribute !== undefined && mixed.has(attribute);
  if (mixes && base.kind !== over.kind) {
    const [before, after] = [asMap(base, path), asMap(over, path)];
    if (before.kind === 'map' && after.kind === 'map') return mergeMaps(before, after, path, merging);
  }
  if (base.kind === 'map' && over.kind === 'map') return mergeMaps(base, over, path, merging);
  if (base.kind === 'seq' && over.kind === 'seq') return mergeLists(base, over, attribute, target);
  return over;
}

function isSingle(value: Value): boolean {
  return value.kind === 'scalar' && !isNothing(value);
}

function asList(value: Value): Value {
  return isSingle(value) ? { kind: 'seq', at: value.at, flow: false, items: [value] } : value;
}

export function mergeMaps(base: MapValue, over: MapValue, path: Path, merging: Merging): MapValue {
  const members = new Map<string, Member>(base.members);
  for (const member of over.members.values()) {
    const before = members.get(member.key);
    const isThere = before && !(merging.target === 'compose' && before.value.tag === '!reset');
    const value = isThere ? mergeMember(before.value, member, [...path, member.key], merging) : member.value;
    members.set(member.key, { ...member, value });
  }
  return { ...over, members };
}

/** Merges and remembers what of the later text is no more what it was for docker compose. */
function mergeMember(base: Value, { keyAt, value: over }: Member, path: Path, merging: Merging): Value {
  const { target } = merging;
  const problem = target === 'compose' ? mergeProblem(base, over, path, merging) : undefined;
  if (problem !== undefined) merging.refused(keyAt, problem);
  const value = mergeValue(base, over, path, merging);
  if (target === 'stack') return value;
  // An empty section is refused all the same, and each file has a version of its own.
  const isApart = path.length === 1 && (path[0] === 'services' || path[0] === 'version');
  const isMade = isFileInWords(over, path) ? false : isList(path) || (isNothing(over) && !isNothing(value));
  const isJoined = !isApart && over.tag === undefined && isMade;
  const start = keyAt.block === over.at.block ? Math.min(keyAt.start, over.at.start) : over.at.start;
  const joined = isJoined ? [...(base.joined ?? []), { ...over.at, start }] : base.joined;
  return joined ? { ...value, joined } : value;
}

/** A mapping in the place of a file's name becomes the name of a file, `path=web.env`, that surely is none. */
function isFileInWords(over: Value, path: Path): boolean {
  return over.kind === 'map' && (path.at(-1) === 'env_file' || path.at(-1) === 'label_file');
}

/** A mapping without what docker compose drops, at any depth: the very same one where that is nothing. */
export function withoutResets(map: MapValue): MapValue {
  let kept: Map<string, Member> | undefined;
  for (const member of map.members.values()) {
    const { value } = member;
    const isDropped = value.tag === '!reset';
    const inner = value.kind === 'map' && !isDropped ? withoutResets(value) : value;
    if (inner === value && !isDropped) continue;
    kept ??= new Map(map.members);
    if (isDropped) kept.delete(member.key);
    else kept.set(member.key, { ...member, value: inner });
  }
  return kept ? { ...map, members: kept } : map;
}

/** Whether the path is that of a variable or label, which is something even without a value. */
function isVariable(path: Path): boolean {
  return path.length > 3 && mixed.has(path.at(-2) ?? '');
}

function isReplaced(base: Value, over: Value, path: Path, target: Target): boolean {
  const last = path.at(-1);
  if (path[0] !== 'services') return target === 'stack' && path.length === 2;
  if (path.length === 3 && (last === 'command' || last === 'entrypoint')) return true;
  // docker stack appends one test to the other, which is no test any more: what its author sees is still both.
  if (last === 'test') return target === 'compose';
  if (path.length === 3 && last === 'logging') {
    const [before, after] = [str(get(base, 'driver')), str(get(over, 'driver'))];
    return before !== undefined && after !== undefined && before !== after;
  }
  return false;
}

/** Later items come behind the earlier ones; one that means the same thing takes the place of the earlier one. */
function mergeLists(base: SeqValue, over: SeqValue, attribute: string | undefined, target: Target): SeqValue {
  const identify = attribute === undefined ? undefined : identities[attribute];
  if (!identify) return { ...over, items: [...base.items, ...over.items], merged: true };
  const items = new Map<string | symbol, Value>();
  for (const item of [...base.items, ...over.items]) items.set(identify(item, target) ?? Symbol(), item);
  return { ...over, items: [...items.values()] };
}

/** What makes two items of a list the same; undefined for an item that is like no other. */
type Identify = (item: Value, target: Target) => string | undefined;

const assignment: Identify = (item) => str(item)?.split('=')[0];
const itself: Identify = (item) => (item.kind === 'scalar' ? String(item.value) : undefined);

const identities: Readonly<Record<string, Identify>> = {
  annotations: assignment,
  configs: (item, target) => granted(item, target, '/'),
  depends_on: itself,
  environment: assignment,
  labels: assignment,
  networks: itself,
  ports: portOf,
  secrets: (item, target) => granted(item, target, '/run/secrets/'),
  sysctls: assignment,
  volumes: (item, target) => {
    if (item.kind === 'map') return str(get(item, 'target'));
    const text = str(item);
    return text === undefined ? undefined : parseMount(text, target).value?.target;
  },
};

/** docker stack compares published ports alone, and so takes all that publish none for the same. */
function portOf(item: Value, target: Target): string | undefined {
  if (item.kind === 'map') {
    const [ip, published, port, protocol = 'tcp'] = ['host_ip', 'published', 'target', 'protocol'].map((key) => {
      const value = get(item, key);
      return value?.kind === 'scalar' ? String(value.value) : undefined;
    });
    return target === 'stack' ? (published ?? '') : `${ip ?? ''}:${published ?? ''}:${port ?? ''}/${protocol}`;
  }
  const short = item.kind === 'scalar' ? parsePort(String(item.value), target).value : undefined;
  const [first, ...more] = short ? expandPort(short, target) : [];
  if (!first || more.length > 0) return itself(item, target);
  const published = first.published ? `${first.published.first}` : '';
  return target === 'stack' ? published : `${first.ip ?? ''}:${published}:${first.target}/${first.protocol}`;
}

/** Secrets and configs: docker compose compares where they go, docker stack what they are. */
function granted(item: Value, target: Target, folder: string): string | undefined {
  const source = item.kind === 'map' ? str(get(item, 'source')) : str(item);
  if (target === 'stack' || source === undefined) return source;
  const to = str(get(item, 'target')) ?? source;
  return to.startsWith('/') ? to : `${folder}${to}`;
}

/** Attributes that are written as a list or as a mapping, and that mix. */
export const mixed: ReadonlySet<string> = new Set([
  'annotations',
  'depends_on',
  'environment',
  'extra_hosts',
  'labels',
  'networks',
  'sysctls',
]);

/** What docker compose makes one list of, in whatever form each file says it: attributes by their path below a service. */
const lists: ReadonlySet<string> = new Set([
  ...mixed,
  'build.additional_contexts',
  'build.args',
  'build.extra_hosts',
  'build.labels',
  'deploy.labels',
  'dns',
  'dns_opt',
  'dns_search',
  'env_file',
  'label_file',
  'models',
  'tmpfs',
]);

/** Those of them whose entries stay what they are. */
const keyed: ReadonlySet<string> = new Set(['depends_on', 'models', 'networks']);

function isList(path: readonly (string | number)[]): boolean {
  const [section, , ...attribute] = path;
  if (section === 'services') return lists.has(attribute.join('.'));
  return (section === 'networks' || section === 'volumes') && path.length === 3 && attribute[0] === 'labels';
}

/**
 * Whether docker compose looks no more at the shape of what is written at a path, once that is joined with what another file
 * says: an attribute becomes a list, and what a mapping in its place holds becomes text.
 */
export function losesShape(path: readonly (string | number)[], joinedAt: number): boolean {
  const list = path.slice(0, joinedAt);
  if (path.length === joinedAt) return true;
  return isList(list) && typeof path[joinedAt] === 'string' && !keyed.has(String(list.at(-1)));
}

/** Whether the shape of what was first written at a path is lost too, when something is joined with it. */
export function losesFirstShape(path: readonly (string | number)[], joinedAt: number): boolean {
  return isList(path.slice(0, joinedAt)) && losesShape(path, joinedAt);
}

/** Items of a list of a service that docker compose drops, since a later one takes their place. */
export function replacedItems(attribute: string, list: readonly Value[]): ReadonlySet<Value> {
  const identify = identities[attribute];
  if (attribute === 'ports' || !identify || list.length < 2 || list.every(({ kind }) => kind === 'scalar'))
    return new Set();
  const last = new Map(list.map((item) => [identify(item, 'compose') ?? item, item]));
  const kept = new Set(last.values());
  return new Set(list.filter((item) => !kept.has(item)));
}

/** What docker compose makes of a service that is only named. */
function started(name: ScalarValue): MapValue {
  const { at } = name;
  const condition = { ...name, value: 'service_started' };
  return {
    kind: 'map',
    at,
    flow: false,
    members: new Map([['condition', { key: 'condition', keyAt: at, value: condition }]]),
  };
}

/** A list of names or of `NAME=VALUE` as the mapping it stands for. */
function asMap(value: Value, path: Path): Value {
  if (value.kind !== 'seq') return value;
  const members = new Map<string, Member>();
  for (const item of value.items) {
    const text = str(item);
    if (item.kind !== 'scalar' || text === undefined) continue;
    const equals = text.indexOf('=');
    const key = equals < 0 ? text : text.slice(0, equals);
    const own: ScalarValue = { ...item, value: equals < 0 ? null : text.slice(equals + 1) };
    members.set(key, { key, keyAt: item.at, value: path.at(-1) === 'depends_on' ? started(own) : own });
  }
  return { kind: 'map', at: value.at, flow: value.flow, members };
}
