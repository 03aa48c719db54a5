import { consequence, namedDestinations } from '../../../proxy/destinations.js';
import type { Context } from '../../../proxy/rule.js';
import type { Proxy } from '../link.js';

export interface NeededHost {
  readonly host: string;
  /** Whether the proxy does not start where the name does not resolve. */
  readonly atStart: boolean;
}

/** The names that a proxy's files send requests to. */
export function neededHosts({ files, complete }: Proxy): readonly NeededHost[] {
  const hosts = new Map<string, NeededHost>();
  for (const { config } of files) {
    const context: Context = { siblings: files.flatMap((it) => (it.config === config ? [] : [it.config])), complete };
    for (const destination of namedDestinations(config, context)) {
      const host = destination.address.host.toLowerCase();
      const atStart = consequence(config, destination).endsWith('does not start') || hosts.get(host)?.atStart === true;
      hosts.set(host, { host, atStart });
    }
  }
  return [...hosts.values()];
}
