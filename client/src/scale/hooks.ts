import { askCompose } from '../commands/compose.js';
import { Refusal } from '../commands/refusal.js';
import type { Ctx } from '../context.js';
import { serviceConfigArgs } from '../engine/argv.js';
import type { ComposeProject } from '../engine/argv.js';
import { isEngineError } from '../engine/engine.js';
import type { Engine, ExecOptions, Replica } from '../engine/engine.js';

/** What a file asks to be run in a container after that has started, or before it is stopped. */
export interface Hook extends ExecOptions {
  readonly command: readonly string[];
}

/** Compose runs them where it starts, stops, restarts or removes; the Engine knows nothing of them. */
export interface Hooks {
  readonly postStart: readonly Hook[];
  readonly preStop: readonly Hook[];
}

export const noHooks: Hooks = { postStart: [], preStop: [] };

/** The hooks of a service, as Compose itself reads the files; none where there are no files, as with `docker compose -p`. */
export async function serviceHooks(ctx: Ctx, compose: ComposeProject, service: string): Promise<Hooks> {
  if (compose.files.length === 0) return noHooks;
  return readHooks(await askCompose(ctx, compose, serviceConfigArgs(compose, service)), service);
}

/** Of `docker compose config --format json`, which doubles each `$` so that it can be read as a Compose file again. */
export function readHooks(json: string, service: string): Hooks {
  const read = JSON.parse(json, (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('$$', '$') : value,
  ) as Config;
  const { post_start: postStart = [], pre_stop: preStop = [] } = read.services?.[service] ?? {};
  return { postStart: postStart.map(toHook), preStop: preStop.map(toHook) };
}

function toHook({ command = [], working_dir: workingDir, ...rest }: ConfigHook): Hook {
  return { command, ...(workingDir !== undefined && { workingDir }), ...rest };
}

interface Config {
  readonly services?: Readonly<
    Record<string, { readonly post_start?: readonly ConfigHook[]; readonly pre_stop?: readonly ConfigHook[] }>
  >;
}

interface ConfigHook extends Omit<ExecOptions, 'workingDir'> {
  readonly command?: readonly string[];
  readonly working_dir?: string;
}

/**
 * Runs the hooks of replicas that are about to be stopped, those of each one after another. Throws `Refusal` with the words of
 * the first that fails: as with Compose, its container is then not to be stopped.
 */
export async function runPreStop(
  engine: Engine,
  replicas: readonly Replica[],
  { preStop }: Hooks,
  signal: AbortSignal,
): Promise<void> {
  const outcomes = await Promise.allSettled(
    replicas.map((replica) => runAll(engine, replica, preStop, ['pre_stop', 'It was not stopped.'], signal)),
  );
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

/** Runs the hooks of a replica that has been started. Throws `Refusal` where one fails. */
export async function runPostStart(
  engine: Engine,
  replica: Replica,
  { postStart }: Hooks,
  signal: AbortSignal,
): Promise<void> {
  await runAll(engine, replica, postStart, ['post_start', 'It was started and is left running.'], signal);
}

async function runAll(
  engine: Engine,
  replica: Replica,
  hooks: readonly Hook[],
  [name, consequence]: readonly [string, string],
  signal: AbortSignal,
): Promise<void> {
  try {
    for (const { command, ...how } of hooks) {
      const { exitCode, stdout, stderr } = await engine.exec(replica.id, command, signal, how);
      if (exitCode === 0) continue;
      const said = (stderr.trim() || stdout.trim()).split('\n').at(-1) || 'it does not say why';
      throw new Refusal(`A \`${name}\` hook in ${replica.name} ended with status ${exitCode}: ${said}. ${consequence}`);
    }
  } catch (error) {
    // It has stopped or is gone already, and then there is nothing to be done in it.
    if (!isEngineError(error) || (error.reason !== 'notFound' && error.reason !== 'conflict')) throw error;
  }
}
