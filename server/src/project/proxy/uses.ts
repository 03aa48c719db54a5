import type { Service } from '../../compose/model/service.js';
import { get, str } from '../../compose/model/value.js';
import { namedDestinations } from '../../proxy/destinations.js';
import { findName, type Peer, type ReachableName } from '../../proxy/neighbourhood.js';
import type { Context, ProxyConfig } from '../../proxy/rule.js';
import type { Destination } from '../../proxy/upstream.js';
import type { Checked } from '../workspace.js';
import { neighbourhood, type Proxy, type ProxyFile } from './link.js';

/** A place in a proxy's file that sends requests to a service of the project. */
export interface ProxyUse {
  readonly proxy: Proxy;
  readonly file: ProxyFile;
  readonly destination: Destination;
  readonly name: ReachableName;
  readonly peer: Peer;
}

/** Everywhere the proxies of a project send requests to its services. */
export function* proxyUses({ proxies, world }: Pick<Checked, 'proxies' | 'world'>): Generator<ProxyUse> {
  for (const proxy of proxies) {
    if (proxy.files.length === 0) continue;
    const around = neighbourhood(world, proxy);
    for (const file of proxy.files) {
      for (const destination of namedDestinations(file.config, contextOf(proxy, file.config))) {
        const name = findName(around, destination.address.host);
        if (name?.peer) yield { proxy, file, destination, name, peer: name.peer };
      }
    }
  }
}

/** What a proxy's other files are to one of them. */
export function contextOf({ files, complete }: Proxy, config: ProxyConfig): Context {
  return { siblings: files.flatMap((it) => (it.config === config ? [] : [it.config])), complete };
}

/** Whether a proxy has to be told to look a name up again when replicas come and go. */
export function needsReload({ destination, peer }: ProxyUse): boolean {
  return destination.resolved === 'once' && peer.dnsrr;
}

/** What a proxy's author wants to know of the service behind a name, as Markdown. */
export function describeUse({ project }: Checked['world'], { name, peer }: Pick<ProxyUse, 'name' | 'peer'>): string {
  const service = project.services.get(peer.service);
  const what = name.kind === 'service' ? '' : ` (${kindNames[name.kind]} \`${name.name}\`)`;
  const lines = [`Service \`${peer.service}\`${what}`];
  const image = str(get(service?.value, 'image'));
  const replicas = peer.replicas === 1 ? '1 replica' : `${peer.replicas} replicas`;
  lines.push(`- ${image === undefined ? 'built here' : `image \`${image}\``}, ${replicas}`);
  if (peer.ports.length > 0) lines.push(`- listens on ${peer.ports.map((it) => portText(it, peer)).join(', ')}`);
  if (service) lines.push(`- ${networksText(service)}`);
  if (project.target === 'stack') {
    lines.push(
      peer.dnsrr
        ? '- the name has the address of every replica (`dnsrr`)'
        : '- the name has one virtual address (VIP), behind which the swarm chooses a replica',
    );
  }
  return lines.join('\n');
}

const kindNames: Readonly<Record<ReachableName['kind'], string>> = {
  service: 'service',
  alias: 'by its alias',
  containerName: 'by its container name',
  hostname: 'by its host name',
  link: 'by a link',
  extraHost: 'by an extra host',
  taskName: 'its replicas, by',
};

function portText({ port, certain }: Peer['ports'][number], { publishedPorts }: Peer): string {
  const published = publishedPorts.find(({ target }) => target === port)?.published;
  return `${port}${published === undefined ? '' : ` (published as ${published})`}${certain ? '' : ' by custom'}`;
}

function networksText({ value }: Service): string {
  const mode = str(get(value, 'network_mode'));
  if (mode !== undefined) return `network mode \`${mode}\``;
  const networks = get(value, 'networks');
  const names =
    networks?.kind === 'map'
      ? [...networks.members.keys()]
      : networks?.kind === 'seq'
        ? networks.items.flatMap((it) => str(it) ?? [])
        : [];
  return names.length === 0 ? 'network `default`' : `networks ${names.map((name) => `\`${name}\``).join(', ')}`;
}
