import { EngineError } from '../../../../client/src/engine/engine.js';
import type { Engine, LogFrame, LogOptions, LogSource } from '../../../../client/src/engine/engine.js';
import type { Timers } from '../../../../client/src/logs/timers.js';
import { fakeEngine } from '../../../support/fakeEngine.js';

/** An Engine whose logs are what a test writes into them. */
export interface FakeLogs {
  readonly engine: Engine;
  /** Each call of `logs`, in order. */
  readonly opened: OpenLog[];
  /** The newest call for a container. */
  log(id: string): OpenLog;
}

export interface OpenLog {
  readonly source: LogSource;
  readonly options: LogOptions;
  readonly signal: AbortSignal;
  /** How many chunks were not asked for yet. */
  readonly unread: number;
  /** Writes lines with their times: seconds since 1970. */
  write(...lines: readonly (readonly [seconds: number, text: string, stream?: LogFrame['stream']])[]): void;
  end(): void;
  fail(error: Error): void;
}

export const broken = new EngineError('unreachable', 'The connection broke.');

export function fakeLogs(): FakeLogs {
  const opened: OpenLog[] = [];
  return {
    engine: {
      ...fakeEngine(),
      logs(source, options, signal) {
        const { log, frames } = openLog(source, options, signal);
        opened.push(log);
        return frames;
      },
    },
    opened,
    log(id) {
      const found = opened.findLast(({ source }) => source.id === id);
      if (!found) throw new Error(`The log of ${id} is not open.`);
      return found;
    },
  };
}

function openLog(
  source: LogSource,
  options: LogOptions,
  signal: AbortSignal,
): { readonly log: OpenLog; readonly frames: AsyncIterable<readonly LogFrame[]> } {
  const chunks: (readonly LogFrame[])[] = [];
  let over: { readonly error: Error | undefined } | undefined;
  let wake: () => void = () => undefined;
  const finish = (error: Error | undefined): void => {
    over ??= { error };
    wake();
  };
  signal.addEventListener('abort', () => finish(new EngineError('cancelled', 'Cancelled.')));
  async function* read(): AsyncGenerator<readonly LogFrame[]> {
    for (;;) {
      const next = chunks.shift();
      if (next) yield next;
      else if (over?.error) throw over.error;
      else if (over) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  const log: OpenLog = {
    source,
    options,
    signal,
    get unread() {
      return chunks.length;
    },
    write(...lines) {
      chunks.push(lines.map(([seconds, text, stream = 'stdout']) => ({ stream, data: stamped(seconds, text) })));
      wake();
    },
    end: () => finish(undefined),
    fail: finish,
  };
  return { log, frames: read() };
}

/** A text without a line feed at its end is a part of a line. */
function stamped(seconds: number, text: string): Buffer {
  const whole = new Date(Math.floor(seconds) * 1000).toISOString().slice(0, 19);
  const nanos = String(Math.round((seconds % 1) * 1e9)).padStart(9, '0');
  return Buffer.from(`${whole}.${nanos}Z ${text}`);
}

export interface FakeTimers extends Timers {
  /** Lets time pass, and what follows from it happen. */
  pass(milliseconds: number): Promise<void>;
}

export function fakeTimers(): FakeTimers {
  let now = 0;
  const waiting = new Set<{ readonly at: number; readonly done: () => void }>();
  return {
    now: () => now,
    after(milliseconds, done) {
      const timer = { at: now + milliseconds, done };
      waiting.add(timer);
      return () => waiting.delete(timer);
    },
    async pass(milliseconds) {
      const end = now + milliseconds;
      await settled();
      for (;;) {
        const due = [...waiting].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        waiting.delete(due);
        now = due.at;
        due.done();
        await settled();
      }
      now = end;
    },
  };
}

/** Everything that can happen without time passing has happened. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
}
