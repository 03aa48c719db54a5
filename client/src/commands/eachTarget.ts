import type { Ctx } from '../context.js';
import { isCancelled } from './register.js';
import { Refusal } from './refusal.js';

/**
 * Does one thing to several targets, a few at a time, and reports for each: one that fails leaves the others alone. Throws the
 * failure as it is where there is one target, and of several a `Refusal` with what each said.
 */
export async function eachTarget<T>(
  ctx: Ctx,
  title: string,
  past: string,
  targets: readonly { readonly name: string; readonly value: T }[],
  act: (value: T, signal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const failures: string[] = [];
  let succeeded = 0;
  const cancelled = await ctx.ui.progress(title, async (report, signal) => {
    const waiting = [...targets];
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) {
        try {
          await act(next.value, signal);
          succeeded++;
          report(`${next.name} (${succeeded}/${targets.length})`);
        } catch (error) {
          if (isCancelled(error)) continue;
          if (targets.length === 1) throw error;
          failures.push(`${next.name}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    };
    await Promise.all(Array.from({ length: 4 }, worker));
    return signal.aborted;
  });
  const summary = `${past} ${succeeded} of ${targets.length}.`;
  if (failures.length > 0) throw new Refusal(`${summary} ${failures.join(' ')}`);
  if (succeeded < targets.length && cancelled) ctx.ui.done(`Cancelled. ${summary}`);
  else ctx.ui.done(targets.length === 1 ? `${past} ${targets[0]?.name ?? ''}.` : summary);
}
