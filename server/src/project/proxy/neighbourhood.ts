import { parseExtraHost } from '../../compose/model/extraHost.js';
import { parseLink } from '../../compose/model/link.js';
import { isExternal } from '../../compose/model/resource.js';
import type { Service } from '../../compose/model/service.js';
import { get, items, members, str } from '../../compose/model/value.js';
import type { HiddenName, Neighbourhood, Peer, ReachableName } from '../../proxy/neighbourhood.js';
import { peerOf } from './peers.js';
import type { World } from './world.js';

/**
 * What a proxy's container finds on its networks. `hosts` are the names its files use: a stack's name is given on the command
 * line, so `ANY_service` is taken for the service's long name.
 */
export function neighbourhoodOf(world: World, proxy: Service, hosts: readonly string[] = []): Neighbourhood {
  const { project } = world;
  const own = attachmentOf(world, proxy);
  const names: ReachableName[] = [];
  const hidden: HiddenName[] = [];
  const local: Peer[] = [];
  for (const service of project.services.values()) {
    const other = attachmentOf(world, service);
    const peer = peerOf(world, service);
    if (service !== proxy && other.owner === own.owner) local.push(peer);
    const why = service === proxy ? undefined : whyApart(proxy, own, other);
    if (why === undefined) {
      names.push(...namesOf(world, service, peer, other, own));
      hidden.push(...unusedNames(world, service));
      if (project.target === 'stack') names.push(...longNames(service.name, peer, hosts));
    } else {
      for (const { name } of namesOf(world, service, peer, other, other))
        hidden.push({ name, service: service.name, why });
    }
  }
  names.push(...extraHosts(world, proxy), ...linked(world, proxy));
  const known = new Set(names.map(({ name }) => name.toLowerCase()));
  return {
    service: proxy.name,
    names,
    hidden: hidden.filter(({ name }) => !known.has(name.toLowerCase())),
    open: own.open || !project.complete || !proxy.complete || proxy.value.members.has('external_links'),
    hostNetwork: own.kind === 'host',
    local,
  };
}

/** Where a service's container is attached. */
interface Attachment {
  readonly kind: 'networks' | 'host' | 'none';
  /** Networks of the project by name; none for the other kinds. */
  readonly networks: ReadonlySet<string>;
  /** The service whose network namespace it shares. */
  readonly owner: Service;
  /** Whether others than the project's services may be there. */
  readonly open: boolean;
}

function attachmentOf(world: World, service: Service, seen: readonly Service[] = []): Attachment {
  const { project } = world;
  const mode = project.target === 'compose' ? str(get(service.value, 'network_mode')) : undefined;
  const none = { networks: new Set<string>(), owner: service };
  if (mode === 'host') return { ...none, kind: 'host', open: false };
  if (mode === 'none') return { ...none, kind: 'none', open: false };
  if (mode?.startsWith('service:')) {
    const owner = project.services.get(mode.slice('service:'.length));
    if (owner === undefined || seen.includes(owner)) return { ...none, kind: 'networks', open: true };
    return attachmentOf(world, owner, [...seen, service]);
  }
  if (mode !== undefined && mode !== '') return { ...none, kind: 'networks', open: true };
  const value = get(service.value, 'networks');
  const listed = [...items(value).flatMap((it) => str(it) ?? []), ...Array.from(members(value), ({ key }) => key)];
  const networks = new Set(listed.length > 0 ? listed : ['default']);
  const external = [...networks].some((name) => {
    const network = project.resources.get('network')?.get(name);
    return network !== undefined && isExternal(network);
  });
  return { kind: 'networks', networks, owner: service, open: external || get(service.value, 'dns') !== undefined };
}

/** Why a service does not resolve; undefined where it does. */
function whyApart(proxy: Service, own: Attachment, other: Attachment): string | undefined {
  if (own.owner === other.owner) return undefined;
  if (own.kind === 'host') return `\`${proxy.name}\` uses the network of the host, where service names do not resolve`;
  if (own.kind === 'none') return `\`${proxy.name}\` has no network`;
  if (other.kind === 'host') return 'it uses the network of the host';
  if (other.kind === 'none') return 'it has no network';
  if ([...own.networks].some((network) => other.networks.has(network))) return undefined;
  if (own.networks.size === 0 || other.networks.size === 0) return undefined; // a network that is not known here
  return `it is on ${list(other.networks)} only, and \`${proxy.name}\` on ${list(own.networks)}`;
}

function list(networks: ReadonlySet<string>): string {
  const names = Array.from(networks, (name) => `\`${name}\``).join(', ');
  return `the network${networks.size === 1 ? '' : 's'} ${names}`;
}

function namesOf(
  { project, name: projectName }: World,
  { name, value }: Service,
  peer: Peer,
  { owner }: Attachment,
  { networks }: Attachment,
): readonly ReachableName[] {
  const names: ReachableName[] = [];
  // A service in another's network namespace has no names of its own there.
  if (owner.name !== name) return names;
  names.push({ name, kind: 'service', peer });
  for (const { key, value: network } of members(get(value, 'networks'))) {
    if (!networks.has(key)) continue;
    for (const alias of items(get(network, 'aliases'))) {
      const text = str(alias);
      if (text !== undefined) names.push({ name: text, kind: 'alias', peer });
    }
  }
  const hostname = str(get(value, 'hostname'));
  if (hostname !== undefined && hostname !== name) names.push({ name: hostname, kind: 'hostname', peer });
  if (project.target === 'stack') {
    names.push({ name: `tasks.${name}`, kind: 'taskName', peer: { ...peer, dnsrr: true } });
    return names;
  }
  const containerName = str(get(value, 'container_name'));
  if (containerName !== undefined) {
    if (containerName !== name) names.push({ name: containerName, kind: 'containerName', peer });
    return names;
  }
  for (let i = 1; i <= Math.min(peer.replicas, 50); i++) {
    names.push({ name: `${projectName}-${name}-${i}`, kind: 'containerName', peer });
  }
  return names;
}

/** Names that docker stack takes no notice of. */
function unusedNames({ project }: World, { name, value }: Service): readonly HiddenName[] {
  const containerName = project.target === 'stack' ? str(get(value, 'container_name')) : undefined;
  if (containerName === undefined || containerName === name) return [];
  return [{ name: containerName, service: name, why: 'a stack takes no notice of `container_name`' }];
}

function* longNames(service: string, peer: Peer, hosts: readonly string[]): Iterable<ReachableName> {
  for (const host of hosts) {
    if (!host.endsWith(`_${service}`)) continue;
    yield { name: host, kind: 'service', peer: host.startsWith('tasks.') ? { ...peer, dnsrr: true } : peer };
  }
}

function* extraHosts({ project }: World, proxy: Service): Iterable<ReachableName> {
  const value = get(proxy.value, 'extra_hosts');
  for (const { key } of members(value)) yield { name: key, kind: 'extraHost' };
  for (const item of items(value)) {
    const host = parseExtraHost(str(item) ?? '', project.target).value?.host;
    if (host !== undefined) yield { name: host, kind: 'extraHost' };
  }
}

/** `links` give names of their own, also where no network is shared by name: Compose joins the two. */
function* linked(world: World, proxy: Service): Iterable<ReachableName> {
  const { project } = world;
  if (project.target === 'stack') return;
  for (const item of items(get(proxy.value, 'links'))) {
    const { name, alias } = parseLink(str(item) ?? '');
    const service = project.services.get(name);
    if (service && alias !== undefined) yield { name: alias, kind: 'link', peer: peerOf(world, service) };
  }
}
