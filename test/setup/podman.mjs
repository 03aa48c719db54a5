// Podman's Docker-compatible service on a test machine, from Debian's packages without installing them.
import { closeSync, existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { debianRelease, unpackDebian } from './apt.mjs';
import { ensureDockerCli } from './dockerCli.mjs';
import { ensureEngine } from './dockerd.mjs';
import { startMachines } from './machines.mjs';
import { run, until } from './proc.mjs';

const packages = [
  'podman',
  'conmon',
  'netavark',
  'aardvark-dns',
  'catatonit',
  'golang-github-containers-common',
  'golang-github-containers-image',
  'libgpgme11',
  'libassuan0',
  'libsubid4',
];

/**
 * @param {{ log?: (line: string) => void }} [options]
 * @returns {Promise<Pick<import('./dockerd.mjs').Engine, 'machine' | 'env' | 'docker' | 'stop'>>} throws a sentence where Podman
 *   cannot be had or does not run here
 */
export async function startPodman({ log = () => {} } = {}) {
  const cli = await ensureDockerCli({ log });
  const unpacked = await unpackDebian('podman', [debianRelease(), 'bookworm'], packages, { log });
  // Debian's crun refuses a machine with both versions of control groups; its runc does not.
  const { path } = await ensureEngine('20.10', { log });
  const runc = path.map((folder) => join(folder, 'runc')).find(existsSync);
  const lab = await startMachines(['podman'], { log });
  try {
    const [machine] = lab.machines;
    const file = (...path) => join(unpacked, ...path);
    const libraries = file('usr/lib', `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`);
    const config = join(machine.folder, 'containers.conf');
    writeFileSync(
      config,
      `[containers]
seccomp_profile = "${file('usr/share/containers/seccomp.json')}"
[engine]
cgroup_manager = "cgroupfs"
conmon_path = ["${file('usr/bin/conmon')}"]
events_logger = "file"
helper_binaries_dir = ["${file('usr/lib/podman')}"]
init_path = "${file('usr/bin/catatonit')}"
runtime = "runc"
[engine.runtimes]
runc = ["${runc}"]
[network]
network_backend = "netavark"
network_config_dir = "${join(machine.folder, 'networks')}"
`,
    );
    await machine.run('sh', [
      '-c',
      'mkdir -p /etc/containers && cp "$1" /etc/containers/',
      'sh',
      file('etc/containers/policy.json'),
    ]);
    const socket = join(machine.folder, 'podman.sock');
    const logFile = join(machine.folder, 'podman.log');
    const output = openSync(logFile, 'a');
    const places = [
      '--root',
      join(machine.folder, 'storage'),
      '--runroot',
      '/run/containers',
      '--tmpdir',
      '/run/libpod',
    ];
    mkdirSync(join(machine.folder, 'networks'));
    const child = machine.spawn(
      file('usr/bin/podman'),
      [...places, 'system', 'service', '--time=0', `unix://${socket}`],
      {
        stdio: ['ignore', output, output],
        env: {
          ...process.env,
          CONTAINERS_CONF: config,
          LD_LIBRARY_PATH: libraries,
        },
      },
    );
    closeSync(output);
    child.unref();
    const env = {
      ...cli.env,
      DOCKER_HOST: `unix://${socket}`,
      PATH: [dirname(cli.docker), process.env.PATH].join(delimiter),
    };
    const docker = (args, options = {}) => run(cli.docker, args, { ...options, env: { ...env, ...options.env } });
    await until(
      `Podman did not answer (${logFile})`,
      async () => existsSync(socket) && (await docker(['version'], { check: false })).code === 0,
    );
    return { machine, env, docker, stop: lab.stop };
  } catch (error) {
    await lab.stop();
    throw error;
  }
}
