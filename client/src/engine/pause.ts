import { setMaxListeners } from 'node:events';
import { setTimeout as timer } from 'node:timers/promises';
import { EngineError } from './engine.js';

/** Between two looks at something that sends no event. Throws `EngineError` when cancelled. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    // Many may pause under one signal, and each takes its listener away again.
    setMaxListeners(0, signal);
    await timer(milliseconds, undefined, { signal });
  } catch {
    throw new EngineError('cancelled', 'Cancelled.');
  }
}

/** Looks every 200 ms until something holds, at most so many milliseconds; answers whether it did. */
export async function until(atMost: number, signal: AbortSignal, holds: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + atMost;
  while (!(await holds())) {
    if (Date.now() >= deadline) return false;
    await pause(200, signal);
  }
  return true;
}
