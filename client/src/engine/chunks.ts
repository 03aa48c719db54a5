/**
 * Takes the frames of HTTP's chunked encoding away. The Engine sends a chunk for each line of a log: Node's own parser calls back for
 * every one of them, which costs more than everything else that is done with a line.
 */
export class ChunkReader {
  /** What is read next, and for `data` and `end` how many bytes of it are left. */
  #part: 'size' | 'rest of size' | 'data' | 'end' = 'size';
  #left = 0;
  #ended = false;

  /** Whether the last chunk was there: a connection that closes before broke. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The data in it, moved together in the memory of what came. */
  push(came: Buffer): Buffer {
    let to = 0;
    for (let at = 0; at < came.length && !this.#ended;) {
      switch (this.#part) {
        case 'size': {
          const digit = hexDigit(came[at]);
          if (digit >= 0) this.#left = this.#left * 16 + digit;
          else this.#part = 'rest of size';
          if (digit >= 0) at++;
          break;
        }
        case 'rest of size':
          if (came[at++] !== lineFeed) break;
          this.#ended = this.#left === 0;
          this.#part = 'data';
          break;
        case 'data': {
          const end = Math.min(came.length, at + this.#left);
          if (to !== at) came.copyWithin(to, at, end);
          to += end - at;
          this.#left -= end - at;
          at = end;
          if (this.#left === 0) {
            this.#part = 'end';
            this.#left = 2;
          }
          break;
        }
        case 'end':
          at++;
          if (--this.#left === 0) this.#part = 'size';
          break;
      }
    }
    return came.subarray(0, to);
  }
}

const lineFeed = 0x0a;

/** -1 for what is none. */
function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
