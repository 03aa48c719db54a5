import type { LogFrame } from '../engine/engine.js';
import type { LogLine } from './line.js';

export interface LineReaderOptions {
  /** What its lines carry as their source. */
  readonly number: number;
  /** Whether the container has a terminal: then there are no frames, and lines are cut anywhere. */
  readonly tty?: boolean;
  /** Whether Swarm's details stand between the time and the text. */
  readonly details?: boolean;
}

/** A line beyond this many bytes is cut off there. */
export const longestLine = 1 << 20;

/** Joins frames into lines. Bytes become text only once a line is whole, so no character is ever torn. */
export class LineReader {
  readonly #options: LineReaderOptions;
  readonly #stdout = new Unfinished();
  readonly #stderr = new Unfinished();
  readonly #clock = new StampReader();

  constructor(options: LineReaderOptions) {
    this.#options = options;
  }

  push(frames: readonly LogFrame[]): LogLine[] {
    const lines: LogLine[] = [];
    for (const { stream, data } of frames) {
      if (this.#options.tty) this.#pushRaw(data, lines);
      else this.#pushFrame(stream === 'stderr', data, lines);
    }
    return lines;
  }

  /** What a container that has ended wrote last, without a line feed. */
  rest(): LogLine[] {
    const lines: LogLine[] = [];
    if (this.#options.tty) {
      const { data } = this.#stdout.take();
      if (data.length > 0) lines.push(this.#rawLine(data));
      return lines;
    }
    for (const [stderr, open] of [
      [false, this.#stdout],
      [true, this.#stderr],
    ] as const) {
      if (open.isEmpty) continue;
      const { time, data } = open.take();
      lines.push({ source: this.#options.number, time, stderr, text: textOf(data, 0, data.length) });
    }
    return lines;
  }

  #pushFrame(stderr: boolean, data: Buffer, lines: LogLine[]): void {
    let begin = stampEnd(data, 0) + 1;
    const open = stderr ? this.#stderr : this.#stdout;
    const time = open.isEmpty ? this.#clock.read(data, 0) : open.time;
    if (this.#options.details) begin = data.indexOf(space, begin) + 1;
    if (data[data.length - 1] !== lineFeed) return open.add(time, data.subarray(begin));
    const { number: source } = this.#options;
    if (open.isEmpty) {
      lines.push({ source, time, stderr, text: textOf(data, begin, Math.min(data.length, begin + longestLine)) });
      return;
    }
    open.add(time, data.subarray(begin));
    const whole = open.take();
    lines.push({ source, time, stderr, text: textOf(whole.data, 0, whole.data.length) });
  }

  #pushRaw(data: Buffer, lines: LogLine[]): void {
    let begin = 0;
    for (let end = data.indexOf(lineFeed); end >= 0; end = data.indexOf(lineFeed, begin)) {
      this.#stdout.add(0, data.subarray(begin, end + 1));
      lines.push(this.#rawLine(this.#stdout.take().data));
      begin = end + 1;
    }
    if (begin < data.length) this.#stdout.add(0, data.subarray(begin));
  }

  #rawLine(data: Buffer): LogLine {
    const begin = stampEnd(data, 0) + 1;
    const text = textOf(data, begin, data.length);
    return { source: this.#options.number, time: this.#clock.read(data, 0), stderr: false, text };
  }
}

/** The pieces of a line whose end is not there yet. */
class Unfinished {
  time = 0;
  #pieces: Buffer[] = [];
  #length = 0;

  get isEmpty(): boolean {
    return this.#pieces.length === 0;
  }

  add(time: number, piece: Buffer): void {
    this.time = time;
    const kept = piece.subarray(0, Math.max(0, longestLine - this.#length));
    if (kept.length > 0 || this.isEmpty) this.#pieces.push(kept);
    this.#length += kept.length;
  }

  take(): { readonly time: number; readonly data: Buffer } {
    const [only] = this.#pieces;
    const data = only && this.#pieces.length === 1 ? only : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#length = 0;
    return { time: this.time, data };
  }
}

/** Reads `2026-11-20T15:14:27.123456789Z`. Lines come in bursts, so the second is most often the one of the line before. */
class StampReader {
  readonly #second = Buffer.alloc(secondLength);
  #micros = 0;

  /** Microseconds; 0 where there is no time. */
  read(data: Buffer, at: number): number {
    if (!this.#isSameSecond(data, at)) {
      const second = data.toString('latin1', at, at + secondLength);
      const milliseconds = Date.parse(`${second}${zoneOf(data, at)}`);
      if (Number.isNaN(milliseconds)) return 0;
      data.copy(this.#second, 0, at, at + secondLength);
      this.#micros = milliseconds * 1000;
    }
    if (data[at + secondLength] !== dot) return this.#micros;
    let unit = 100_000;
    let fraction = 0;
    for (let index = at + secondLength + 1; ; index++) {
      const digit = (data[index] ?? 0) - zero;
      if (digit < 0 || digit > 9) return this.#micros + fraction;
      fraction += digit * unit;
      unit /= 10;
    }
  }

  #isSameSecond(data: Buffer, at: number): boolean {
    // Seconds change most often, so they are compared first.
    for (let index = secondLength - 1; index >= 0; index--) {
      if (data[at + index] !== this.#second[index]) return false;
    }
    return true;
  }
}

/** `Z` with Docker; Podman may say `+02:00`. */
function zoneOf(data: Buffer, at: number): string {
  const stamp = data.toString('latin1', at, stampEnd(data, at));
  return /(?:Z|[+-]\d\d:\d\d)$/.exec(stamp)?.[0] ?? 'Z';
}

function stampEnd(data: Buffer, at: number): number {
  return data[at + dockerStampLength] === space ? at + dockerStampLength : data.indexOf(space, at);
}

function textOf(data: Buffer, begin: number, end: number): string {
  if (data[end - 1] === lineFeed) end--;
  if (data[end - 1] === carriageReturn) end--;
  return end > begin ? data.toString('utf8', begin, end) : '';
}

const secondLength = '2026-11-20T15:14:27'.length;
const dockerStampLength = '2026-11-20T15:14:27.123456789Z'.length;
const space = 0x20;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const dot = 0x2e;
const zero = 0x30;
