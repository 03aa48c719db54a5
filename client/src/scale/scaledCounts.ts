import type { Memento } from 'vscode';
import type { Scaled } from '../context.js';

/** Counts that services were scaled to, kept with the workspace. */
export function scaledCounts(memory: Memento, changed: () => void): Scaled {
  const counts = new Map(Object.entries(memory.get<Record<string, number>>(memoryKey, {})));
  return {
    counts,
    set(service, count) {
      if (counts.get(service) === count) return;
      if (count === undefined) counts.delete(service);
      else counts.set(service, count);
      void memory.update(memoryKey, Object.fromEntries(counts));
      changed();
    },
  };
}

const memoryKey = 'scaled';
