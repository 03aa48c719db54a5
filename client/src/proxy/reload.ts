import type { Engine, ExecResult, Replica } from '../engine/engine.js';
import { Refusal } from '../commands/refusal.js';
import { findProxy, listProcesses } from './program.js';
import type { ProxyProgram } from './program.js';

/**
 * Lets the proxy in a container read its configuration, and so the addresses of its services, again: checked first, without a
 * dropped connection, and seen to be done by its new workers. Throws `Refusal` with the proxy's own words when it will not.
 */
export async function reloadProxy(engine: Engine, replica: Replica, signal?: AbortSignal): Promise<ProxyProgram> {
  const before = await proxyIn(engine, replica, signal);
  const { kind, check, reload } = before;
  if (!reload) {
    throw new Refusal(
      `HAProxy in ${replica.name} was started without \`-W\`, so it cannot reload. Restart it without dependencies.`,
    );
  }
  const checked = await engine.exec(replica.id, check, signal);
  if (checked.exitCode !== 0) {
    throw new Refusal(
      `${kind} in ${replica.name} refuses its configuration, so it was not reloaded: ${complaint(checked)}`,
    );
  }
  const told = await engine.exec(replica.id, reload, signal);
  if (told.exitCode !== 0) throw new Refusal(`${kind} in ${replica.name} was not reloaded: ${complaint(told)}`);
  for (let attempt = 0; attempt < 50; attempt++) {
    const after = await proxyIn(engine, replica, signal);
    if (after.workers.some((pid) => !before.workers.includes(pid))) return after;
  }
  throw new Refusal(`${kind} in ${replica.name} took the signal and started no new worker: its log says why.`);
}

/** Throws `Refusal` where no proxy runs in it. */
export async function proxyIn(engine: Engine, replica: Replica, signal?: AbortSignal): Promise<ProxyProgram> {
  const { stdout } = await engine.exec(replica.id, listProcesses, signal);
  const program = findProxy(stdout);
  if (!program) throw new Refusal(`Neither nginx nor HAProxy runs in ${replica.name}.`);
  return program;
}

/** The line that says what is wrong; both programs write others around it. */
function complaint({ stderr, stdout }: ExecResult): string {
  const lines = `${stderr}\n${stdout}`
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return lines.find((line) => /\[(?:emerg|ALERT|alert|error)\]/.test(line)) ?? lines.at(-1) ?? 'it does not say why.';
}
