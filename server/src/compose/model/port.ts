import type { Span } from '../../text/span.js';
import type { Target } from '../target.js';
import { failure, success } from './problem.js';
import type { Parsed } from './problem.js';

/** The short form of a port, `[[IP:]PUBLISHED:]TARGET[/PROTOCOL]`, the same for both tools. Offsets count from the start of the text. */
export interface ShortPort {
  readonly ip?: string;
  /** Absent where Docker picks a free port of the host. */
  readonly published?: PortRange;
  readonly target: PortRange;
  readonly protocol: Protocol;
}

/** Ports from 0 to 65535; `last` equals `first` for a single one. */
export interface PortRange extends Span {
  readonly first: number;
  readonly last: number;
}

export type Protocol = 'tcp' | 'udp' | 'sctp';

/** One port of the container and where it is published. */
export interface PublishedPort {
  readonly ip?: string;
  /** Any one of them, or a single one; absent for one that Docker picks. */
  readonly published?: { readonly first: number; readonly last: number };
  readonly target: number;
  readonly protocol: Protocol;
}

/** Reads an item of `ports`. A number has to be given as its text. */
export function parsePort(text: string, tool: Target): Parsed<ShortPort> {
  const targetStart = text.lastIndexOf(':') + 1;
  const publishedEnd = Math.max(targetStart - 1, 0);
  const publishedStart = text.lastIndexOf(':', publishedEnd - 1) + 1;
  const slash = text.indexOf('/', targetStart);
  const targetEnd = slash === -1 ? text.length : slash;
  if (targetStart === targetEnd) return failure(`\`${text}\` names no container port.`, text);

  const target = parseRange(text, targetStart, targetEnd, 'container port');
  if (target.problem) return target;
  if (tool === 'compose' && target.value.first === 0) {
    return failure('Port 0 is no container port: docker compose takes it for a missing one.', text, target.value);
  }
  // Both tools read over a second protocol.
  const written = slash === -1 ? '' : (text.slice(slash + 1).split('/')[0] ?? '');
  const protocol = written.toLowerCase() || 'tcp';
  if (!isProtocol(protocol)) {
    const message = `\`${text.slice(slash + 1)}\` is no protocol: \`tcp\`, \`udp\` and \`sctp\` are.`;
    return failure(message, text, { start: slash + 1, end: text.length }, 'tcp');
  }
  const end = { target: target.value, protocol };
  if (targetStart === 0) return success(end);

  const address = publishedStart === 0 || publishedEnd === 0 ? '' : text.slice(0, publishedStart - 1);
  const ip = address.replace(/^\[(.*)\]$/, '$1');
  if (address && !isIpAddress(ip)) {
    const message = `\`${address}\` is no IP address; host names are not taken here.`;
    const cure = address === 'localhost' ? '127.0.0.1' : undefined;
    return failure(message, text, { start: 0, end: address.length }, cure);
  }
  const where = ip ? { ip, ...end } : end;
  if (publishedStart === publishedEnd || publishedEnd === 0) return success(where);

  const published = parseRange(text, publishedStart, publishedEnd, 'published port');
  if (published.problem) return published;
  const [outer, inner] = [count(published.value), count(target.value)];
  if (inner > 1 && inner !== outer) {
    const message = `${outer} published port${outer === 1 ? '' : 's'} cannot stand for ${inner} container ports: both ranges need the same length.`;
    return failure(message, text, { start: publishedStart, end: targetEnd });
  }
  return success({ ...where, published: published.value });
}

/**
 * The single ports a short form stands for. For several published ports of one container port docker compose takes a free one;
 * docker stack publishes every one of them.
 */
export function expandPort({ published, target, ...rest }: ShortPort, tool: Target): readonly PublishedPort[] {
  // Port 0 of the host means: pick one.
  if (!published || published.last === 0) return ports(target).map((port) => ({ ...rest, target: port }));
  const { first, last } = published;
  if (count(target) > 1 || first === last) {
    return ports(target).map((port, index) => ({
      ...rest,
      published: { first: first + index, last: first + index },
      target: port,
    }));
  }
  if (tool === 'compose') return [{ ...rest, published: { first, last }, target: target.first }];
  return ports(published).map((port) => ({ ...rest, published: { first: port, last: port }, target: target.first }));
}

/** A port or a range of ports, as in `published` of the long form and in `expose`. */
export function parsePortRange(text: string): Parsed<PortRange> {
  return parseRange(text, 0, text.length, 'port');
}

/** What Go takes for an IP address: four numbers without leading zeros, or IPv6 without a zone. */
export function isIpAddress(text: string): boolean {
  if (!text.includes(':')) return isIpv4(text);
  const tail = text.slice(text.lastIndexOf(':') + 1);
  const embedded = tail.includes('.');
  if (embedded && !isIpv4(tail)) return false;
  const groups = (embedded ? text.slice(0, -tail.length) + '0:0' : text).split('::');
  const [head = '', rest, ...more] = groups.map((side) => (side === '' ? [] : side.split(':')));
  const all = [...head, ...(rest ?? [])];
  if (more.length > 0 || !all.every((group) => /^[\da-fA-F]{1,4}$/.test(group))) return false;
  return rest === undefined ? all.length === 8 : all.length < 8;
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

function parseRange(text: string, start: number, end: number, name: string): Parsed<PortRange> {
  const written = text.slice(start, end);
  const span = { start, end };
  const match = /^(\d+)(?:-(\d+))?$/.exec(written);
  const cure = /^\d+(?:-\d+)?$/.test(written.trim()) ? written.trim() : undefined;
  if (!match)
    return failure(`\`${written}\` is no ${name}: write a number, or two with a \`-\` between.`, text, span, cure);
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  if (first > 65535 || last > 65535) return failure(`\`${written}\` is no ${name}: ports end at 65535.`, text, span);
  if (last < first) return failure(`\`${written}\` is no ${name}: the range ends before it starts.`, text, span);
  return success({ first, last, ...span });
}

function isProtocol(text: string): text is Protocol {
  return text === 'tcp' || text === 'udp' || text === 'sctp';
}

function count(range: PortRange): number {
  return range.last - range.first + 1;
}

function ports(range: PortRange): readonly number[] {
  return Array.from({ length: count(range) }, (_, index) => range.first + index);
}
