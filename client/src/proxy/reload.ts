import type { Engine, ExecResult, Replica } from '../engine/engine.js';
import { until } from '../engine/pause.js';
import { Refusal } from '../commands/refusal.js';
import { findProxy, listProcesses, readProcesses } from './program.js';
import type { ProxyProgram } from './program.js';

export interface ReloadOptions {
  /** Lines that stand before all others in the container's hosts file while the proxy looks its names up, and not any longer. */
  readonly hosts?: readonly string[];
  readonly signal?: AbortSignal;
}

/**
 * Lets the proxy in a container read its configuration, and so the addresses of its services, again: checked first, without a
 * dropped connection, and seen to be done by its new workers. Answers with the workers it had before, which finish what they
 * have. Throws `Refusal` with the proxy's own words when it will not.
 */
export async function reloadProxy(
  engine: Engine,
  replica: Replica,
  { hosts = [], signal }: ReloadOptions = {},
): Promise<readonly number[]> {
  const before = await proxyIn(engine, replica, signal);
  const { kind, check, reload, master, worker } = before;
  if (!reload) {
    throw new Refusal(
      `HAProxy in ${replica.name} runs without a master (\`-W\`, or \`master-worker\` in \`global\`), so it cannot reload. Restart it without dependencies.`,
    );
  }
  const checked = await engine.exec(replica.id, check, signal);
  if (checked.exitCode !== 0) {
    throw new Refusal(
      `${kind} in ${replica.name} refuses its configuration, so it was not reloaded: ${complaint(checked)}`,
    );
  }
  const argv = ['sh', '-c', reloadScript, 'sh', reload, String(master), worker, hosts.join('\n')];
  // The hosts file is root's, whoever the container runs as.
  const told = await engine.exec(replica.id, argv, signal, hosts.length > 0 ? root : {});
  if (told.exitCode === noWorker) {
    throw new Refusal(`${kind} in ${replica.name} took the signal and started no new worker: its log says why.`);
  }
  if (told.exitCode === oneAddress) {
    throw new Refusal(
      `${kind} in ${replica.name} cannot be reloaded without some replicas: its image takes but one address of a name from a hosts file. \`multi on\` in its /etc/host.conf would change that.`,
    );
  }
  if (told.exitCode !== 0) throw new Refusal(`${kind} in ${replica.name} was not reloaded: ${complaint(told)}`);
  return before.workers;
}

const root = { user: '0' };
const noWorker = 7;
const oneAddress = 6;

/**
 * Signals the master and waits for a worker that was not there before: by then all names are looked up. The hosts file is put back
 * by the container itself, so that it is put back though nobody listens any more.
 */
const reloadScript = `
signal=$1 master=$2 worker=$3 hosts=$4
if [ -n "$hosts" ]; then
  # The C library of Debian wants to be told to take all the addresses; that of Alpine does.
  set -- /lib/ld-musl-*
  [ -e "$1" ] || [ "$hosts" = "\${hosts%%
*}" ] || grep -qs '^ *multi  *on' /etc/host.conf || exit ${oneAddress}
  kept=$(cat /etc/hosts) || exit 9
  trap 'printf "%s\\n" "$kept" > /etc/hosts' EXIT
  trap 'exit 9' HUP INT TERM PIPE
  printf '%s\\n' "$hosts" "$kept" > /etc/hosts || exit 9
fi
before=" $(echo /proc/[0-9]*) "
kill -s "$signal" "$master" || exit 8
tries=0
while [ $tries -lt 150 ]; do
  for process in /proc/[0-9]*; do
    case $before in *" $process "*) continue ;; esac
    case $(tr '\\0\\n' '\\t ' 2>/dev/null < "$process/cmdline") in "$worker"*) exit 0 ;; esac
  done 2>/dev/null
  tries=$((tries + 1))
  sleep 0.1 2>/dev/null || sleep 1
done
exit ${noWorker}`;

/** Waits until these processes of a container have ended, at most so many milliseconds. Answers whether they have. */
export function workersEnded(
  engine: Engine,
  replica: Replica,
  pids: readonly number[],
  { atMost, signal }: { readonly atMost: number; readonly signal: AbortSignal },
): Promise<boolean> {
  return until(atMost, signal, async () => {
    const { stdout } = await engine.exec(replica.id, listProcesses, signal);
    const left = new Set(readProcesses(stdout).map(({ pid }) => pid));
    return !pids.some((pid) => left.has(pid));
  });
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
