import { parsePort, parsePortRange } from './port.js';
import { get, items, type MapValue, type Place, type Value, textOf } from './value.js';

/** Ports of the host that a service asks for; any one of them where there are several. */
export interface HostPort {
  readonly first: number;
  readonly last: number;
  /** The tool's own word, `tcp` where none is written. */
  readonly protocol: string;
  /** Absent for all addresses of the host. */
  readonly ip?: string;
  /** `host` or `ingress` of a swarm, where written. */
  readonly mode?: string;
}

/** The ports a service publishes at numbers that are known, with the places that say so. */
export function* hostPortsOf(service: MapValue): Iterable<HostPort & { readonly at: Place }> {
  for (const item of items(get(service, 'ports'))) {
    const port = item.kind === 'map' ? longForm(item) : shortForm(item);
    if (port && port.last > 0) yield { ...port, at: item.at };
  }
}

function shortForm(item: Value): HostPort | undefined {
  const text = textOf(item);
  const port = text === undefined ? undefined : parsePort(text, 'stack').value;
  if (!port?.published) return undefined;
  const { published, protocol, ip } = port;
  return { first: published.first, last: published.last, protocol, ...everywhere(ip) };
}

function longForm(item: Value): HostPort | undefined {
  const text = textOf(get(item, 'published'));
  const range = text === undefined ? undefined : parsePortRange(text).value;
  if (!range) return undefined;
  const protocol = textOf(get(item, 'protocol')) ?? 'tcp';
  const mode = textOf(get(item, 'mode'));
  const where = everywhere(textOf(get(item, 'host_ip')));
  return { first: range.first, last: range.last, protocol, ...where, ...(mode !== undefined && { mode }) };
}

function everywhere(ip: string | undefined): { readonly ip?: string } {
  return ip === undefined || ip === '0.0.0.0' || ip === '::' ? {} : { ip };
}
