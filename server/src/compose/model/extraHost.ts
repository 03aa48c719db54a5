import type { Span } from '../../text/span.js';
import type { Target } from '../target.js';
import { isIpAddress } from './port.js';
import { failure, success } from './problem.js';
import type { Parsed } from './problem.js';

/** An item of `extra_hosts`, `HOST=ADDRESS` or `HOST:ADDRESS`. */
export interface ExtraHost {
  readonly host: string;
  readonly hostSpan: Span;
  readonly addresses: readonly HostAddress[];
}

export interface HostAddress extends Span {
  /** Without brackets. */
  readonly address: string;
  /** Whether the Engine takes it: an IP address or `host-gateway`. */
  readonly valid: boolean;
}

/** Reads an item of `extra_hosts`. docker compose takes several addresses with commas between; docker stack drops a lone host. */
export function parseExtraHost(text: string, target: Target): Parsed<ExtraHost> {
  const separator = text.includes('=') ? text.indexOf('=') : text.indexOf(':');
  if (separator === -1) return failure(`\`${text}\` has no address: write \`${text}=ADDRESS\`.`, text);
  const host = text.slice(0, separator);
  const hostSpan = { start: 0, end: separator };
  if (host === '' || (target === 'compose' && host.includes(':'))) {
    return failure(`\`${text}\` has no host before \`${text[separator] ?? ''}\`.`, text, hostSpan);
  }
  let start = separator + 1;
  const written = target === 'compose' ? text.slice(start).split(',') : [text.slice(start)];
  const addresses = written.map((part) => {
    const span = { start, end: start + part.length };
    start = span.end + 1;
    return { ...span, ...parseHostAddress(part) };
  });
  return success({ host, hostSpan, addresses });
}

/** The value of an `extra_hosts` entry in map form. */
export function parseHostAddress(text: string): { readonly address: string; readonly valid: boolean } {
  const address = text.replace(/^\[(.+)\]$/, '$1');
  return { address, valid: address === 'host-gateway' || isIpAddress(address) };
}
