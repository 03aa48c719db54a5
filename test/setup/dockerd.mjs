// Docker Engines for tests: each on a machine of its own, never the one this computer runs.
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { ensureDebian, unpackDebian } from './apt.mjs';
import { ensureDockerCli, ensureNewDocker } from './dockerCli.mjs';
import { answers } from './findDocker.mjs';
import { childrenOf, startMachines } from './machines.mjs';
import { run, until } from './proc.mjs';

/** The Engines that tests run on: Debian 12's 20.10, and the one of its next releases (28 or newer). */
export const engineVersions = /** @type {const} */ (['20.10', '28']);

/**
 * @typedef {'20.10' | '28'} EngineVersion
 *
 * @typedef {object} Engine
 * @property {string} name host name of its machine, such as `node1`
 * @property {string} version as the Engine says it
 * @property {string} address where its published ports answer; never localhost
 * @property {string} socket path of its socket
 * @property {string} host for DOCKER_HOST
 * @property {Record<string, string>} env finds the Engine and the docker CLI: DOCKER_HOST, the plugins, PATH
 * @property {import('./machines.mjs').Machine} machine
 * @property {string} logFile what dockerd says
 * @property {(args: readonly string[], options?: object) => Promise<{ code: number, stdout: string, stderr: string }>} docker
 *   runs the docker CLI (with Compose) against it; options of `run`
 * @property {() => number} pid dockerd's process id, for pausing it with SIGSTOP
 * @property {() => Promise<void>} kill ends dockerd at once, as a crash does; its containers' processes stay
 * @property {() => Promise<void>} shutDown ends dockerd as a service manager does
 * @property {() => Promise<void>} start starts dockerd again after `kill` or `shutDown`
 * @property {() => Promise<void>} stop ends everything and removes it
 */

/**
 * What is added to daemon.json, or what answers that for its machine. `hosts` are listened on besides the socket.
 * @typedef {object | ((machine: import('./machines.mjs').Machine) => Promise<object>)} EngineConfig
 */

/** The programs of an Engine, in the order of PATH. Throws a sentence when they cannot be had here. */
export async function ensureEngine(version, { log }) {
  const old = await unpackDebian('docker-old', ['bookworm'], ['docker.io', 'containerd', 'runc'], { log });
  const folders = version === '28' ? [await ensureNewDocker({ log }), old] : [old];
  const path = folders.flatMap((folder) => [join(folder, 'usr/sbin'), join(folder, 'usr/bin')]);
  const programs = [join(path[0], 'dockerd'), join(old, 'usr/bin/containerd'), join(old, 'usr/sbin/runc')];
  await ensureLibraries(programs, log);
  return { dockerd: programs[0], path };
}

async function ensureLibraries(programs, log) {
  const missing = async () => {
    const answers = await Promise.all(programs.map((program) => run('ldd', [program], { check: false })));
    return answers.some((answer) => answer.stdout.includes('not found'));
  };
  if (!(await missing())) return;
  const packages = ['libdevmapper1.02.1', 'libseccomp2', 'libsystemd0'];
  await ensureDebian(packages, { log, unless: ['libraries-of-dockerd'] }).catch(() => {});
  if (await missing()) throw new Error(`The Engine needs libraries: \`apt-get install ${packages.join(' ')}\`.`);
}

/**
 * One Engine on a machine of its own.
 * @param {{ name?: string, version?: EngineVersion, config?: EngineConfig, log?: (line: string) => void }} [options]
 * @returns {Promise<Engine>}
 */
export async function startDockerd({ name = 'engine', version = '28', config = {}, log = () => {} } = {}) {
  const [engine] = await startEngines([{ name, version, config }], { log });
  return engine;
}

/**
 * Engines on machines that see each other. Stopping any of them with `stop` stops all.
 * @param {readonly { name: string, version?: EngineVersion, config?: EngineConfig }[]} wanted
 * @returns {Promise<Engine[]>}
 */
export async function startEngines(wanted, { log }) {
  const cli = await ensureDockerCli({ log });
  const programs = [];
  for (const { version = '28' } of wanted) programs.push(await ensureEngine(version, { log }));
  const lab = await startMachines(
    wanted.map(({ name }) => name),
    { log },
  );
  try {
    return await Promise.all(
      wanted.map(({ config }, index) => startEngine(lab, lab.machines[index], programs[index], config ?? {}, cli)),
    );
  } catch (error) {
    await lab.stop();
    throw error;
  }
}

async function startEngine(lab, machine, { dockerd, path }, wanted, cli) {
  const { hosts = [], ...config } = typeof wanted === 'function' ? await wanted(machine) : wanted;
  const socket = join(machine.folder, 'docker.sock');
  const logFile = join(machine.folder, 'dockerd.log');
  const configFile = join(machine.folder, 'daemon.json');
  writeFileSync(
    configFile,
    JSON.stringify({
      'data-root': join(machine.folder, 'data'),
      'cgroup-parent': machine.cgroup,
      // Never ask the real machine's service manager for anything.
      'exec-opts': ['native.cgroupdriver=cgroupfs'],
      'default-address-pools': [{ base: '172.20.0.0/14', size: 24 }],
      ...config,
    }),
  );
  const env = {
    ...cli.env,
    DOCKER_HOST: `unix://${socket}`,
    PATH: [dirname(cli.docker), process.env.PATH].join(delimiter),
  };
  let process_;
  const ended = () => until('dockerd did not end', () => process_.exitCode !== null || process_.signalCode !== null);
  const pid = () => {
    const [found] = childrenOf(process_.pid);
    if (found === undefined) throw new Error(`dockerd of ${machine.name} does not run.`);
    return found;
  };
  const start = async () => {
    rmSync(socket, { force: true });
    const output = openSync(logFile, 'a');
    process_ = machine.spawn(
      dockerd,
      ['--config-file', configFile, ...[`unix://${socket}`, ...hosts].flatMap((host) => ['-H', host])],
      {
        stdio: ['ignore', output, output],
        env: { ...process.env, PATH: [...path, process.env.PATH].join(':') },
      },
    );
    closeSync(output);
    process_.unref();
    await until(`dockerd of ${machine.name} did not answer`, async () => {
      if (process_.exitCode !== null) throw new Error(`dockerd did not start:\n${lastLines(logFile)}`);
      return existsSync(socket) && (await answers(socket));
    });
  };
  await start();
  const docker = (args, options = {}) => run(cli.docker, args, { ...options, env: { ...env, ...options.env } });
  const { stdout } = await docker(['version', '--format', '{{.Server.Version}}']);
  return {
    name: machine.name,
    version: stdout.trim(),
    address: machine.address,
    socket,
    host: env.DOCKER_HOST,
    env,
    machine,
    logFile,
    docker,
    pid,
    start,
    kill: () => end(pid(), 'SIGKILL', ended),
    shutDown: () => end(pid(), 'SIGTERM', ended),
    stop: lab.stop,
  };
}

async function end(pid, signal, ended) {
  process.kill(pid, signal);
  await ended();
}

function lastLines(file) {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-8).join('\n');
}
