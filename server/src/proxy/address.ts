import type { Span } from '../text/span.js';
import type { Address, Port } from './upstream.js';

/** Text put together from pieces of the file (a variable's value in the middle of an address), each with where it stands. */
export interface Pieces {
  readonly text: string;
  /** Where a part of the text stands: in one piece, or, across pieces, in the whole. */
  at(start: number, end: number): Span;
}

/**
 * Reads `host`, `host:port`, `ip:port`, `[ipv6]:port` or `unix:/path`.
 * A port that is no number is kept as text, and so is an empty one.
 */
export function readAddress(pieces: Pieces, defaultPort?: number): Address {
  const { text } = pieces;
  const fallback = defaultPort === undefined ? {} : { defaultPort };
  const whole = { text, at: pieces.at(0, text.length) };
  if (/^unix:|^unix@|^\//.test(text)) return { ...whole, sort: 'unix', host: text, hostAt: whole.at };
  const hostEnd = endOfHost(text);
  const host = text.slice(0, hostEnd);
  const portText = text[hostEnd] === ':' ? text.slice(hostEnd + 1) : undefined;
  const port: Port | undefined =
    portText === undefined
      ? undefined
      : {
          text: portText,
          at: pieces.at(hostEnd + 1, text.length),
          ...(isPort(portText) && { number: Number(portText) }),
        };
  return {
    ...whole,
    sort: host.includes('$') ? 'variable' : isIp(host) ? 'ip' : 'name',
    host,
    hostAt: pieces.at(0, hostEnd),
    ...(port && { port }),
    ...fallback,
  };
}

export function isIp(host: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host) || host.includes(':');
}

export function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535;
}

/** A bare IPv6 address has no port: it is told by its second colon. */
function endOfHost(text: string): number {
  if (text.startsWith('[')) {
    const close = text.indexOf(']');
    return close < 0 ? text.length : close + 1;
  }
  const colon = text.indexOf(':');
  if (colon < 0) return text.length;
  return text.indexOf(':', colon + 1) < 0 || !/^[0-9a-f:.]+$/i.test(text) ? colon : text.length;
}
