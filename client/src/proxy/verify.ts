import type { Engine, Replica } from '../engine/engine.js';
import { until } from '../engine/pause.js';
import { haproxySocket } from './haproxySocket.js';
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
  if (told) return compare(living, proxy, told);
  const asked = await asker(engine, proxy, { kind, needsReload }, service, signal);
  if (typeof asked === 'string') return { kind: 'unproven', why: asked };
  let verdict: Verdict = { kind: 'unproven', why: 'it was not asked' };
  await until(needsReload ? 0 : patience, signal, async () => {
    verdict = compare(living, proxy, await asked());
    return verdict.kind === 'exact';
  });
  return verdict;
}

const patience = 10_000;

/** How to learn the addresses a proxy knows, or why that cannot be learned. */
async function asker(
  engine: Engine,
  proxy: Replica,
  { kind, needsReload }: Pick<RunningProxy, 'kind' | 'needsReload'>,
  service: string,
  signal: AbortSignal,
): Promise<(() => Promise<readonly string[]>) | string> {
  const socket =
    kind === 'haproxy' && (await haproxySocket(engine, proxy, await proxyIn(engine, proxy, signal), signal));
  if (socket && !needsReload) {
    return async () => (await socket.servers(signal)).flatMap(({ address, up }) => (up && address ? [address] : []));
  }
  if (!needsReload) return `${kind} in ${proxy.name} resolves ${service} by itself while it runs`;
  const resolve = async (): Promise<readonly string[]> =>
    addressesIn((await engine.exec(proxy.id, ['sh', '-c', resolveScript, 'sh', service], signal)).stdout);
  const none = (await resolve()).length === 0;
  return none ? `nothing in ${proxy.name} can resolve a name` : resolve;
}

const resolveScript = 'getent ahosts "$1" 2>/dev/null || nslookup "$1" 2>/dev/null';

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
