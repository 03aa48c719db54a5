// Small machines of our own on this one: each has its own network, mounts, processes and host name, so whatever runs on
// it (an Engine and its containers) ends with it, and nothing on the real machine is touched.
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { ensureDebian } from './apt.mjs';
import { isAlive, locked } from './cache.mjs';
import { run, until } from './proc.mjs';

const labsFolder = '/var/tmp';
const prefix = 'lsh-';

/** What a machine does first: a /run and an /etc of its own, then it only lives and reaps. */
const holderScript = `
set -e
mount -t tmpfs tmpfs /run
mkdir /run/etc /run/etc-work
mount -t overlay overlay -o lowerdir=/etc,upperdir=/run/etc,workdir=/run/etc-work /etc
hostname "$1"
: > "$2"
set +e
while :; do sleep 3600 & wait $!; done
`;

/**
 * @typedef {object} Machine
 * @property {string} name its host name
 * @property {string} address reachable from this machine and from its siblings
 * @property {string} folder its files, on the real disk
 * @property {string} cgroup the parent cgroup for whatever runs on it
 * @property {(command: string, args: readonly string[], options?: import('node:child_process').SpawnOptions) => import('node:child_process').ChildProcess} spawn
 * @property {(command: string, args: readonly string[]) => Promise<{ code: number, stdout: string, stderr: string }>} run
 *
 * Starts machines that see each other and are seen from here. They end with `stop()`, with this process, or, when this
 * process was killed, with the next call of `sweepMachines`.
 * @param {readonly string[]} names
 * @param {{ log: (line: string) => void }} options
 * @returns {Promise<{ machines: Machine[], stop: () => Promise<void> }>}
 */
export async function startMachines(names, { log }) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Error('Test machines need Linux and root: run the tests as root to include the Docker suites.');
  }
  await ensureDebian(['iproute2', 'iptables'], { log, unless: ['ip', 'iptables'] });
  sweepMachines();
  const folder = mkdtempSync(join(labsFolder, prefix));
  writeFileSync(join(folder, 'owner'), String(process.pid));
  const holders = [];
  const remove = () => {
    process.off('exit', remove);
    for (const holder of holders) holder.kill('SIGKILL');
    removeLab(folder);
  };
  process.on('exit', remove);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) endOn(signal);
  try {
    const subnet = await connect(folder, names);
    const machines = [];
    for (const [index, name] of names.entries()) {
      const { holder, machine } = await startMachine(folder, name, `${subnet}.${index + 10}`);
      holders.push(holder);
      machines.push(machine);
    }
    return { machines, stop: async () => remove() };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Removes the machines whose owners were killed before they could. */
export function sweepMachines() {
  for (const name of readdirSync(labsFolder).filter((each) => each.startsWith(prefix))) {
    const folder = join(labsFolder, name);
    const owner = join(folder, 'owner');
    if (existsSync(owner) && !isAlive(Number(readFileSync(owner, 'utf8')))) removeLab(folder);
  }
}

/** One switch in a network of its own, one cable to each machine and one to here. Answers the subnet's first three bytes. */
async function connect(folder, names) {
  const id = basename(folder);
  const hub = `${id}-switch`;
  const ip = (...args) => run('ip', args);
  await ip('netns', 'add', hub);
  await ip('-n', hub, 'link', 'add', 'switch', 'type', 'bridge');
  await ip('-n', hub, 'link', 'set', 'switch', 'up');
  const plug = async (port) => {
    await ip('-n', hub, 'link', 'set', port, 'master', 'switch');
    await ip('-n', hub, 'link', 'set', port, 'up');
  };
  const subnet = await locked('subnet', async () => {
    const { stdout } = await ip('-o', '-4', 'address', 'show');
    const free = Array.from({ length: 250 }, (_, n) => `10.213.${n + 1}`).find((each) => !stdout.includes(`${each}.`));
    if (!free) throw new Error('No free subnet is left for test machines.');
    await ip('link', 'add', id, 'type', 'veth', 'peer', 'name', 'uplink', 'netns', hub);
    await ip('address', 'add', `${free}.1/24`, 'dev', id);
    return free;
  });
  await ip('link', 'set', id, 'up');
  await plug('uplink');
  for (const [index, name] of names.entries()) {
    const space = `${id}-${name}`;
    await ip('netns', 'add', space);
    await ip('link', 'add', 'eth0', 'netns', space, 'type', 'veth', 'peer', 'name', `port${index}`, 'netns', hub);
    await ip('-n', space, 'address', 'add', `${subnet}.${index + 10}/24`, 'dev', 'eth0');
    await ip('-n', space, 'link', 'set', 'eth0', 'up');
    await ip('-n', space, 'link', 'set', 'lo', 'up');
    await plug(`port${index}`);
  }
  return subnet;
}

async function startMachine(labFolder, name, address) {
  const folder = join(labFolder, name);
  mkdirSync(folder);
  const ready = join(folder, 'ready');
  const space = `--net=/run/netns/${basename(labFolder)}-${name}`;
  const apart = ['--mount', '--uts', '--ipc', '--pid', '--fork', '--mount-proc', '--kill-child'];
  const holder = spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', 'nsenter', space, 'unshare', ...apart, 'sh', '-c', holderScript, 'sh', name, ready],
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  const said = [];
  holder.stderr.on('data', (chunk) => said.push(chunk));
  await until(`Machine ${name} did not start`, () => {
    if (holder.exitCode !== null) throw new Error(`Namespaces cannot be made here: ${Buffer.concat(said)}`);
    return existsSync(ready);
  });
  holder.unref();
  const [inside] = childrenOf(holder.pid);
  const enter = ['nsenter', '-t', String(inside), '-m', '-u', '-i', '-n', '-p', '--'];
  return {
    holder,
    machine: {
      name,
      address,
      folder,
      cgroup: `/${basename(labFolder)}`,
      spawn: (command, args, options = {}) =>
        spawn('setpriv', ['--pdeathsig', 'KILL', ...enter, command, ...args], { ...options, detached: true }),
      run: (command, args) => run(enter[0], [...enter.slice(1), command, ...args]),
    },
  };
}

/** The process ids, as seen from here, of the children of a process. */
export function childrenOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Synchronous, because it also runs while this process exits. The processes have ended or were just told to. */
function removeLab(folder) {
  const id = basename(folder);
  const spaces = existsSync('/run/netns') ? readdirSync('/run/netns').filter((each) => each.startsWith(`${id}-`)) : [];
  for (const space of spaces) {
    const pids = spawnSync('ip', ['netns', 'pids', space], { encoding: 'utf8' }).stdout?.split('\n') ?? [];
    for (const pid of pids.filter(Boolean)) endProcess(Number(pid));
    spawnSync('ip', ['netns', 'delete', space]);
  }
  spawnSync('ip', ['link', 'delete', id]);
  for (const hierarchy of ['', ...cgroupHierarchies()]) removeCgroup(join('/sys/fs/cgroup', hierarchy, id));
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

function endProcess(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function cgroupHierarchies() {
  return existsSync('/sys/fs/cgroup') ? readdirSync('/sys/fs/cgroup') : [];
}

function removeCgroup(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeCgroup(join(folder, entry.name));
  }
  for (let tries = 50; existsSync(folder) && tries > 0; tries--) {
    try {
      rmdirSync(folder);
    } catch {
      // Its last process is still ending.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
  }
}

/** Lets a signal end this process by way of its `exit` event. */
function endOn(signal) {
  if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(130));
}
