/** Milliseconds; also ends, without an error, when the signal is aborted. */
export function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}

/**
 * The work's own outcome. Its signal is aborted with the other one, or after so many milliseconds where the work is not done by then.
 * The timer holds what it aborts: an `AbortSignal.timeout` that only `AbortSignal.any` knows may be collected before it is due
 * (nodejs/node#57736).
 */
export async function limited<T>(
  milliseconds: number,
  signal: AbortSignal | undefined,
  work: (limit: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), milliseconds).unref();
  try {
    return await work(signal ? AbortSignal.any([signal, late.signal]) : late.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** The work's own outcome, or `late` where that takes longer. */
export async function within<T>(milliseconds: number, work: Promise<T>, late: Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(late), milliseconds)));
  try {
    return await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}
