import { isEngineError } from '../engine/engine.js';
import type { Engine, LogFrame, LogSource } from '../engine/engine.js';
import type { LogLine } from './line.js';
import { LineReader } from './lineReader.js';
import { Resume } from './resume.js';
import type { Timers } from './timers.js';

export interface FollowerOptions {
  /** The number its lines carry. */
  readonly number: number;
  readonly source: LogSource;
  /** Last lines to begin with; all where undefined. */
  readonly tail: number | undefined;
  readonly timers: Timers;
  engine(): Promise<Engine>;
  opened(): void;
  /** Kept once more lines are wanted. */
  take(lines: readonly LogLine[]): Promise<void>;
  closed(): void;
  /** The Engine refuses, for example because of a log driver that cannot be read; in its own words. */
  refused(message: string): void;
}

/** Follows the log of one container or task for as long as that exists: over restarts, and over Engines that go and come. */
export class Follower {
  readonly #options: FollowerOptions;
  readonly #resume = new Resume();
  readonly #stopped = new AbortController();
  #stream = new AbortController();
  #reads = 0;
  /** Whether to open the log again when its stream ends. */
  #again = false;
  #finished = false;
  #wake: () => void = () => undefined;

  constructor(options: FollowerOptions) {
    this.#options = options;
    void this.#run();
  }

  /** It was seen running: a log that has ended goes on. */
  running(): void {
    this.#again = true;
    this.#wake();
  }

  /** Leaves the present connection, which may be dead without saying so. */
  reopen(): void {
    this.running();
    this.#stream.abort();
  }

  /** It was removed: what is left is read, and no more is waited for. */
  finish(): void {
    this.#finished = true;
    this.#wake();
  }

  stop(): void {
    this.#stopped.abort();
    this.#stream.abort();
    this.#wake();
  }

  async #run(): Promise<void> {
    const { opened, closed, refused, timers } = this.#options;
    while (!this.#isOver) {
      this.#again = false;
      this.#stream = new AbortController();
      opened();
      let lost = false;
      try {
        await this.#read(AbortSignal.any([this.#stopped.signal, this.#stream.signal]));
      } catch (error) {
        const reason = isEngineError(error) ? error.reason : undefined;
        lost = reason === 'unreachable';
        if (reason === 'notFound') this.#finished = true;
        else if (!lost && reason !== 'cancelled') refused(error instanceof Error ? error.message : String(error));
      }
      closed();
      if (this.#again || this.#isOver) continue;
      const cancel = lost ? timers.after(retry, () => this.#wake()) : undefined;
      await new Promise<void>((resolve) => (this.#wake = resolve));
      cancel?.();
    }
  }

  get #isOver(): boolean {
    return this.#finished || this.#stopped.signal.aborted;
  }

  async #read(signal: AbortSignal): Promise<void> {
    const { number, source, tail, engine, take } = this.#options;
    const connected = await engine();
    const tty = source.kind === 'replica' && (await connected.inspect(source.id, signal)).tty;
    const { since } = this.#resume;
    const from = since === undefined ? (tail === undefined ? {} : { tail }) : { since };
    const reader = new LineReader({ number, tty, details: source.kind !== 'replica' });
    if (this.#reads++ > 0) this.#resume.again();
    const frames: AsyncIterable<readonly LogFrame[]> = connected.logs(
      { ...source, tty },
      { follow: true, ...from },
      signal,
    );
    for await (const some of frames) {
      const lines = this.#resume.fresh(reader.push(some));
      if (lines.length > 0) await take(lines);
      if (signal.aborted) return;
    }
    if (!signal.aborted) await take(this.#resume.fresh(reader.rest()));
  }
}

/** Milliseconds until a lost connection is tried again, where nobody says earlier that the Engine is back. */
const retry = 2000;
