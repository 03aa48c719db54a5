import type { LogFrame } from './engine.js';

/** Cuts the Engine's multiplexed stream into frames. What is incomplete waits for the next chunk. */
export class FrameReader {
  #rest: Buffer[] = [];
  #length = 0;
  #wanted = headerLength;

  /** The frames that are complete with this chunk. Their data shares the chunk's memory where it can. */
  push(chunk: Buffer): LogFrame[] {
    this.#rest.push(chunk);
    this.#length += chunk.length;
    // Joined only once a whole frame is there: a long frame in small chunks would otherwise be copied over and over.
    if (this.#length < this.#wanted) return [];
    const buffer = this.#rest.length === 1 ? chunk : Buffer.concat(this.#rest);
    const frames: LogFrame[] = [];
    let at = 0;
    this.#wanted = headerLength;
    while (buffer.length - at >= headerLength) {
      const end = at + headerLength + buffer.readUInt32BE(at + 4);
      if (end > buffer.length) {
        this.#wanted = end - at;
        break;
      }
      frames.push({ stream: buffer[at] === 2 ? 'stderr' : 'stdout', data: buffer.subarray(at + headerLength, end) });
      at = end;
    }
    this.#rest = at < buffer.length ? [buffer.subarray(at)] : [];
    this.#length = buffer.length - at;
    return frames;
  }
}

const headerLength = 8;
