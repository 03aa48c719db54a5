import type { Command, Ctx } from '../context.js';
import { CliError } from '../engine/cli.js';
import { isEngineError } from '../engine/engine.js';
import { portTaken } from './portTaken.js';
import { Refusal } from './refusal.js';
import type { Step } from './refusal.js';
import { useContext } from './useContext.js';

/**
 * Runs a command as every command is run: refused where it would act in an untrusted workspace, written to the log, told with
 * a next step when it fails, and followed by a look at what it changed. Never throws.
 */
export async function runCommand<T>(
  ctx: Ctx,
  command: Command<T>,
  target: T | undefined,
  all: readonly T[] | undefined,
): Promise<void> {
  ctx.log.debug(`Command ${command.id}.`);
  try {
    if (command.acts && !ctx.ui.trusted) {
      throw new Refusal(
        'This workspace is not trusted, so Longshore only reads in it. Trust it to run Docker commands.',
        { title: 'Manage Trust', run: () => ctx.ui.manageTrust() },
      );
    }
    await command.run(ctx, target, all);
  } catch (error) {
    await tell(ctx, error);
  } finally {
    if (command.acts) ctx.refresh();
  }
}

async function tell(ctx: Ctx, error: unknown): Promise<void> {
  if (isCancelled(error)) return;
  const { message, steps: next } = await explain(ctx, error);
  ctx.log.error(message);
  const steps = [...next, { title: 'Show Log', run: () => ctx.ui.showLog() }];
  const chosen = await ctx.ui.fail(message, ...steps.map(({ title }) => title));
  try {
    await steps.find(({ title }) => title === chosen)?.run(ctx);
  } catch (another) {
    await tell(ctx, another);
  }
}

export function isCancelled(error: unknown): boolean {
  return (error instanceof CliError || isEngineError(error)) && error.reason === 'cancelled';
}

/** What is said of an error, and what may be done about it. */
type Explained = Pick<Refusal, 'message' | 'steps'>;

async function explain(ctx: Ctx, error: unknown): Promise<Explained> {
  const port = error instanceof CliError || isEngineError(error) ? await portTaken(ctx, error.message) : undefined;
  return port ?? explainOther(ctx, error);
}

function explainOther(ctx: Ctx, error: unknown): Explained {
  if (error instanceof Refusal) return error;
  const install = (url: string): Step => ({ title: 'How to Install', run: () => ctx.ui.openExternal(url) });
  const another: Step = { title: 'Choose Docker Context', run: () => useContext.run(ctx) };
  if (error instanceof CliError) {
    if (error.reason === 'missing') {
      return {
        message: `${error.message} Install Docker, or set "longshore.docker.path".`,
        steps: [install('https://docs.docker.com/engine/install/')],
      };
    }
    if (/'compose' is not a docker command|unknown (?:shorthand )?flag/.test(error.stderr)) {
      return {
        message: 'This `docker` has no Compose plugin, which does the work here. Install the Compose plugin.',
        steps: [install('https://docs.docker.com/compose/install/')],
      };
    }
    const unreachable = /Cannot connect to the Docker daemon/i.test(error.message);
    return { message: error.message, steps: unreachable ? [another] : [] };
  }
  if (isEngineError(error) && error.reason === 'denied') {
    const advice = 'Add yourself to the group that owns the socket, or choose another context.';
    return { message: `${error.message} ${advice}`, steps: [another] };
  }
  if (isEngineError(error) && error.reason === 'unreachable') {
    return { message: `${error.message} Start it, or choose another context.`, steps: [another] };
  }
  return { message: error instanceof Error ? error.message : String(error), steps: [] };
}
