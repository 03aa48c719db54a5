import { connect as connectPlain, isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectSecure } from 'node:tls';
import { EngineError } from './engine.js';
import type { Endpoint } from './endpoint.js';
import { sshSocket } from './ssh.js';

/** What the address of an endpoint says. */
export type Place =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'ssh' }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly secure: boolean };

/** Throws `EngineError` for a host that is not understood. */
export function placeOf({ host, tls }: Endpoint): Place {
  const [scheme = '', rest = ''] = host.includes('://') ? host.split(/:\/\/(.*)/s) : ['tcp', host];
  switch (scheme) {
    case 'unix':
    case 'npipe':
      return { kind: 'path', path: rest };
    case 'ssh':
      return { kind: 'ssh' };
    case 'tcp':
    case 'http':
    case 'https': {
      const url = new URL(`tcp://${rest}`);
      const secure = tls !== undefined || scheme === 'https';
      return { kind: 'tcp', host: url.hostname, port: Number(url.port || (secure ? 2376 : 2375)), secure };
    }
    default:
      throw new EngineError('unreachable', `Docker host "${host}" is not understood.`);
  }
}

/** A connection to an endpoint; what goes wrong is an event of it. */
export function openSocket(endpoint: Endpoint): Duplex {
  const place = placeOf(endpoint);
  if (place.kind === 'path') return connectPlain(place.path);
  if (place.kind === 'ssh') return sshSocket(endpoint.host);
  // An address of IPv6 has brackets in a URL only.
  const host = place.host.replace(/^\[(.*)\]$/, '$1');
  if (!place.secure) return connectPlain(place.port, host);
  const { ca, cert, key, verify = true } = endpoint.tls ?? {};
  const servername = isIP(host) ? '' : host;
  return connectSecure({ host, port: place.port, servername, ca, cert, key, rejectUnauthorized: verify });
}
