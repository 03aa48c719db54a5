import type { Duplex } from 'node:stream';
import { ChunkReader } from './chunks.js';

export interface RawAnswer {
  readonly status: number;
  /** Throws where the connection ends before the answer does. */
  readonly body: AsyncIterable<Buffer>;
}

/** One GET over a connection of its own, for answers that are long: `ChunkReader` says why. The signal ends both. */
export async function getStream(socket: Duplex, path: string, signal: AbortSignal): Promise<RawAnswer> {
  const abort = (): void => void socket.destroy(new Error('Aborted.'));
  signal.addEventListener('abort', abort, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', abort));
  if (signal.aborted) abort();
  socket.write(`GET ${path} HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n`);
  const reads: AsyncIterator<Buffer, undefined> = (socket as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  try {
    let came = Buffer.alloc(0);
    let end = -1;
    while (end < 0) {
      const { value } = await reads.next();
      if (!value || came.length > longestHead) throw broken();
      came = Buffer.concat([came, value]);
      end = came.indexOf('\r\n\r\n');
    }
    const head = came.toString('latin1', 0, end);
    const status = Number(/^HTTP\/1\.\d (\d{3})/.exec(head)?.[1]);
    if (!status) throw broken();
    return { status, body: bodyOf(came.subarray(end + 4), reads, head, socket) };
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

async function* bodyOf(
  first: Buffer,
  reads: AsyncIterator<Buffer, undefined>,
  head: string,
  socket: Duplex,
): AsyncGenerator<Buffer> {
  const chunks = /^transfer-encoding:.*\bchunked\s*$/im.test(head) ? new ChunkReader() : undefined;
  let left = Number(/^content-length:\s*(\d+)\s*$/im.exec(head)?.[1] ?? Infinity);
  try {
    for (let came: Buffer | undefined = first; ; came = (await reads.next()).value) {
      if (!came) {
        if (chunks || left !== Infinity) throw broken();
        return;
      }
      const data = chunks ? chunks.push(came) : came;
      if (data.length > 0) yield data;
      left -= data.length;
      if (chunks?.ended || left <= 0) return;
    }
  } finally {
    socket.destroy();
  }
}

function broken(): Error {
  return Object.assign(new Error('The connection broke.'), { code: 'ECONNRESET' });
}

const longestHead = 1 << 16;
