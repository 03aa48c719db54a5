import { setMaxListeners } from 'node:events';
import { request } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';
import { limited } from '../engine/waiting.js';

/** Where requests go. */
export interface ProbePlace {
  readonly node: string;
  readonly address: string;
  readonly port: number;
}

export interface ProbeLimits {
  /** Requests in all. */
  readonly count: number;
  /** Requests under way at a time. */
  readonly concurrency: number;
  /** Milliseconds for one request, and for all of them together: what was not sent by then is not sent. */
  readonly patience: number;
  readonly time: number;
}

export const usualLimits: ProbeLimits = { count: 100, concurrency: 8, patience: 3000, time: 20_000 };
/** More than that is no question any more but a load. */
export const mostRequests = 1000;

export interface ProbeAnswer {
  /** In the request's address, so that a log that has it tells the task. */
  readonly mark: string;
  readonly place: ProbePlace;
  /** Undefined without an answer in HTTP. */
  readonly status: number | undefined;
  /** Why there was none. */
  readonly error: string | undefined;
  /** Headers and the beginning of the body. */
  readonly text: string;
}

export type Ask = (place: ProbePlace, path: string, patience: number, signal: AbortSignal) => Promise<Reply>;
export type Reply = Pick<ProbeAnswer, 'status' | 'error' | 'text'>;

/** Sends requests to the places in turn, each over a connection of its own so that each is spread anew. Never more than the limits. */
export async function probe(
  places: readonly ProbePlace[],
  { count, concurrency, patience, time }: ProbeLimits,
  name: string,
  signal: AbortSignal,
  ask: Ask = get,
): Promise<readonly ProbeAnswer[]> {
  const answers: ProbeAnswer[] = [];
  let next = 0;
  const worker = async (end: AbortSignal): Promise<void> => {
    while (next < Math.min(count, mostRequests) && !end.aborted) {
      const number = next++;
      const place = places[number % places.length];
      if (!place) return;
      const mark = `${name}-${number}.`;
      const reply = await ask(place, `/?longshore-probe=${mark}`, patience, end);
      answers.push({ mark, place, ...reply });
    }
  };
  await limited(time, signal, (end) => {
    // Every request under way listens to it.
    setMaxListeners(0, end);
    return Promise.all(Array.from({ length: concurrency }, () => worker(end)));
  });
  return answers;
}

const mostText = 16 << 10;

/** One GET. Never rejects: that nobody answers is an answer. */
const get: Ask = ({ address, port }, path, patience, signal) =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const options = {
      host: address,
      port,
      path,
      agent: false,
      headers: { connection: 'close' },
      timeout: patience,
      signal,
    };
    const asked = request(options, (response) => {
      const { statusCode: status, headers } = response;
      const done = (): void =>
        resolve({ status, error: undefined, text: `${headerText(headers)}\n${Buffer.concat(chunks).toString()}` });
      response.on('data', (chunk: Buffer) => {
        if (size < mostText) chunks.push(chunk);
        size += chunk.length;
        if (size >= mostText) asked.destroy();
      });
      response.on('close', done);
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
    asked.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      // What is no HTTP has answered all the same.
      const other = code?.startsWith('HPE_') ? 'an answer that is no HTTP' : (code ?? message);
      resolve({ status: undefined, error: other, text: '' });
    });
    asked.end();
  });

function headerText(headers: OutgoingHttpHeaders): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join('\n');
}
