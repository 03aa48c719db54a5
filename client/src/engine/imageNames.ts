import type { Engine } from './engine.js';
import { limited } from './waiting.js';

/** Milliseconds for which an answer is good. */
const remembered = 10_000;

/** The references of the images that an Engine has; none while it cannot be reached. An answer is remembered for some seconds. */
export function imageNames(
  engine: () => Promise<Engine>,
  now: () => number = Date.now,
): () => Promise<readonly string[]> {
  let last: { readonly at: number; readonly names: Promise<readonly string[]> } | undefined;
  const ask = async (): Promise<readonly string[]> => {
    try {
      const known = await engine();
      return await limited(remembered, undefined, (limit) => known.images(limit));
    } catch {
      return []; // The views say that there is no Engine.
    }
  };
  return () => {
    if (!last || now() - last.at > remembered) last = { at: now(), names: ask() };
    return last.names;
  };
}
