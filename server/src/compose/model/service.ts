import type { Target } from '../target.js';
import { gpuFacts } from './gpu.js';
import { parseJoin, parseLink, parseVolumesFrom } from './link.js';
import { withoutResets } from './merge.js';
import { parseMount } from './mount.js';
import { hostPortsOf, type HostPort } from './publishedPort.js';
import { get, items, members, str, type MapValue, type Place, type Value } from './value.js';

/** A service as its project has it: `extends` and override files merged in. Every place is where the text is written. */
export interface Service {
  readonly name: string;
  /** The service's name in the last file that writes it. */
  readonly nameAt: Place;
  readonly value: MapValue;
  /** False when a part of it could not be read (a missing or remote `extends` file): what is absent may well be there. */
  readonly complete: boolean;
  readonly profiles: readonly string[];
  /** False when only a profile that is not selected would start it: then the tool checks no references in it. */
  readonly active: boolean;
  readonly references: readonly Reference[];
  readonly facts: ServiceFacts;
}

/** What the rest of the project may know of a service; no places, so it stays equal while the text moves. */
export interface ServiceFacts {
  readonly name: string;
  readonly complete: boolean;
  readonly profiles: readonly string[];
  readonly active: boolean;
  readonly references: readonly { readonly kind: ReferenceKind; readonly name: string; readonly optional: boolean }[];
  readonly containerName: string | undefined;
  readonly hasBuild: boolean;
  readonly hasHealthcheck: boolean;
  /** GPUs that all its replicas ask for together; 0 for none, undefined where it is not known. */
  readonly gpus: number | undefined;
  /** Whether it asks for a number of GPUs, which are always the first ones of the host. */
  readonly takesFirstGpu: boolean;
  /** Ports of the host that it asks for. */
  readonly hostPorts: readonly HostPort[];
  /** Whether it publishes a port otherwise than `mode: host`. */
  readonly publishesIngress: boolean;
  /** The addresses it asks for, each with its network. See `addressKey`. */
  readonly addresses: readonly string[];
  /** Everything above in one text. */
  readonly fingerprint: string;
}

export type ReferenceKind = 'service' | 'network' | 'volume' | 'secret' | 'config' | 'model';

/** A place in a service that names something else of the project. */
export interface Reference {
  readonly kind: ReferenceKind;
  readonly name: string;
  /** The scalar or key; the name may be only a part of it, as in `network_mode: service:db`. */
  readonly at: Place;
  /** The attribute that refers: `depends_on`, `links`, `network_mode` … */
  readonly via: string;
  /** `required: false` of depends_on; a mount whose place a later one takes with docker compose. */
  readonly optional: boolean;
  /** Whether the name depends on a variable that is not set. */
  readonly unset: boolean;
}

/** What is selected where nobody selects: docker compose takes the empty name for selected then. */
export const noProfiles: ReadonlySet<string> = new Set(['']);

export function createService(
  name: string,
  nameAt: Place,
  written: MapValue,
  facts: { readonly complete: boolean; readonly selectedProfiles: ReadonlySet<string>; readonly target: Target },
): Service {
  const value = facts.target === 'compose' ? withoutResets(written) : written;
  const profiles = items(get(value, 'profiles')).flatMap((it) => str(it) ?? []);
  const active =
    profiles.length === 0 || profiles.some((it) => facts.selectedProfiles.has(it)) || facts.selectedProfiles.has('*');
  let references: readonly Reference[] | undefined;
  let known: ServiceFacts | undefined;
  return {
    name,
    nameAt,
    value,
    complete: facts.complete,
    profiles,
    active,
    get references() {
      return (references ??= [...referencesOf(value, facts.target)]);
    },
    get facts() {
      return (known ??= factsOf(this));
    },
  };
}

function factsOf({ name, value, complete, profiles, active, references }: Service): ServiceFacts {
  const facts = {
    name,
    complete,
    profiles,
    active,
    references: references
      .filter((it) => !it.unset)
      .map((it) => ({ kind: it.kind, name: it.name, optional: it.optional })),
    containerName: str(get(value, 'container_name')),
    hasBuild: get(value, 'build') !== undefined,
    hasHealthcheck: get(value, 'healthcheck') !== undefined,
    publishesIngress: items(get(value, 'ports')).some((it) => str(get(it, 'mode')) !== 'host'),
    addresses: addressesOf(value),
    hostPorts: Array.from(hostPortsOf(value), ({ at: _, ...port }) => port),
    ...gpuFacts(value),
  };
  return { ...facts, fingerprint: JSON.stringify(facts) };
}

function addressesOf(service: MapValue): readonly string[] {
  return [...members(get(service, 'networks'))].flatMap(({ key, value }) =>
    ['ipv4_address', 'ipv6_address'].flatMap((which) => {
      const address = get(value, which);
      const text = str(address);
      return text && address?.kind === 'scalar' && !address.unset ? [addressKey(key, text)] : [];
    }),
  );
}

/** An address of a network as `ServiceFacts` has it. */
export function addressKey(network: string, address: string): string {
  return `${network} ${address}`;
}

function* referencesOf(service: MapValue, target: Target): Iterable<Reference> {
  yield* named(service, 'depends_on', 'service');
  yield* named(service, 'networks', 'network');
  yield* named(service, 'models', 'model');
  yield* sources(service, 'secrets', 'secret', target);
  yield* sources(service, 'configs', 'config', target);
  // docker compose takes the name of a config here for what it is, and looks nothing up.
  const spec = target === 'stack' ? get(get(service, 'credential_spec'), 'config') : undefined;
  if (spec && str(spec)) yield* reference('config', str(spec), spec, 'credential_spec');
  if (target === 'compose') yield* sources(get(service, 'build'), 'secrets', 'secret', target, 'build.secrets'); // a stack builds nothing
  for (const item of items(get(service, 'links'))) yield* reference('service', nameIn(item, parseLink), item, 'links');
  for (const item of items(get(service, 'volumes_from')))
    yield* reference('service', nameIn(item, parseVolumesFrom), item, 'volumes_from');
  for (const key of namespaceKeys) {
    const value = get(service, key);
    if (value) yield* reference('service', nameIn(value, parseJoin), value, key);
  }
  yield* mountedVolumes(service, target);
}

/** Attributes that can join another service's namespace with `service:NAME`. */
const namespaceKeys = ['network_mode', 'ipc', 'pid', 'uts', 'cgroup'] as const;

/** A list of names or a map with names as keys. */
function* named(parent: MapValue, key: string, kind: ReferenceKind): Iterable<Reference> {
  const value = get(parent, key);
  for (const item of items(value)) yield* reference(kind, str(item), item, key);
  for (const member of members(value)) {
    const optional = booleanOf(get(member.value, 'required')) === false;
    yield { kind, name: member.key, at: member.keyAt, via: key, optional, unset: false };
  }
}

/** A list of names or of maps with a `source`. */
function* sources(
  parent: Value | undefined,
  key: string,
  kind: ReferenceKind,
  target: Target,
  via = key,
): Iterable<Reference> {
  for (const item of items(get(parent, key))) {
    const source = item.kind === 'map' ? get(item, 'source') : item;
    if (source) yield* reference(kind, str(source), source, via);
    else if (target === 'compose') yield* reference(kind, '', item, via);
  }
}

function* mountedVolumes(service: MapValue, target: Target): Iterable<Reference> {
  const mounts = items(get(service, 'volumes')).map((item) => ({ item, path: mountTarget(item) }));
  const last = new Map(mounts.map(({ path }, index) => [path, index]));
  for (const [index, { item, path }] of mounts.entries()) {
    const source = item.kind === 'map' ? get(item, 'source') : item;
    const name = mountedVolume(item, target);
    if (!source || name === undefined) continue;
    const optional = path !== undefined && last.get(path) !== index;
    for (const it of reference('volume', name, source, 'volumes')) yield { ...it, optional };
  }
}

function mountedVolume(item: Value, target: Target): string | undefined {
  if (item.kind === 'map') {
    const [type, source] = [str(get(item, 'type')), str(get(item, 'source')) || undefined];
    // A cluster volume is declared like any other, unless it is one of a group.
    const isCluster = target === 'stack' && type === 'cluster' && source?.startsWith('group:') === false;
    return type === 'volume' || isCluster ? source : undefined;
  }
  const mount = parseMount(str(item) ?? '', 'compose').value;
  return mount?.type === 'volume' ? mount.source : undefined;
}

function mountTarget(item: Value): string | undefined {
  return item.kind === 'map' ? str(get(item, 'target')) : parseMount(str(item) ?? '', 'compose').value?.target;
}

/** The service that a text names under a grammar; undefined for another kind of thing. */
function nameIn(
  value: Value,
  parse: (text: string) => { readonly kind?: 'service' | 'container'; readonly name: string } | undefined,
): string | undefined {
  const text = str(value);
  const parsed = text === undefined ? undefined : parse(text);
  return parsed?.kind === 'container' ? undefined : parsed?.name;
}

function* reference(kind: ReferenceKind, name: string | undefined, value: Value, via: string): Iterable<Reference> {
  const unset = value.kind === 'scalar' && value.unset;
  if (name !== undefined) yield { kind, name, at: value.at, via, optional: false, unset };
}

function booleanOf(value: Value | undefined): boolean | undefined {
  return value?.kind === 'scalar' && typeof value.value === 'boolean' ? value.value : undefined;
}
