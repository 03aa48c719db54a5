import type { Engine, Replica } from '../engine/engine.js';
import { until } from '../engine/pause.js';
import { haproxySocket } from './haproxySocket.js';
import type { HaproxyServer } from './haproxySocket.js';
import type { RunningProxy } from './linked.js';
import { proxyIn } from './reload.js';

export type Verdict =
  | { readonly kind: 'exact' }
  /** Names of replicas it does not know, and addresses that belong to none. */
  | { readonly kind: 'differs'; readonly unknown: readonly string[]; readonly extra: readonly string[] }
  | { readonly kind: 'unproven'; readonly why: string };

/**
 * Whether a proxy sends to exactly the replicas of a service that run. HAProxy says it over its socket, and is given some seconds,
 * since it asks the DNS from time to time. nginx says nothing: it knows what its container's names resolved to when it was reloaded,
 * which is what they resolve to now or, where its hosts file said otherwise for that moment, what stood there.
 */
export async function verifyProxy(
  engine: Engine,
  { replica: proxy, kind, needsReload, told }: RunningProxy,
  service: string,
  signal: AbortSignal,
): Promise<Verdict> {
  const living = (await engine.replicas({ project: proxy.project, service }, signal)).filter(
    ({ state }) => state === 'running',
  );
  const socket =
    kind === 'haproxy' ? await haproxySocket(engine, proxy, await proxyIn(engine, proxy, signal), signal) : undefined;
  if (socket) {
    let verdict: Verdict = { kind: 'exact' };
    await until(needsReload ? 0 : patience, signal, async () => {
      verdict = compare(living, proxy, serving(await socket.servers(signal), living, service));
      return verdict.kind === 'exact';
    });
    return verdict;
  }
  if (!needsReload || kind === 'haproxy') return { kind: 'unproven', why: `${kind} there tells nobody what it knows` };
  const known = told ?? (await resolved(engine, proxy, service, signal));
  if (known.length === 0) return { kind: 'unproven', why: `nothing in ${proxy.name} can resolve a name` };
  return compare(living, proxy, known);
}

const patience = 10_000;

/** The addresses of the slots that are for the service: those with the name of a slot that has one of its replicas. */
export function serving(
  servers: readonly HaproxyServer[],
  living: readonly Replica[],
  service: string,
): readonly string[] {
  const own = new Set(living.flatMap(({ addresses }) => addresses.map(({ address }) => address)));
  const hosts = new Set(
    servers.flatMap(({ address, host }) => (address !== undefined && own.has(address) ? host : [])),
  );
  hosts.add(service);
  return servers.flatMap(({ address, host, up }) =>
    up && address !== undefined && (hosts.has(host) || own.has(address)) ? address : [],
  );
}

async function resolved(
  engine: Engine,
  proxy: Replica,
  service: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  return addressesIn((await engine.exec(proxy.id, ['sh', '-c', resolveScript, 'sh', service], signal)).stdout);
}

/** Neither program takes `--` everywhere, and a service may have the name of an option. */
const resolveScript = 'case $1 in -*) exit 1 ;; esac; getent ahosts "$1" 2>/dev/null || nslookup "$1" 2>/dev/null';

/** Of `getent ahosts` and of `nslookup`, which names the server that it asked too. */
export function addressesIn(output: string): readonly string[] {
  const words = output.split(/[\s#]+/).map((word) => word.replace(/^((?:\d+\.){3}\d+):53$/, '$1'));
  return [...new Set(words.filter((word) => /^(?:\d+\.){3}\d+$/.test(word) && word !== '127.0.0.11'))];
}

/** Replicas have an address in each of their networks; the proxy reaches them in those it shares. */
export function compare(living: readonly Replica[], proxy: Replica, known: readonly string[]): Verdict {
  const shared = new Set(proxy.addresses.map(({ network }) => network));
  const own = living.map((replica) => ({
    name: replica.name,
    addresses: replica.addresses.filter(({ network }) => shared.has(network)).map(({ address }) => address),
  }));
  const unknown = own.filter(({ addresses }) => !addresses.some((address) => known.includes(address)));
  const all = new Set(own.flatMap(({ addresses }) => addresses));
  const extra = known.filter((address) => !all.has(address));
  if (unknown.length === 0 && extra.length === 0) return { kind: 'exact' };
  return { kind: 'differs', unknown: unknown.map(({ name }) => name), extra };
}
