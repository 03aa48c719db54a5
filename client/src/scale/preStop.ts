import { askCompose } from '../commands/compose.js';
import { Refusal } from '../commands/refusal.js';
import type { Ctx } from '../context.js';
import { serviceConfigArgs } from '../engine/argv.js';
import type { ComposeProject } from '../engine/argv.js';
import { isEngineError } from '../engine/engine.js';
import type { Engine, ExecOptions, Replica } from '../engine/engine.js';

/** What a file asks to be run in a container before that is stopped. */
export interface Hook extends ExecOptions {
  readonly command: readonly string[];
}

/** The `pre_stop` hooks of a service, as Compose itself reads the files. */
export async function preStopHooks(ctx: Ctx, compose: ComposeProject, service: string): Promise<readonly Hook[]> {
  return readHooks(await askCompose(ctx, compose, serviceConfigArgs(compose, service)), service);
}

/** Of `docker compose config --format json`, which doubles each `$` so that it can be read as a Compose file again. */
export function readHooks(json: string, service: string): readonly Hook[] {
  const read = JSON.parse(json, (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('$$', '$') : value,
  ) as Config;
  return (read.services?.[service]?.pre_stop ?? []).map(({ command, working_dir: workingDir, ...rest }) => ({
    command: command ?? [],
    ...(workingDir !== undefined && { workingDir }),
    ...rest,
  }));
}

interface Config {
  readonly services?: Readonly<Record<string, { readonly pre_stop?: readonly ConfigHook[] }>>;
}

interface ConfigHook extends Omit<ExecOptions, 'workingDir'> {
  readonly command?: readonly string[];
  readonly working_dir?: string;
}

/**
 * Runs the hooks of replicas that are about to be stopped, those of each one after another. Throws `Refusal` with the words of
 * the first that fails: as with Compose, its container is then not to be stopped.
 */
export async function runHooks(
  engine: Engine,
  replicas: readonly Replica[],
  hooks: readonly Hook[],
  signal: AbortSignal,
): Promise<void> {
  const outcomes = await Promise.allSettled(replicas.map((replica) => runAll(engine, replica, hooks, signal)));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

async function runAll(engine: Engine, replica: Replica, hooks: readonly Hook[], signal: AbortSignal): Promise<void> {
  try {
    for (const { command, ...how } of hooks) {
      const { exitCode, stdout, stderr } = await engine.exec(replica.id, command, signal, how);
      if (exitCode === 0) continue;
      const said = (stderr.trim() || stdout.trim()).split('\n').at(-1) || 'it does not say why';
      throw new Refusal(
        `A \`pre_stop\` hook in ${replica.name} ended with status ${exitCode}: ${said}. Nothing was stopped.`,
      );
    }
  } catch (error) {
    // It has stopped or is gone already, and then there is nothing to be done before that.
    if (!isEngineError(error) || (error.reason !== 'notFound' && error.reason !== 'conflict')) throw error;
  }
}
