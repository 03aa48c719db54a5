import { pause } from '../engine/pause.js';
import type { SwarmControl, ServiceProgress } from '../engine/swarmControl.js';

export interface FollowOptions {
  /** Milliseconds between looks: tasks bring no events. */
  readonly every?: number;
  /** Milliseconds without any progress after which an error counts as the outcome. */
  readonly patience?: number;
  /** Milliseconds that a global service may take to get its first task. */
  readonly doubt?: number;
  /** Whether ending up with the definition of before is what was asked for. */
  readonly backwards?: boolean;
}

/**
 * Waits until a service runs as many tasks of its present definition as it should. Answers why it will not come to that;
 * undefined when it did. Throws `EngineError`, with the reason `cancelled` where the signal ended it.
 */
export async function followService(
  control: SwarmControl,
  id: string,
  report: (message: string) => void,
  signal: AbortSignal,
  { every = 500, patience = 20_000, doubt = 3000, backwards = false }: FollowOptions = {},
): Promise<string | undefined> {
  let fresh = -1;
  const begun = Date.now();
  let since = begun;
  for (;;) {
    const progress = await control.progress(id, signal);
    report(describeProgress(progress));
    const outcome = judge(progress, backwards);
    const { counted, desired } = progress;
    const early = outcome === 'done' && counted && desired === 0 && Date.now() - begun < doubt;
    if (outcome !== 'on its way' && !early) return outcome === 'done' ? undefined : outcome.failure;
    if (progress.fresh !== fresh) {
      fresh = progress.fresh;
      since = Date.now();
    }
    if (Date.now() - since > patience && progress.error !== undefined && progress.update === undefined) {
      return `${progress.name} stays at ${progress.fresh} of ${progress.desired}: ${progress.error}.`;
    }
    await pause(every, signal);
  }
}

/** What a look at a service tells. */
export function judge(
  { name, desired, fresh, wanted, update, error }: ServiceProgress,
  backwards = false,
): 'on its way' | 'done' | { readonly failure: string } {
  const why = error ?? update?.message ?? '';
  switch (update?.state) {
    case 'paused':
      return { failure: `The update of ${name} failed and is paused: ${why}.` };
    case 'rollback_paused':
      return { failure: `${name} could not go back to what it was: ${why}.` };
    case 'updating':
    case 'rollback_started':
      return 'on its way';
    case 'rollback_completed':
      if (!backwards) return { failure: `The update of ${name} failed, and Swarm went back to what ran before.` };
      break;
    default:
  }
  return fresh === desired && wanted === desired ? 'done' : 'on its way';
}

function describeProgress({ desired, fresh, update, error }: ServiceProgress): string {
  const state = update && update.state !== 'completed' ? update.state.replaceAll('_', ' ') : '';
  return [`${fresh}/${desired} running`, state, fresh < desired ? (error ?? '') : ''].filter(Boolean).join(' · ');
}
