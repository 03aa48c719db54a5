import type { LogLine } from './line.js';

export interface MergeOptions {
  /**
   * Milliseconds. A source that was silent for so long has nothing older to say; until then, what came from the others after
   * its last line waits.
   */
  readonly hold: number;
  /** What may wait, in equal shares; a source that has used its share up is not read from until some of it was taken. */
  readonly lines: number;
  readonly characters: number;
}

export interface BatchLimit {
  readonly lines: number;
  readonly characters: number;
}

/**
 * Puts the lines of many sources in the order of their times. The lines of one source always stay in their own order. Times of
 * arrival are milliseconds of any one clock; the clock of the Engine need not agree with it.
 */
export class Merge {
  readonly #options: MergeOptions;
  readonly #lanes: Lane[] = [];
  #waiting = 0;
  #lastTime = 0;
  #late = 0;

  constructor(options: MergeOptions) {
    this.#options = options;
  }

  /** How many lines wait. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Whether a source has more to say than there is room for. */
  get holdsBack(): boolean {
    return this.#lanes.some(({ resume }) => resume !== undefined);
  }

  /** How many lines came out after a line of a later time. */
  get late(): number {
    return this.#late;
  }

  /** A source begins, or begins again: others wait somewhat longer for its first line. */
  open(source: number, now: number): void {
    const lane = this.#lane(source);
    lane.open = true;
    lane.heard = now + 2 * this.#options.hold;
    if (lane.lines.length === lane.head) lane.last = -Infinity;
  }

  /** A source has ended; nobody waits for it. */
  close(source: number): void {
    this.#lane(source).open = false;
  }

  push(source: number, lines: readonly LogLine[], now: number): void {
    const last = lines.at(-1);
    if (!last) return;
    const lane = this.#lane(source);
    for (const line of lines) {
      lane.lines.push(line);
      lane.characters += line.text.length;
    }
    lane.last = last.time;
    lane.heard = now;
    this.#waiting += lines.length;
  }

  /** Kept once there is room for more of a source; at once where there is. */
  async room(source: number): Promise<void> {
    if (this.isFull(source)) await new Promise<void>((resolve) => (this.#lane(source).resume = resolve));
  }

  /** Whether a source has used its share up. */
  isFull(source: number): boolean {
    return this.#isFull(this.#lane(source));
  }

  /** The lines that nothing older can come before any more. */
  take(now: number, limit: BatchLimit): LogLine[] {
    const horizon = this.#horizon(now);
    const taken: LogLine[] = [];
    let characters = 0;
    while (taken.length < limit.lines && characters < limit.characters) {
      const { lane, until } = this.#earliest(horizon);
      if (!lane) break;
      // A run of one source, up to where another one's turn comes.
      for (;;) {
        const line = lane.lines[lane.head];
        if (!line || line.time > until || taken.length >= limit.lines || characters >= limit.characters) break;
        lane.head++;
        lane.characters -= line.text.length;
        characters += line.text.length;
        if (line.time < this.#lastTime) this.#late++;
        else this.#lastTime = line.time;
        taken.push(line);
      }
    }
    this.#waiting -= taken.length;
    for (const lane of this.#lanes) {
      lane.compact();
      if (lane.resume && !this.#isFull(lane)) lane.wake();
    }
    return taken;
  }

  /** Lets go of everybody who waits for room. */
  end(): void {
    for (const lane of this.#lanes) lane.wake();
  }

  /** The time that every source which may still say something has reached. */
  #horizon(now: number): number {
    let horizon = Infinity;
    for (const lane of this.#lanes) {
      const expected = lane.resume !== undefined || (lane.open && now - lane.heard < this.#options.hold);
      if (expected && lane.last < horizon) horizon = lane.last;
    }
    return horizon;
  }

  /** The lane whose turn it is, and the time up to which it keeps it. */
  #earliest(horizon: number): { readonly lane: Lane | undefined; readonly until: number } {
    let first: Lane | undefined;
    let time = Infinity;
    let until = horizon;
    for (const lane of this.#lanes) {
      const next = lane.lines[lane.head]?.time;
      if (next === undefined) continue;
      if (!first || next < time) {
        if (time < until) until = time;
        first = lane;
        time = next;
      } else if (next < until) until = next;
    }
    return { lane: time <= horizon ? first : undefined, until };
  }

  #isFull(lane: Lane): boolean {
    const sources = this.#lanes.length;
    const { lines, characters } = this.#options;
    return lane.lines.length - lane.head >= Math.max(lines / sources, 100) || lane.characters >= characters / sources;
  }

  #lane(source: number): Lane {
    return (this.#lanes[source] ??= new Lane());
  }
}

/** What waits of one source. */
class Lane {
  lines: LogLine[] = [];
  /** The index of the first line that was not taken. */
  head = 0;
  characters = 0;
  open = false;
  /** The time of the last line that came, and when it came. */
  last = -Infinity;
  heard = -Infinity;
  resume: (() => void) | undefined;

  wake(): void {
    this.resume?.();
    this.resume = undefined;
  }

  /** Now and then only: it copies what is left. */
  compact(): void {
    const used = this.head === this.lines.length;
    if (this.head === 0 || (!used && this.head < 1024)) return;
    this.lines = used ? [] : this.lines.slice(this.head);
    this.head = 0;
  }
}
