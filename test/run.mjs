// `npm test`: gets what the suites need and runs them, each in a process group of its own.
// `npm test -- unit lsp` runs some of them, `--filter TEXT` the files or tests with TEXT in their name.
import { dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { bundleTests, testFiles } from './setup/bundleTests.mjs';
import { ensureChromium } from './setup/chromium.mjs';
import { ensureEngine, engineVersions } from './setup/dockerd.mjs';
import { ensureDockerCli } from './setup/dockerCli.mjs';
import { endGroup, spawnGroup } from './setup/group.mjs';
import { startMachines, sweepMachines } from './setup/machines.mjs';
import { ensureNodeModules } from './setup/nodeModules.mjs';
import { ensureHaproxy, ensureNginx } from './setup/proxies.mjs';
import { countsMark } from './setup/reporter.mjs';
import { ensureVsix } from './setup/vsix.mjs';
import { ensureWebServer } from './setup/webServer.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const log = (line) => console.log(`  … ${line}`);
const inCi = /^(1|true)$/i.test(process.env.CI ?? '');

/** Each is made once; a suite whose part cannot be had is skipped with what `ensure` throws. */
const parts = {
  dockerCli: once(() => ensureDockerCli({ log })),
  proxies: once(() => Promise.all([ensureNginx({ log }), ensureHaproxy({ log })])),
  engines: once(async () => {
    for (const version of engineVersions) await ensureEngine(version, { log });
    const lab = await startMachines(['probe'], { log });
    await lab.stop();
  }),
  chromium: once(() => ensureChromium({ log })),
  webServer: once(() => ensureWebServer({ log })),
};

/** The suites that look at the packed extension find it here. That it cannot be packed is a failure, no missing part. */
const pack = once(async () => {
  const { file, folder } = await ensureVsix(root, { log });
  process.env.LONGSHORE_VSIX = file;
  process.env.LONGSHORE_EXTENSION = folder;
});

/**
 * Suites that compute run beside those that mostly wait for Engines, each in this order; then the editor alone.
 * `commands` are run as they are; otherwise a suite is test/NAME/**\/*.test.ts.
 * Where Engines, swarms and an editor share a busy machine, a file that fails has a second attempt, and that is said.
 */
const suites = [
  { name: 'lint', title: 'Lint and types', lane: 'compute', minutes: 10, commands: ['lint', 'typecheck'] },
  { name: 'build', title: 'Bundles', lane: 'compute', minutes: 5, commands: ['build'] },
  { name: 'unit', title: 'Units', lane: 'compute', minutes: 8 },
  { name: 'lsp', title: 'Language server over real streams', lane: 'compute', minutes: 8 },
  {
    name: 'tools',
    title: 'Compared with docker, nginx and haproxy',
    lane: 'compute',
    minutes: 12,
    needs: ['dockerCli', 'proxies'],
  },
  { name: 'package', title: 'The packed extension', lane: 'compute', minutes: 6, packed: true },
  {
    name: 'docker',
    title: 'Real Docker Engines',
    lane: 'wait',
    minutes: 15,
    needs: ['dockerCli', 'engines'],
    attempts: 2,
  },
  { name: 'swarm', title: 'Real swarms', lane: 'wait', minutes: 15, needs: ['dockerCli', 'engines'], attempts: 2 },
  {
    name: 'editor',
    title: 'Real VS Code',
    lane: 'alone',
    minutes: 15,
    needs: ['chromium', 'webServer'],
    packed: true,
    attempts: 2,
  },
];

const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    running.forEach(endGroup);
    process.exit(130);
  });
}

process.exitCode = await main(process.argv.slice(2));

async function main(args) {
  const { chosen, filter } = parse(args);
  const unknown = chosen.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    console.error(`No suite is called ${unknown.join(', ')}. There are ${suites.map(({ name }) => name).join(', ')}.`);
    return 2;
  }
  await ensureNodeModules(root, { log });
  const total = { passed: 0, failed: 0, skipped: 0 };
  const summary = [];
  const asked = suites.filter(({ name }) => chosen.length === 0 || chosen.includes(name));
  const inLane = async (name) => {
    for (const suite of asked.filter(({ lane }) => lane === name)) {
      const started = Date.now();
      const say = (line) => console.log(`${suite.name.padEnd(8)}${line}`);
      say(`== ${suite.title}`);
      const result = await runSuite(suite, filter, say).catch((error) => failed(error.message, say));
      for (const kind of Object.keys(total)) total[kind] += result[kind];
      const counts = `${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped`;
      const line = `${counts} in ${((Date.now() - started) / 1000).toFixed(1)} s`;
      say(line);
      summary.push(`  ${suite.name.padEnd(9)}${line}`);
    }
  };
  const later = asked.filter(({ lane }) => lane === 'alone').flatMap(({ needs }) => needs);
  await Promise.all([inLane('compute').then(() => get(later)), inLane('wait')]);
  await inLane('alone');
  console.log(`\n${summary.join('\n')}\n`);
  if (total.passed + total.failed + total.skipped === 0) {
    console.log('No test was executed.');
    total.failed++;
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed > 0 ? 1 : 0;
}

function parse(args) {
  const at = args.indexOf('--filter');
  if (at < 0) return { chosen: args, filter: undefined };
  return { chosen: [...args.slice(0, at), ...args.slice(at + 2)], filter: args[at + 1] };
}

async function runSuite({ name, minutes, commands, needs = [], packed = false, attempts = 1 }, filter, say) {
  const program = { minutes, say };
  if (commands) return filter ? none() : runCommands(commands, program);
  const all = testFiles(root, name);
  const named = all.filter((file) => filter === undefined || relative(root, file).includes(filter));
  const files = named.length > 0 ? named : all;
  if (files.length === 0) return none();
  const missing = await get(needs);
  if (missing !== undefined) {
    say(`  skipped: ${missing}`);
    return inCi ? failed(`In CI nothing may be skipped.`, say) : { ...none(), skipped: 1 };
  }
  if (packed) await pack();
  const bundles = await bundleTests(root, name, files);
  const byName = filter !== undefined && named.length === 0;
  const result = none();
  let left = files.map((source, index) => ({ source, bundle: bundles[index] }));
  for (let attempt = 1; left.length > 0; attempt++) {
    const { code, counts } = await runTests(left, program, byName ? [`--test-name-pattern=${filter}`] : []);
    if (counts === undefined) return failed(`The suite ended with ${code} and without its counts.`, say);
    const hasFailed = ({ source, bundle }) => (counts[source] ?? counts[bundle])?.failed > 0;
    left = attempt < attempts ? left.filter(hasFailed) : [];
    const again = left.flatMap(({ source, bundle }) => [source, bundle]);
    for (const [file, of] of Object.entries(counts)) {
      if (!again.includes(file)) for (const kind of Object.keys(of)) result[kind] += of[kind];
    }
    if (code !== 0 && Object.values(counts).every((of) => of.failed === 0)) result.failed++;
    for (const { source } of left) say(`  a second attempt at ${relative(root, source)}`);
  }
  if (byName) return { ...result, skipped: 0 };
  return result.passed + result.failed === 0 ? failed('No test of this suite was executed.', say) : result;
}

/** Runs test files one after another; the counts are by file. */
function runTests(tests, program, flags) {
  const reporter = join(root, 'test/setup/reporter.mjs');
  const files = tests.map(({ bundle }) => bundle);
  const args = ['--test', `--test-reporter=${reporter}`, '--test-concurrency=1', ...flags, ...files];
  return runGroup(process.execPath, args, program, { NODE_OPTIONS: '--enable-source-maps' });
}

async function runCommands(scripts, program) {
  const result = none();
  for (const script of scripts) {
    const { code } = await runGroup('npm', ['run', '--silent', script], program);
    if (code === 0) result.passed++;
    else result.failed++;
    program.say(`  npm run ${script}: ${code === 0 ? 'ok' : 'failed'}`);
  }
  return result;
}

/** Gets parts; answers the sentence of the first that cannot be had. */
async function get(needs) {
  for (const need of needs) {
    try {
      await parts[need]();
    } catch (error) {
      return error.message;
    }
  }
  return undefined;
}

function once(work) {
  let result;
  return () => (result ??= work());
}

/**
 * Runs a program to its end or to its time limit; whatever it left running ends with it. `say` is given its lines.
 */
function runGroup(command, args, { minutes, say }, env = {}) {
  return new Promise((resolve) => {
    let counts;
    const options = { cwd: root, env: { ...process.env, ...env }, stdout: 'pipe', stderr: 'pipe' };
    const child = spawnGroup(command, args, options);
    running.add(child);
    const timer = setTimeout(() => {
      say(`  ended after its limit of ${minutes} minutes`);
      endGroup(child);
    }, minutes * 60_000);
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith(countsMark)) counts = JSON.parse(line.slice(countsMark.length));
      else say(line);
    });
    createInterface({ input: child.stderr }).on('line', say);
    child.on('exit', () => {
      clearTimeout(timer);
      endGroup(child);
      running.delete(child);
      sweepMachines();
    });
    child.on('close', (code) => resolve({ code, counts }));
  });
}

function none() {
  return { passed: 0, failed: 0, skipped: 0 };
}

function failed(why, say) {
  say(`  ${why}`);
  return { ...none(), failed: 1 };
}
