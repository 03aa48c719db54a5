import { startOfLine } from '../../text/lines.js';
import type { Span } from '../../text/span.js';
import type { Neighbourhood, Peer, ReachableName } from '../neighbourhood.js';
import type { ProxyConfig } from '../rule.js';

export interface ProxyCompletion {
  readonly label: string;
  readonly kind: 'service' | 'port' | 'group' | 'directive' | 'variable' | 'value';
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** Takes the place of `replace`. */
  readonly insert: string;
  /** Whether `insert` has stops for the cursor, and lines that are indented as they have to be. */
  readonly snippet?: true;
  readonly replace: Span;
}

/** What can be written at an offset of a proxy's file: names of services with their ports, and upstreams. */
export function completeProxy(
  config: ProxyConfig,
  siblings: readonly ProxyConfig[],
  neighbourhood: Neighbourhood | undefined,
  offset: number,
): readonly ProxyCompletion[] {
  const { text } = config.file;
  const line = text.slice(startOfLine(text, offset), offset);
  const groups = [config, ...siblings].flatMap(({ model }) => model.groups.filter(({ sort }) => sort !== 'listen'));
  if (config.kind === 'haproxy') {
    const backend = /^\s*(?:use_backend|default_backend)\s+([\w.-]*)$/.exec(line);
    if (backend) return groupItems(groups, offset - (backend[1] ?? '').length, offset);
    const server = /^\s*(?:server\s+\S+|server-template\s+\S+\s+\S+)\s+([\w.-]*)(?::(\d*))?$/.exec(line);
    return server ? addressItems(neighbourhood, server, text, offset, '') : [];
  }
  const inUpstream = /(?:^|[\s{;])server\s+([\w.-]*)(?::(\d*))?$/.exec(line);
  if (inUpstream) return addressItems(neighbourhood, inUpstream, text, offset, '');
  const http = /(?:^|[\s{;])(?:proxy|grpc)_pass\s+(?:(?:https?|grpcs?):\/\/)([\w.-]*)(?::(\d*))?$/.exec(line);
  const other = /(?:^|[\s{;])(?:fastcgi|uwsgi|scgi|memcached)_pass\s+([\w.-]*)(?::(\d*))?$/.exec(line);
  const bare = /(?:^|[\s{;])(proxy|grpc)_pass\s+([\w.-]*)$/.exec(line);
  const pass = http ?? other;
  if (pass) {
    const named = pass[2] === undefined ? groupItems(groups, offset - (pass[1] ?? '').length, offset) : [];
    return [...named, ...addressItems(neighbourhood, pass, text, offset, '')];
  }
  if (!bare) return [];
  const scheme = bare[1] === 'grpc' ? 'grpc://' : 'http://';
  const written = [bare[0], bare[2] ?? ''] as const;
  return [
    ...groupItems(groups, offset - written[1].length, offset, scheme),
    ...addressItems(neighbourhood, written, text, offset, scheme),
  ];
}

function groupItems(
  groups: readonly { readonly name: string }[],
  start: number,
  end: number,
  scheme = '',
): readonly ProxyCompletion[] {
  const names = [...new Set(groups.map(({ name }) => name))];
  return names.map((name) => ({
    label: name,
    kind: 'group',
    detail: 'upstream',
    insert: `${scheme}${name}`,
    replace: { start, end },
  }));
}

/** The host before a colon, or the port behind one. */
function addressItems(
  neighbourhood: Neighbourhood | undefined,
  [, host = '', port]: readonly (string | undefined)[],
  text: string,
  offset: number,
  scheme: string,
): readonly ProxyCompletion[] {
  const names = neighbourhood?.names ?? [];
  if (port !== undefined) {
    const peer = names.find(({ name }) => name.toLowerCase() === host.toLowerCase())?.peer;
    return (peer?.ports ?? []).map(({ port: number, certain }) => ({
      label: String(number),
      kind: 'port',
      detail: certain ? `declared by ${peer?.service ?? ''}` : `usual for ${peer?.service ?? ''}`,
      insert: String(number),
      replace: { start: offset - port.length, end: offset },
    }));
  }
  const portFollows = text[offset] === ':';
  return names.filter(isWorthOffering).map(({ name, kind, peer }) => ({
    label: name,
    kind: 'service',
    detail: detailOf(kind, peer),
    insert: `${scheme}${name}${peer?.ports[0] && !portFollows ? `:${peer.ports[0].port}` : ''}`,
    replace: { start: offset - host.length, end: offset },
  }));
}

/** The names of single replicas are for machines. */
function isWorthOffering({ name, kind, peer }: ReachableName): boolean {
  return kind !== 'containerName' || !peer || !name.replace(/\d+$/, '#').endsWith(`-${peer.service}-#`);
}

const kinds: Readonly<Record<ReachableName['kind'], string>> = {
  service: 'service',
  alias: 'alias of',
  containerName: 'container of',
  hostname: 'host name of',
  link: 'link to',
  extraHost: 'extra host',
  taskName: 'replicas of',
};

function detailOf(kind: ReachableName['kind'], peer: Peer | undefined): string {
  const ports = peer?.ports.map(({ port }) => port).join(', ') ?? '';
  const whose = kind === 'service' || !peer ? kinds[kind] : `${kinds[kind]} ${peer.service}`;
  const replicas = peer && peer.replicas !== 1 ? ` · ${peer.replicas} replicas` : '';
  return `${whose}${ports ? ` · port ${ports}` : ''}${replicas}`;
}
