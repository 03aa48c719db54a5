import { Agent, request } from 'node:http';

/** Requests that came to an end, and what became of them. */
export interface LoadResult {
  readonly requests: number;
  /** By what went wrong: `status 502`, `ECONNRESET`. */
  readonly failed: ReadonlyMap<string, number>;
  /** Sent once more on a new connection, since the kept one was closed before any byte of an answer came, as RFC 9110 (9.2.2) has it. */
  readonly repeated: number;
  /** Milliseconds, sorted. */
  readonly latencies: readonly number[];
}

export interface Load {
  /** By the first line of the answers: when it was first and last seen (`Date.now()`). */
  readonly firstSeen: ReadonlyMap<string, number>;
  readonly lastSeen: ReadonlyMap<string, number>;
  readonly requests: number;
  /** Resolves when so many requests have ended. */
  atLeast(requests: number): Promise<void>;
  /** Lets the open requests end. */
  stop(): Promise<LoadResult>;
}

export interface LoadOptions {
  /** Requests that are open at a time. */
  readonly concurrency?: number;
  /** At most so many a second in all, so that the machine has time for what is measured. */
  readonly rate?: number;
  readonly keepAlive?: boolean;
  /** Milliseconds without an answer after which a request failed. */
  readonly patience?: number;
}

interface Outcome {
  /** Undefined for a good answer. */
  readonly outcome: string | undefined;
  /** Whether it went out on a kept connection that was closed before it brought anything. */
  readonly unheard: boolean;
}

/** Sends GETs, so many at a time, until it is told to stop. */
export function startLoad(
  url: string,
  { concurrency = 16, rate = 500, keepAlive = false, patience = 20_000 }: LoadOptions = {},
): Load {
  const agent = keepAlive ? new Agent({ keepAlive: true, maxSockets: concurrency }) : false;
  const firstSeen = new Map<string, number>();
  const lastSeen = new Map<string, number>();
  const failed = new Map<string, number>();
  const latencies: number[] = [];
  const waiting: { readonly count: number; readonly wake: () => void }[] = [];
  const between = (concurrency * 1000) / rate;
  let requests = 0;
  let repeated = 0;
  let stopped = false;

  async function worker(index: number): Promise<void> {
    let next = performance.now() + (index * between) / concurrency;
    while (!stopped) {
      const wait = next - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      next = Math.max(next + between, performance.now() - between);
      await one();
    }
  }

  async function one(): Promise<void> {
    const started = performance.now();
    const first = await ask(agent);
    if (first.unheard) repeated++;
    const { outcome } = first.unheard ? await ask(false) : first;
    latencies.push(performance.now() - started);
    if (outcome !== undefined) failed.set(outcome, (failed.get(outcome) ?? 0) + 1);
    requests++;
    for (const { count, wake } of waiting) if (requests >= count) wake();
  }

  function ask(through: Agent | false): Promise<Outcome> {
    return new Promise((resolve) => {
      let heard = 0;
      const asked = request(url, { agent: through, timeout: patience }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
        response.on('end', () => {
          if (response.statusCode !== 200) return end(`status ${response.statusCode}`);
          const [line = ''] = Buffer.concat(chunks).toString().split('\n');
          if (!firstSeen.has(line)) firstSeen.set(line, Date.now());
          lastSeen.set(line, Date.now());
          end(undefined);
        });
      });
      const end = (outcome: string | undefined): void => {
        const closed = outcome === 'ECONNRESET' || outcome === 'EPIPE';
        resolve({ outcome, unheard: closed && asked.reusedSocket && asked.socket?.bytesRead === heard });
      };
      asked.on('socket', ({ bytesRead }) => (heard = bytesRead));
      asked.on('timeout', () => asked.destroy(Object.assign(new Error('no answer'), { code: 'no answer' })));
      asked.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
      asked.end();
    });
  }

  const workers = Array.from({ length: concurrency }, (_, index) => worker(index));
  return {
    firstSeen,
    lastSeen,
    get requests() {
      return requests;
    },
    atLeast: (count) =>
      requests >= count ? Promise.resolve() : new Promise((wake) => void waiting.push({ count, wake })),
    async stop() {
      stopped = true;
      await Promise.all(workers);
      if (agent) agent.destroy();
      return { requests, failed, repeated, latencies: latencies.sort((a, b) => a - b) };
    },
  };
}
