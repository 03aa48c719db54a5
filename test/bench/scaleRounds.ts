import { startDockerd } from '../setup/dockerd.mjs';
import type { Engine as TestEngine } from '../setup/dockerd.mjs';
import { ensureImages } from '../setup/images.mjs';
import { startLoad } from '../support/load.js';
import type { LoadResult } from '../support/load.js';
import { images, openScaling, projects, withKeptConnections } from '../support/scaling.js';
import type { ProxiedProject, ScalingWorld } from '../support/scaling.js';

const steps = [6, 18, 2];
const leastRequests = 20_000;
const rate = 400;

interface Round extends LoadResult {
  /** By step: how long the command took, in milliseconds. */
  readonly took: readonly number[];
  /** Milliseconds from healthy to its first request, of each new replica; sorted. None for those that got none. */
  readonly waits: readonly number[];
  readonly unused: number;
}

void main(process.argv[2] ?? '', process.argv.slice(3));

async function main(folder: string, wanted: readonly string[]): Promise<void> {
  const docker = await startDockerd({ log: console.log });
  try {
    await ensureImages(docker, images, { log: console.log });
    const kinds = (['nginx', 'haproxy'] as const).filter(
      (kind) => !(['nginx', 'haproxy'] as const).some((one) => wanted.includes(one)) || wanted.includes(kind),
    );
    const kept = wanted.includes('keep-alive') ? [true] : [false];
    for (const kind of kinds) {
      for (const keepAlive of kept) {
        const project = keepAlive ? withKeptConnections(projects[kind], folder) : projects[kind];
        const ours = await round(docker, project, keepAlive, (world, count) => world.scale(count));
        const theirs = await round(docker, project, keepAlive, scaleAndRestart(project));
        console.log(
          `\n${kind}${keepAlive ? ', kept connections' : ''}: 2 → ${steps.join(' → ')} replicas at ${rate} requests/s`,
        );
        print({ Longshore: ours, [`up --scale, restart ${project.proxy.service}`]: theirs });
      }
    }
  } finally {
    await docker.stop();
  }
}

/** As one does in a terminal. */
function scaleAndRestart({ service, proxy }: ProxiedProject) {
  return async (world: ScalingWorld, count: number): Promise<void> => {
    await world.compose('up', '--detach', '--scale', `${service}=${count}`);
    await world.compose('restart', proxy.service);
  };
}

async function round(
  docker: TestEngine,
  project: ProxiedProject,
  keepAlive: boolean,
  scale: (world: ScalingWorld, count: number) => Promise<unknown>,
): Promise<Round> {
  const world = await openScaling(docker, project);
  await world.compose('up', '--detach', '--wait', '--scale', `${project.service}=2`);
  const done = new AbortController();
  const healthy = new Map<string, number>();
  const listening = listen(world, project.service, healthy, done.signal);
  const load = startLoad(`http://${docker.address}:${project.port}/`, { rate, keepAlive });
  const share = leastRequests / (steps.length + 1);
  await load.atLeast(share / 2);
  const took: number[] = [];
  for (const count of steps) {
    const started = Date.now();
    await scale(world, count);
    took.push(Date.now() - started);
    const replicas = await world.replicas();
    if (replicas.length !== count) throw new Error(`${replicas.length} replicas instead of ${count}.`);
    await load.atLeast(load.requests + share / 2);
  }
  await load.atLeast(leastRequests);
  const result = await load.stop();
  done.abort();
  await listening;
  await world.compose('down', '--timeout=0');
  const seen = [...healthy].map(([id, at]) => ({ at, first: load.firstSeen.get(id.slice(0, 12)) }));
  const waits = seen.flatMap(({ at, first }) => (first === undefined ? [] : Math.max(0, first - at)));
  return { ...result, took, waits: waits.sort((a, b) => a - b), unused: seen.length - waits.length };
}

/** When each new replica became healthy, by the Engine's events. */
async function listen(
  { engine }: ScalingWorld,
  service: string,
  healthy: Map<string, number>,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const { action, attributes, id } of await engine.events({}, signal)) {
      if (attributes['com.docker.compose.service'] !== service) continue;
      if (action === 'health_status: healthy' && !healthy.has(id)) healthy.set(id, Date.now());
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function print(columns: Readonly<Record<string, Round>>): void {
  const at = (values: readonly number[], share: number): number =>
    values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
  const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
  const rows: Readonly<Record<string, (round: Round) => string>> = {
    requests: ({ requests }) => String(requests),
    failed: ({ failed }) => String([...failed.values()].reduce((sum, count) => sum + count, 0)),
    'of which': ({ failed }) => [...failed].map(([what, count]) => `${count} ${what}`).join(', ') || '-',
    repeated: ({ repeated }) => String(repeated),
    'answer, half within': ({ latencies }) => `${at(latencies, 0.5).toFixed(1)} ms`,
    'answer, 99 % within': ({ latencies }) => `${at(latencies, 0.99).toFixed(1)} ms`,
    'first request after healthy, half within': ({ waits }) => seconds(at(waits, 0.5)),
    'first request after healthy, at most': ({ waits }) => seconds(at(waits, 1)),
    'new replicas without a request': ({ unused }) => String(unused),
    ...Object.fromEntries(steps.map((count, index) => [`to ${count}`, ({ took }: Round) => seconds(took[index] ?? 0)])),
  };
  const table = [
    ['', ...Object.keys(columns)],
    ...Object.entries(rows).map(([name, of]) => [name, ...Object.values(columns).map(of)]),
  ];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}
