import type { Engine, Replica } from '../engine/engine.js';
import { until } from '../engine/pause.js';
import { hostsWithout } from '../proxy/hosts.js';
import { haproxySocket } from '../proxy/haproxySocket.js';
import type { HaproxySocket } from '../proxy/haproxySocket.js';
import { programName } from '../proxy/linked.js';
import type { RunningProxy } from '../proxy/linked.js';
import { proxyIn, reloadProxy, workersEnded } from '../proxy/reload.js';

export interface Drain {
  /** The proxies, with what they were told. */
  readonly proxies: readonly RunningProxy[];
  /** What could not be done, as sentences for people. */
  readonly remarks: readonly string[];
  /** The replicas are gone: what stood in for that is taken back. */
  finish(signal: AbortSignal): Promise<void>;
  /** They stay after all, or some of them: the proxies use again whatever runs. */
  undo(): Promise<void>;
}

export interface DrainOptions {
  readonly engine: Engine;
  readonly proxies: readonly RunningProxy[];
  readonly leaving: readonly Replica[];
  /** How long open requests may take to finish, in milliseconds. */
  readonly atMost: number;
  readonly report: (message: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Makes the proxies send nothing new to replicas that are about to go, and waits until these have answered what they have. Throws,
 * with everything as before, where a proxy refuses.
 */
export async function drain({ proxies, ...options }: DrainOptions): Promise<Drain> {
  const begun: Drain[] = [];
  const undo = async (): Promise<void> => void (await Promise.allSettled(begun.map((one) => one.undo())));
  try {
    for (const proxy of proxies) begun.push(await takeOut(proxy, options));
  } catch (error) {
    await undo();
    throw error;
  }
  return {
    proxies: begun.flatMap((one) => one.proxies),
    remarks: begun.flatMap(({ remarks }) => remarks),
    finish: async (signal) => void (await Promise.all(begun.map((one) => one.finish(signal)))),
    undo,
  };
}

type Options = Omit<DrainOptions, 'proxies'>;

function takeOut(proxy: RunningProxy, options: Options): Promise<Drain> {
  if (proxy.needsReload) return reloadWithout(proxy, options);
  return proxy.kind === 'haproxy' ? drainSlots(proxy, options) : Promise.resolve(undrained(proxy));
}

/** A proxy that looks names up when it is reloaded does not find the leaving ones then; its old workers finish what they have. */
async function reloadWithout(
  proxy: RunningProxy,
  { engine, leaving, atMost, report, signal }: Options,
): Promise<Drain> {
  const { replica } = proxy;
  const hosts = await hostsWithout(engine, replica, leaving, signal);
  // Not one other replica: it could not even start without an address.
  if (hosts.length === 0) return undrained(proxy);
  const undo = async (): Promise<void> => void (await reloadProxy(engine, replica));
  report(`${replica.name} is reloaded without ${counted(leaving)}`);
  const old = await reloadProxy(engine, replica, { hosts, signal });
  report(`open requests in ${replica.name} finish`);
  try {
    const ended = await workersEnded(engine, replica, old, { atMost, signal });
    const words = hosts.map((line) => line.split(' '));
    const told = words.flatMap(([address = '', name]) => (leaving.some((one) => one.service === name) ? address : []));
    const remarks = ended ? [] : [overdue(proxy, atMost)];
    return { proxies: [{ ...proxy, told }], remarks, finish: async () => undefined, undo };
  } catch (error) {
    await undo();
    throw error;
  }
}

/** HAProxy with slots that it fills from the DNS takes its orders over its socket. */
async function drainSlots(proxy: RunningProxy, { engine, leaving, atMost, report, signal }: Options): Promise<Drain> {
  const { replica } = proxy;
  const socket = await haproxySocket(engine, replica, await proxyIn(engine, replica, signal), signal);
  if (!socket) return undrained(proxy);
  const addresses = new Set(leaving.flatMap((one) => one.addresses.map(({ address }) => address)));
  const slots = (await socket.servers(signal)).flatMap(({ name, address }) =>
    addresses.has(address ?? '') ? name : [],
  );
  const undo = (): Promise<void> => socket.set(slots, 'ready');
  report(`${replica.name} sends nothing new to ${counted(leaving)}`);
  await socket.set(slots, 'drain', signal);
  try {
    const idle = await until(atMost, signal, async () => {
      const sessions = await socket.sessions(signal);
      return slots.every((slot) => (sessions.get(slot) ?? 0) === 0);
    });
    const finish = (within: AbortSignal): Promise<void> => freeSlots(socket, slots, addresses, within);
    return { proxies: [proxy], remarks: idle ? [] : [overdue(proxy, atMost)], finish, undo };
  } catch (error) {
    await undo();
    throw error;
  }
}

/** A slot stays drained until somebody says otherwise, also with its next replica: said once it has let go of the old one. */
async function freeSlots(
  socket: HaproxySocket,
  slots: readonly string[],
  addresses: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<void> {
  await until(15_000, signal, async () => {
    const held = (await socket.servers(signal)).filter(
      ({ name, address, up }) => slots.includes(name) && up && addresses.has(address ?? ''),
    );
    return held.length === 0;
  });
  await socket.set(slots, 'ready', signal);
}

function undrained(proxy: RunningProxy): Drain {
  const remarks = [
    `${programName(proxy)} in ${proxy.replica.name} could not be told beforehand: it may have sent them requests to the end.`,
  ];
  return { proxies: [proxy], remarks, finish: async () => undefined, undo: async () => undefined };
}

function overdue(proxy: RunningProxy, atMost: number): string {
  return `Requests through ${proxy.replica.name} were still open after ${Math.round(atMost / 1000)} s.`;
}

function counted(leaving: readonly Replica[]): string {
  const [only] = leaving;
  return leaving.length === 1 && only ? only.name : `${leaving.length} replicas`;
}
