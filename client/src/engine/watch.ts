import { EngineError, isEngineError } from './engine.js';
import type { Engine, EngineEvent, Replica } from './engine.js';
import { isSettling, noResources, nothingSeen, withReplicas } from './snapshot.js';
import type { Snapshot, SwarmSnapshot } from './snapshot.js';
import type { SwarmResources } from './swarm.js';

export interface WatchOptions {
  /** The Engine to watch; asked again for each connection, since a context can change. */
  connect(): Promise<Engine>;
  changed(snapshot: Snapshot): void;
  log(message: string): void;
  readonly timing?: Partial<Timing>;
}

/** All in milliseconds. */
export interface Timing {
  /** How long events are gathered before the Engine is asked about them. */
  readonly gather: number;
  /** Between attempts to connect: the first and the longest pause. */
  readonly retry: readonly [number, number];
  /** Between questions whether the Engine still answers, and how long an answer may take. */
  readonly pulse: number;
  readonly patience: number;
  /** Between complete readings, in case an event was missed. */
  readonly poll: number;
  /** Between readings of a Swarm on its way: tasks of other nodes bring no events. */
  readonly settle: number;
}

const usual: Timing = { gather: 40, retry: [250, 1000], pulse: 5000, patience: 4000, poll: 60_000, settle: 1000 };

/**
 * Keeps a snapshot of an Engine by its events from `start` to `stop`, and comes back by itself after the Engine did. One
 * reading is under way at a time, so an older answer never replaces a newer one.
 */
export class EngineWatch {
  readonly #options: WatchOptions;
  readonly #timing: Timing;
  #snapshot: Snapshot = nothingSeen;
  #running: AbortController | undefined;
  /** Ends the present connection only. */
  #connection: AbortController | undefined;
  #dirty = new Dirt();
  #waiting: (() => void)[] = [];

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#timing = { ...usual, ...options.timing };
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  get running(): boolean {
    return this.#running !== undefined;
  }

  start(): void {
    if (this.#running) return;
    this.#running = new AbortController();
    void this.#run(this.#running.signal);
  }

  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
  }

  /** Starts where that was not done, and waits for the first answer or the first failure. */
  async seen(): Promise<Snapshot> {
    this.start();
    if (this.#snapshot.state.kind === 'connecting') await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.#snapshot;
  }

  /** Reads everything again. */
  refresh(): void {
    this.#dirty.addAll();
  }

  /** Connects anew, for example to another context; what the old one said is forgotten. */
  reconnect(): void {
    this.#set(nothingSeen);
    this.#connection?.abort();
  }

  async #run(signal: AbortSignal): Promise<void> {
    const [first, longest] = this.#timing.retry;
    let pause = first;
    while (!signal.aborted) {
      const connection = new AbortController();
      this.#connection = connection;
      const either = AbortSignal.any([signal, connection.signal]);
      try {
        await this.#follow(either, connection, () => (pause = first));
      } catch (error) {
        if (signal.aborted) return;
        // Aborted for another reason is `reconnect`, which is no failure.
        if (!connection.signal.aborted) this.#lost(error);
        else if (isEngineError(connection.signal.reason)) this.#lost(connection.signal.reason);
      } finally {
        connection.abort();
      }
      await delay(pause, signal);
      pause = Math.min(pause * 2, longest);
    }
  }

  /** Until the connection ends, which it does by throwing. */
  async #follow(signal: AbortSignal, connection: AbortController, connected: () => void): Promise<void> {
    const engine = await this.#options.connect();
    const lose = (error: unknown): void => connection.abort(error);
    const dirty = new Dirt();
    this.#dirty = dirty;
    dirty.addAll();
    const silence = new EngineError('unreachable', `The Docker Engine at ${engine.address} does not answer.`);
    // Opened before the first reading, so that nothing falls between them.
    const events = await within(this.#timing.patience, engine.events({}, signal), silence);
    void gather(events, dirty).catch(lose);
    await this.#read(engine, dirty, signal);
    connected();
    this.#options.log(`Watching the Docker Engine at ${engine.address}.`);
    void this.#pulse(engine, silence, signal).catch(lose);
    void this.#poll(dirty, signal);
    while (!signal.aborted) {
      const { info, swarm } = this.#snapshot;
      // An Engine that comes back to its Swarm sends no event when it is there.
      const pending = info?.swarm.state === 'pending';
      const settling = pending || (swarm !== undefined && isSettling(swarm));
      if (settling) await Promise.race([dirty.wait(signal), delay(this.#timing.settle, signal)]);
      else await dirty.wait(signal);
      await delay(this.#timing.gather, signal);
      if (pending) dirty.addAll();
      else if (settling) dirty.addSwarm();
      await this.#read(engine, dirty, signal);
    }
    throw signal.reason;
  }

  async #read(engine: Engine, dirty: Dirt, signal: AbortSignal): Promise<void> {
    const { everything, swarm, resources, ids } = dirty.take();
    const seen = this.#snapshot.swarm;
    const known = resources || seen?.error !== undefined ? undefined : seen?.resources;
    let next = this.#snapshot;
    if (everything) {
      const [info, replicas] = await Promise.all([engine.info(signal), engine.replicas({}, signal)]);
      next = { state: { kind: 'connected' }, info, replicas: byId(replicas), swarm: undefined };
    } else if (ids.length > 0) {
      next = withReplicas(next, ids, await engine.replicas({ ids }, signal));
    }
    const manager = next.info?.swarm.manager === true;
    if (everything || swarm) next = { ...next, swarm: manager ? await readSwarm(engine, known, signal) : undefined };
    if (!signal.aborted) this.#set(next);
  }

  async #pulse(engine: Engine, silence: EngineError, signal: AbortSignal): Promise<void> {
    for (;;) {
      await delay(this.#timing.pulse, signal);
      if (signal.aborted) return;
      await within(this.#timing.patience, engine.ping(signal), silence);
    }
  }

  async #poll(dirty: Dirt, signal: AbortSignal): Promise<void> {
    for (;;) {
      await delay(this.#timing.poll, signal);
      if (signal.aborted) return;
      dirty.addAll();
    }
  }

  #lost(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    const denied = isEngineError(error) && error.reason === 'denied';
    const { state } = this.#snapshot;
    if (state.kind === 'unreachable' && state.message === message) return;
    this.#options.log(message);
    this.#set({ ...nothingSeen, state: { kind: 'unreachable', denied, message } });
  }

  #set(snapshot: Snapshot): void {
    if (snapshot === this.#snapshot) return;
    this.#snapshot = snapshot;
    this.#options.changed(snapshot);
    if (snapshot.state.kind !== 'connecting') for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** What has to be read again. */
class Dirt {
  #everything = false;
  #swarm = false;
  #resources = false;
  #ids = new Set<string>();
  #wake: () => void = () => undefined;

  add({ kind, id, attributes }: EngineEvent): void {
    if (kind === 'network') {
      // Its id is the network's; the container that came or went is an attribute.
      if (attributes['container']) this.#ids.add(attributes['container']);
      else this.#swarm = this.#resources = true;
    } else if (kind === 'container') {
      if (attributes['com.docker.compose.project'] !== undefined) this.#ids.add(id);
      if (attributes['com.docker.swarm.task.id'] !== undefined) this.#swarm = true;
    } else {
      this.#swarm = true;
      if (kind === 'secret' || kind === 'config') this.#resources = true;
      // A node or service event of an Engine that has just become a manager.
      if (kind === 'node') this.#everything = true;
    }
    this.#notify();
  }

  addAll(): void {
    this.#everything = true;
    this.#notify();
  }

  addSwarm(): void {
    this.#swarm = true;
    this.#notify();
  }

  take(): Taken {
    const taken = {
      everything: this.#everything,
      swarm: this.#swarm,
      resources: this.#everything || this.#resources,
      ids: [...this.#ids],
    };
    this.#everything = false;
    this.#swarm = false;
    this.#resources = false;
    this.#ids = new Set();
    return taken;
  }

  /** Until there is something to read. */
  wait(signal: AbortSignal): Promise<void> {
    if (this.#something() || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#wake = done;
      signal.addEventListener('abort', done);
    });
  }

  #notify(): void {
    if (this.#something()) this.#wake();
  }

  #something(): boolean {
    return this.#everything || this.#swarm || this.#ids.size > 0;
  }
}

interface Taken {
  readonly everything: boolean;
  readonly swarm: boolean;
  readonly resources: boolean;
  readonly ids: readonly string[];
}

async function gather(events: AsyncIterable<EngineEvent>, dirty: Dirt): Promise<void> {
  for await (const event of events) dirty.add(event);
}

/** `known` are the networks, secrets and configs where no event has spoken of them. */
async function readSwarm(
  engine: Engine,
  known: SwarmResources | undefined,
  signal: AbortSignal,
): Promise<SwarmSnapshot> {
  const { swarm } = engine;
  try {
    const [services, tasks, nodes, resources] = await Promise.all([
      swarm.services({}, signal),
      swarm.tasks({}, signal),
      swarm.nodes(signal),
      known ?? swarm.resources(signal),
    ]);
    return { services, tasks, nodes, resources, error: undefined };
  } catch (error) {
    // A Swarm without a leader answers nothing; its Engine's containers are there all the same.
    if (!isEngineError(error) || error.reason !== 'refused') throw error;
    return { services: [], tasks: [], nodes: [], resources: noResources, error: error.message };
  }
}

function byId(replicas: readonly Replica[]): ReadonlyMap<string, Replica> {
  return new Map(replicas.map((replica) => [replica.id, replica]));
}

/** Also ends, without an error, when the signal is aborted. */
function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}

async function within<T>(milliseconds: number, work: Promise<T>, late: Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(late), milliseconds)));
  try {
    return await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}
