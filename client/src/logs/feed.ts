import type { Engine } from '../engine/engine.js';
import { Follower } from './follower.js';
import type { LogLine } from './line.js';
import { Merge } from './merge.js';
import type { FollowedSource } from './scope.js';
import type { Timers } from './timers.js';

export interface FeedOptions {
  readonly timers: Timers;
  /** Last lines of each replica to begin with. */
  readonly tail: number;
  /** How many lines may wait for the view. */
  readonly lines: number;
  engine(): Promise<Engine>;
  readonly view: FeedView;
}

export interface FeedView {
  /** The sources whose numbers begin at `from`. */
  joined(sources: readonly FollowedSource[], from: number): void;
  /** In the order of their times. The next ones come after `taken`. */
  lines(lines: readonly LogLine[]): void;
  /** How many lines wait while the last ones are not taken, and whether the Engine holds back more. */
  waiting(lines: number, more: boolean): void;
  /** A sentence about one replica. */
  refused(source: FollowedSource, message: string): void;
}

/**
 * Follows many logs as one. Nothing is ever dropped here: what the view has not taken waits, up to a bound, and beyond that the
 * rest stays with the Engine.
 */
export class LogFeed {
  readonly #options: FeedOptions;
  readonly #merge: Merge;
  readonly #followers = new Map<string, Follower>();
  #count = 0;
  #seen = false;
  #connected = true;
  /** Whether the view has taken what it was given. */
  #ready = true;
  #cancel: (() => void) | undefined;
  #untell: (() => void) | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
    const { lines } = options;
    this.#merge = new Merge({ hold, lines, characters: lines * charactersPerLine });
  }

  /** How many lines came out after a line of a later time. */
  get late(): number {
    return this.#merge.late;
  }

  /** What there is to follow, as the Engine now says. */
  update(sources: readonly FollowedSource[]): void {
    const { view, tail } = this.#options;
    const joined = sources.filter(({ id }) => !this.#followers.has(id));
    if (joined.length > 0) view.joined(joined, this.#count);
    // Who comes later has just been made, and all it ever said belongs here.
    for (const source of joined) this.#follow(source, this.#seen ? undefined : tail);
    this.#seen = true;
    const present = new Set(sources.map(({ id }) => id));
    for (const [id, follower] of this.#followers) {
      if (present.has(id)) continue;
      follower.finish();
      this.#followers.delete(id);
    }
    for (const { id, running } of sources) if (running) this.#followers.get(id)?.running();
    if (!this.#connected) for (const follower of this.#followers.values()) follower.reopen();
    this.#connected = true;
  }

  /** The Engine does not answer. */
  lost(): void {
    this.#connected = false;
  }

  /** Another Engine is asked from now on. */
  changed(): void {
    for (const follower of this.#followers.values()) follower.stop();
    this.#followers.clear();
    this.#seen = false;
  }

  /** The view has taken the last lines and can have more. */
  taken(): void {
    this.#ready = true;
    this.#pump();
  }

  stop(): void {
    this.#cancel?.();
    this.#untell?.();
    this.#ready = false;
    for (const follower of this.#followers.values()) follower.stop();
    this.#merge.end();
  }

  #follow(source: FollowedSource, tail: number | undefined): void {
    const { engine, timers, view } = this.#options;
    const number = this.#count++;
    const merge = this.#merge;
    const follower = new Follower({
      number,
      source: source.log,
      tail,
      timers,
      engine,
      opened: () => merge.open(number, timers.now()),
      take: (lines) => {
        merge.push(number, lines, timers.now());
        // Whoever has to wait for room waits no longer than it takes.
        this.#arm(merge.isFull(number) ? 0 : gather);
        this.#tellWaiting();
        return merge.room(number);
      },
      closed: () => merge.close(number),
      refused: (message) => view.refused(source, message),
    });
    this.#followers.set(source.id, follower);
  }

  #arm(pause = gather): void {
    if (!this.#ready || this.#merge.waiting === 0) return;
    if (this.#cancel && pause > 0) return;
    this.#cancel?.();
    this.#cancel = this.#options.timers.after(pause, () => {
      this.#cancel = undefined;
      this.#pump();
    });
  }

  /** A reader who has paused sees what comes of it. */
  #tellWaiting(): void {
    if (this.#ready || this.#untell) return;
    this.#untell = this.#options.timers.after(told, () => {
      this.#untell = undefined;
      if (!this.#ready) this.#options.view.waiting(this.#merge.waiting, this.#merge.holdsBack);
    });
  }

  #pump(): void {
    if (!this.#ready) return;
    const lines = this.#merge.take(this.#options.timers.now(), batch);
    if (lines.length > 0) {
      this.#ready = false;
      this.#options.view.lines(lines);
    } else this.#arm();
  }
}

/** Milliseconds that a silent replica is waited for. */
const hold = 300;
/** Milliseconds between two batches. */
const gather = 50;
/** Milliseconds between two counts of what waits. */
const told = 300;
const batch = { lines: 10_000, characters: 4_000_000 };
const charactersPerLine = 400;
