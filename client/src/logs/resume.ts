import type { LogLine } from './line.js';

/**
 * Where a log was left, so that it goes on there after its stream broke or its container restarted: without a line twice and
 * without a line lost. Standard output and error are written independently and may overtake each other in the log, so each
 * has its own place and the log is asked for from a little before.
 */
export class Resume {
  readonly #stdout: Place = { time: 0, count: 0, skip: undefined };
  readonly #stderr: Place = { time: 0, count: 0, skip: undefined };

  /** Unix seconds to ask the Engine for lines from; undefined before the first line. */
  get since(): string | undefined {
    const latest = Math.max(this.#stdout.time, this.#stderr.time);
    return latest === 0 ? undefined : ((latest - overlap) / 1e6).toFixed(6);
  }

  /** The stream was opened again and repeats from `since` on. */
  again(): void {
    for (const place of [this.#stdout, this.#stderr]) place.skip = { count: place.count };
  }

  /** The lines that were not there before. */
  fresh(lines: readonly LogLine[]): readonly LogLine[] {
    return lines.filter((line) => this.#isFresh(line));
  }

  #isFresh({ stderr, time }: LogLine): boolean {
    const place = stderr ? this.#stderr : this.#stdout;
    const { skip } = place;
    if (skip) {
      if (time < place.time) return false;
      if (time === place.time && skip.count > 0) {
        skip.count--;
        return false;
      }
      place.skip = undefined;
    }
    if (time === place.time) place.count++;
    else {
      place.time = time;
      place.count = 1;
    }
    return true;
  }
}

/** Where a stream stands: the time of its last line, and how many lines of that very time were seen. */
interface Place {
  time: number;
  count: number;
  /** How many lines of that time are still to be repeated; undefined once the stream is past it. */
  skip: { count: number } | undefined;
}

/** Microseconds. */
const overlap = 1_000_000;
