import { randomBytes } from 'node:crypto';
import { isEngineError } from '../engine/engine.js';
import type { Engine } from '../engine/engine.js';
import { limited } from '../engine/waiting.js';
import type { BalancedTask } from './balance.js';
import { probe } from './probe.js';
import type { ProbeAnswer, ProbeLimits, ProbePlace } from './probe.js';
import { acceptedConnections, marksIn, spreadOf, taskOf } from './spread.js';
import type { Spread } from './spread.js';

export interface ProbedService {
  readonly id: string;
  /** The node of the Engine, whose containers alone can be asked about their connections. */
  readonly here: string;
  readonly tasks: readonly BalancedTask[];
  readonly places: readonly ProbePlace[];
}

/** Sends requests and finds out which task answered each of them. Throws `EngineError` where the Engine goes away. */
export async function probeService(
  engine: Engine,
  { id, here, tasks, places }: ProbedService,
  limits: ProbeLimits,
  signal: AbortSignal,
): Promise<Spread> {
  const name = randomBytes(6).toString('hex');
  const since = Math.floor(Date.now() / 1000) - 1;
  const local = tasks.filter(({ node, state }) => node === here && state === 'running').slice(0, mostAsked);
  const before = await connections(engine, local, signal);
  const answers = await probe(places, limits, name, signal);
  const after = await connections(engine, local, signal);
  const accepted = [...after].map(
    ([container, count]) => [container, count - (before.get(container) ?? count)] as const,
  );
  const logged = await readLog(engine, { id, name, since, answers, tasks }, signal);
  return spreadOf(answers, tasks, { logged, connections: new Map(accepted) });
}

/** Each is a program run in a container. */
const mostAsked = 20;

async function connections(
  engine: Engine,
  tasks: readonly BalancedTask[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const counts = await Promise.all(
    tasks.map(async ({ containerId = '' }) => {
      try {
        const { stdout } = await engine.exec(containerId, ['cat', '/proc/net/snmp'], signal);
        return [containerId, acceptedConnections(stdout)] as const;
      } catch (error) {
        if (!isEngineError(error) || error.reason === 'cancelled') throw error;
        // An image without `cat`, or a container that has just ended.
        return [containerId, undefined] as const;
      }
    }),
  );
  return new Map(counts.flatMap(([container, count]) => (count === undefined ? [] : [[container, count] as const])));
}

interface LogQuestion {
  readonly id: string;
  readonly name: string;
  readonly since: number;
  readonly answers: readonly ProbeAnswer[];
  readonly tasks: readonly BalancedTask[];
}

/** Looks for the requests in the service's log while that still brings some; not at all where the answers have told everything. */
async function readLog(
  engine: Engine,
  { id, name, since, answers, tasks }: LogQuestion,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  let found: ReadonlyMap<string, string> = new Map();
  const isOpen = (answer: ProbeAnswer): boolean => answer.status !== undefined && !taskOf(answer, tasks, found);
  for (let left = 4; left > 0 && answers.some(isOpen); left--) {
    const before = found.size;
    let text = '';
    const options = { follow: false, since };
    try {
      await limited(5000, signal, async (limit) => {
        for await (const frames of engine.logs({ kind: 'service', id }, options, limit)) {
          for (const { data } of frames) text += data.toString();
        }
      });
    } catch (error) {
      // A log driver that cannot be read: the log then tells nothing.
      if (!isEngineError(error) || signal.aborted) throw error;
    }
    found = marksIn(text, name);
    if (found.size === before && left < 4) break;
  }
  return found;
}
