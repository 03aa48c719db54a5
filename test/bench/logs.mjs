// `npm run bench:logs [REPLICAS LINES-A-SECOND SECONDS]`: many replicas that write fast, followed by us and by
// `docker compose logs -f`, one after the other on the same private Engine. Prints a table.
import { spawn } from 'node:child_process';
import { createReadStream, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { startDockerd } from '../setup/dockerd.mjs';
import { ensureImages } from '../setup/images.mjs';

const [replicas = 20, rate = 5000, seconds = 20] = process.argv.slice(2).map(Number);
const bound = 20_000;
const perBurst = Math.max(1, Math.round(rate / 10));
const bursts = seconds * 10;
const expected = replicas * perBurst * bursts;

/** Ten bursts a second; a line is its number and what an access log says, 100 characters in all. */
const words = ' 172.20.0.1 "GET /api/v1/items?page=7 HTTP/1.1" 200 512 "-" "Mozilla/5.0 (X11; Linux x86_64)" 0.012';
const writer = `a=0; while [ $a -lt ${perBurst * bursts} ]; do seq -s "$W" $a $((a + ${perBurst - 1})); a=$((a + ${perBurst})); usleep 100000; done`;
const project = 'flood';

const folder = mkdtempSync(join(tmpdir(), 'longshore-bench-'));
const file = join(folder, 'compose.yaml');
const service = {
  image: 'busybox',
  command: ['sh', '-c', writer.replaceAll('$', '$$$$')],
  environment: { W: `${words}\n` },
};
writeFileSync(file, JSON.stringify({ name: project, services: { writer: { ...service, stop_grace_period: '0s' } } }));
const consumer = 'out/bench/logsConsumer.cjs';
await build({
  entryPoints: ['test/bench/logsConsumer.ts'],
  bundle: true,
  platform: 'node',
  target: 'node20',
  loader: { '.node': 'empty' },
  outfile: consumer,
  logLevel: 'warning',
});

const engine = await startDockerd({ log: console.log });
try {
  await ensureImages(engine, ['busybox']);
  console.log(`${replicas} replicas × ${perBurst * 10} lines/s × ${seconds} s = ${expected} lines`);
  const ours = await round(followOurselves);
  const theirs = await round(followWithCompose);
  print({ Longshore: ours, 'docker compose logs -f': theirs });
} finally {
  await engine.stop();
  rmSync(folder, { recursive: true });
}

/** Starts the replicas, follows them from their first line to their last, and removes them. */
async function round(follow) {
  const compose = (...args) => engine.docker(['compose', '-f', file, ...args]);
  await compose('up', '-d', '--scale', `writer=${replicas}`);
  const started = Date.now();
  const result = await follow();
  const took = (Date.now() - started) / 1000;
  const { stdout } = await engine.docker(['inspect', '--format', '{{.State.FinishedAt}}', ...(await ids())]);
  const ended = Math.max(
    ...stdout
      .trim()
      .split('\n')
      .map((at) => Date.parse(at)),
  );
  await compose('down');
  return { ...result, took, behind: Math.max(0, (started + took * 1000 - ended) / 1000) };
}

async function ids() {
  return (await engine.docker(['ps', '-aq'])).stdout.trim().split('\n');
}

async function followOurselves() {
  const child = spawn(process.execPath, [consumer, project, String(expected), String(bound)], {
    env: { ...process.env, ...engine.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`The consumer ended with ${code}.`);
  return JSON.parse(said);
}

async function followWithCompose() {
  const output = join(folder, 'output');
  const args = ['compose', '-f', file, 'logs', '--follow', '--timestamps', '--no-color'];
  const child = spawn('docker', args, {
    env: { ...process.env, ...engine.env },
    stdio: ['ignore', openSync(output, 'w'), 'inherit'],
  });
  const usage = { cpu: 0, memory: 0 };
  // The plugin is a child of the program, and what it used is to be read while it lives.
  const sampling = setInterval(() => sample(child.pid, usage), 200);
  await new Promise((resolve) => child.on('close', resolve));
  clearInterval(sampling);
  return { ...(await judge(output)), ...usage };
}

function sample(root, usage) {
  let cpu = 0;
  let memory = 0;
  for (const pid of family(root)) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
      cpu += (Number(fields[11]) + Number(fields[12])) / 100;
      memory += Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
    } catch {
      // It has just ended.
    }
  }
  usage.cpu = Math.max(usage.cpu, cpu);
  usage.memory = Math.max(usage.memory, memory);
}

/** A process and those below it; any of its threads may have started them. */
function family(pid) {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const children = threads.flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' '),
    );
    return [pid, ...children.filter(Boolean).flatMap(family)];
  } catch {
    return [pid];
  }
}

/** Lines such as `writer-3  | 2026-11-20T15:14:27.123456789Z 17 …`. */
async function judge(output) {
  const next = new Map();
  const result = { lines: 0, violations: 0, late: 0 };
  let last = '';
  for await (const line of createInterface({ input: createReadStream(output) })) {
    const [, name, stamp, number] =
      /^(\S+)\s+\| (\S+Z) (\d+) /.exec(line) ?? /^(\S+)\s+\| (\S+Z) (\d+)$/.exec(line) ?? [];
    if (name === undefined) continue;
    result.lines++;
    if (Number(number) !== (next.get(name) ?? 0)) result.violations++;
    next.set(name, Number(number) + 1);
    if (stamp < last) result.late++;
    else last = stamp;
  }
  return result;
}

function print(columns) {
  const rows = {
    lines: ({ lines }) => `${lines} of ${expected}`,
    'out of order within a replica': ({ violations }) => String(violations),
    'out of order in the whole': ({ lines, late }) => `${((late / lines) * 100).toFixed(3)} %`,
    seconds: ({ took }) => took.toFixed(1),
    'seconds behind the last writer': ({ behind }) => behind.toFixed(1),
    'CPU seconds': ({ cpu }) => cpu.toFixed(1),
    'memory, at most': ({ memory }) => `${Math.round(memory / 1e6)} MB`,
  };
  const table = [
    ['', ...Object.keys(columns)],
    ...Object.entries(rows).map(([name, of]) => [name, ...Object.values(columns).map(of)]),
  ];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  console.log(
    table
      .map((row) =>
        row
          .map((cell, column) => cell.padEnd(widths[column]))
          .join('  ')
          .trimEnd(),
      )
      .join('\n'),
  );
}
