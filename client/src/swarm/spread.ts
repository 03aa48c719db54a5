import type { BalancedTask } from './balance.js';
import type { ProbeAnswer } from './probe.js';

/** How the answers to a probe spread over the tasks. */
export interface Spread {
  readonly sent: number;
  readonly answered: number;
  /** By what was wrong. */
  readonly failures: ReadonlyMap<string, number>;
  /** By HTTP status. */
  readonly statuses: ReadonlyMap<number, number>;
  readonly shares: readonly Share[];
  /** Answers that nothing told the task of. */
  readonly unknown: number;
}

export interface Share {
  readonly task: BalancedTask;
  readonly count: number;
  /** Connections it accepted meanwhile, others' too; undefined where its Engine is not the one asked, or it cannot say. */
  readonly connections: number | undefined;
}

export interface Told {
  /** By a request's mark: the id of the task in whose log it stands. */
  readonly logged: ReadonlyMap<string, string>;
  /** By container id. */
  readonly connections: ReadonlyMap<string, number>;
}

/**
 * No network tells which task answered, so it is found out by what can be known for sure: its container's id in the answer (it is
 * the host name that most programs show), the request in its log, or that it alone has the port on that node.
 */
export function spreadOf(answers: readonly ProbeAnswer[], tasks: readonly BalancedTask[], told: Told): Spread {
  const answered = answers.filter(({ status }) => status !== undefined);
  const counts = new Map<string, number>();
  let unknown = 0;
  for (const answer of answered) {
    const task = taskOf(answer, tasks, told.logged);
    if (task) counts.set(task.id, (counts.get(task.id) ?? 0) + 1);
    else unknown++;
  }
  return {
    sent: answers.length,
    answered: answered.length,
    failures: countBy(answers.flatMap(({ error }) => error ?? [])),
    statuses: countBy(answered.flatMap(({ status }) => status ?? [])),
    shares: tasks
      .filter(({ state, id }) => state === 'running' || counts.has(id))
      .map((task) => ({
        task,
        count: counts.get(task.id) ?? 0,
        connections: told.connections.get(task.containerId ?? ''),
      })),
    unknown,
  };
}

/** The task that is sure to have answered. */
export function taskOf(
  { text, mark, place }: ProbeAnswer,
  tasks: readonly BalancedTask[],
  logged: ReadonlyMap<string, string>,
): BalancedTask | undefined {
  const named = tasks.filter(({ containerId }) => containerId && text.includes(containerId.slice(0, 12)));
  if (named.length === 1) return named[0];
  const byLog = tasks.find(({ id }) => id === logged.get(mark));
  if (byLog) return byLog;
  const alone = tasks.filter(
    ({ node, hostPorts, state }) =>
      state === 'running' && node === place.node && hostPorts.some(({ published }) => published === place.port),
  );
  return alone.length === 1 ? alone[0] : undefined;
}

/** Connections that a container has accepted since it started, from its `/proc/net/snmp`; undefined where it says nothing. */
export function acceptedConnections(snmp: string): number | undefined {
  const [names, values] = snmp
    .split('\n')
    .filter((line) => line.startsWith('Tcp:'))
    .map((line) => line.split(/\s+/));
  const value = values?.[names?.indexOf('PassiveOpens') ?? -1];
  return value === undefined ? undefined : Number(value);
}

/** The tasks in whose log lines the marks stand, as a service's log with details has them. */
export function marksIn(text: string, name: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split('\n')) {
    const task = /com\.docker\.swarm\.task\.id=(\w+)/.exec(line)?.[1];
    const at = line.indexOf(`${name}-`);
    const mark = at < 0 ? undefined : /^[\w-]+\./.exec(line.slice(at))?.[0];
    if (task !== undefined && mark !== undefined) found.set(mark, task);
  }
  return found;
}

function countBy<T>(items: readonly T[]): ReadonlyMap<T, number> {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
