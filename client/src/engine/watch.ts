import { EngineError, isEngineError } from './engine.js';
import type { Engine, EngineEvent } from './engine.js';
import { Dirt } from './dirt.js';
import { readAgain } from './readAgain.js';
import { quorumChanged } from './quorum.js';
import { isSettling, nothingSeen } from './snapshot.js';
import type { Snapshot } from './snapshot.js';
import { delay, within } from './waiting.js';

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
  /** The same over `ssh://`, where a connection begins with a login. */
  readonly sshPatience: number;
  /** Between complete readings, in case an event was missed. */
  readonly poll: number;
  /** Between readings of a Swarm on its way: tasks of other nodes bring no events. */
  readonly settle: number;
}

const usual: Timing = {
  gather: 40,
  retry: [250, 1000],
  pulse: 5000,
  patience: 4000,
  sshPatience: 30_000,
  poll: 60_000,
  settle: 1000,
};

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
    const events = await within(this.#patienceWith(engine), engine.events({}, signal), silence);
    void gather(events, dirty).catch(lose);
    // Before the first reading too, which an Engine that stops answering would otherwise hold up.
    void this.#pulse(engine, dirty, silence, signal).catch(lose);
    await this.#read(engine, dirty, signal);
    connected();
    this.#options.log(`Watching the Docker Engine at ${engine.address}.`);
    void this.#poll(dirty, signal);
    while (!signal.aborted) {
      const { info, swarm } = this.#snapshot;
      // An Engine that comes back to its Swarm sends no event when it is there.
      const pending = info?.swarm.state === 'pending';
      const settling = pending || (swarm !== undefined && isSettling(swarm));
      await dirty.wait(signal, settling ? this.#timing.settle : undefined);
      await delay(this.#timing.gather, signal);
      if (pending) dirty.addAll();
      else if (settling) dirty.addSwarm();
      await this.#read(engine, dirty, signal);
    }
    throw signal.reason;
  }

  async #read(engine: Engine, dirty: Dirt, signal: AbortSignal): Promise<void> {
    const next = await readAgain(engine, this.#snapshot, dirty.take(), signal);
    if (!signal.aborted) this.#set(next);
  }

  async #pulse(engine: Engine, dirty: Dirt, silence: EngineError, signal: AbortSignal): Promise<void> {
    for (;;) {
      await delay(this.#timing.pulse, signal);
      if (signal.aborted) return;
      await within(this.#patienceWith(engine), engine.ping(signal), silence);
      const { swarm } = this.#snapshot;
      if (swarm && (await quorumChanged(engine, swarm, signal))) dirty.addSwarm();
    }
  }

  #patienceWith({ address }: Engine): number {
    return address.startsWith('ssh:') ? this.#timing.sshPatience : this.#timing.patience;
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

async function gather(events: AsyncIterable<EngineEvent>, dirty: Dirt): Promise<void> {
  for await (const event of events) dirty.add(event);
}
