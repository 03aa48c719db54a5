import type { Span } from '../text/span.js';
import type { Context, ProxyConfig } from './rule.js';
import { addressesOf, type Destination } from './upstream.js';

/** The addresses a proxy connects to by name; names of upstreams, here or in the proxy's other files, are none. */
export function* namedDestinations(config: ProxyConfig, context: Context): Generator<Destination> {
  const groups = new Set(
    [config, ...context.siblings]
      .filter((one) => one.kind === 'nginx')
      .flatMap((one) => one.model.groups.map((group) => group.name.toLowerCase())),
  );
  for (const destination of addressesOf(config.model)) {
    const { address, pass } = destination;
    if (address.sort !== 'name' || address.host === '' || !/^[\w.-]+$/.test(address.host)) continue;
    if (pass && groups.has(address.host.toLowerCase())) continue;
    yield destination;
  }
}

/** What happens with a name that does not resolve. */
export function consequence(config: ProxyConfig, destination: Destination): string {
  if (config.kind === 'nginx') {
    return destination.resolved === 'once' ? 'nginx does not start' : 'requests are answered with 502';
  }
  const lenient =
    destination.resolved === 'runtime' ||
    destination.server?.params.some((param) => param.name === 'init-addr' && /none/.test(param.value ?? ''));
  return lenient ? 'the server stays down' : 'HAProxy does not start';
}

export function proxyName(config: ProxyConfig): string {
  return config.kind === 'nginx' ? 'nginx' : 'HAProxy';
}

/** Whether a host or port stands in the file as it is, and not behind a variable: only then can it be changed there. */
export function isWritten(config: ProxyConfig, at: Span, text: string): boolean {
  return config.file.text.slice(at.start, at.end) === text;
}

export function isLoopback(host: string): boolean {
  return host.toLowerCase() === 'localhost' || /^127\.\d+\.\d+\.\d+$/.test(host) || host === '[::1]' || host === '::1';
}
