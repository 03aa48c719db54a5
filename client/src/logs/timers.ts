/** Time as the feed knows it; a test has its own. */
export interface Timers {
  /** Milliseconds of any clock that only goes forward. */
  now(): number;
  /** Calls back once; the answer cancels it. */
  after(milliseconds: number, done: () => void): () => void;
}

export const realTimers: Timers = {
  now: () => performance.now(),
  after(milliseconds, done) {
    const timer = setTimeout(done, milliseconds);
    return () => clearTimeout(timer);
  },
};
