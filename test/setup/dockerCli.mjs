// The docker CLI with its Compose plugin: also the offline oracles `docker compose config` and `docker stack config`.
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { unpackDebian } from './apt.mjs';
import { cached } from './cache.mjs';
import { run, which } from './proc.mjs';

/** Debian's releases after bookworm, newest first: they carry Engine 28 and Compose 2.40 or newer. */
const newerReleases = ['forky', 'sid', 'trixie'];

/**
 * @typedef {object} DockerCli
 * @property {string} docker the program; it wants `env` added to its environment
 * @property {string} compose the plugin as a program of its own: it judges as `docker compose` does, at a third of the work,
 *   since the CLI starts every plugin once more to hear what it is
 * @property {Record<string, string>} env
 * @property {string} version
 * @property {string} composeVersion
 */

let found;

/**
 * The docker CLI with `compose` and `stack`, looked for once. No Engine is needed for `docker compose -f F config -q` and
 * `docker stack config -c F`.
 * @param {{ log: (line: string) => void }} options
 * @returns {Promise<DockerCli>}
 */
export function ensureDockerCli({ log }) {
  return (found ??= present().then((cli) => cli ?? fetched(log)));
}

async function present() {
  const docker = which('docker');
  const cli = docker && (await describe(docker, {}));
  return cli && atLeast(cli.version, 28) && atLeast(cli.composeVersion, 2, 30) ? cli : undefined;
}

async function fetched(log) {
  const packages = await ensureNewDocker({ log });
  const config = await cached('docker-config', async (folder) => {
    const plugins = join(folder, 'cli-plugins');
    mkdirSync(plugins);
    for (const plugin of ['docker-compose', 'docker-buildx']) {
      const file = ['usr/libexec/docker/cli-plugins', 'usr/lib/docker/cli-plugins']
        .map((place) => join(packages, place, plugin))
        .find(existsSync);
      if (!file) throw new Error(`${plugin} is not where Debian's package used to have it, under ${packages}.`);
      symlinkSync(file, join(plugins, plugin));
    }
  });
  const cli = await describe(join(packages, 'usr/bin/docker'), { DOCKER_CONFIG: config });
  if (!cli)
    throw new Error(`The docker CLI under ${packages} does not run here; remove that folder to fetch it again.`);
  return cli;
}

/** The folder with the newer Engine, CLI, buildx and Compose unpacked from Debian's packages. */
export function ensureNewDocker({ log }) {
  return unpackDebian('docker-new', newerReleases, ['docker.io', 'docker-cli', 'docker-buildx', 'docker-compose'], {
    log,
  });
}

/** What a docker CLI is; undefined for one without Compose. */
async function describe(docker, env) {
  const said = await run(docker, ['--version'], { env, check: false });
  const plugins = await run(docker, ['info', '--format', '{{json .ClientInfo.Plugins}}'], { env, check: false });
  const version = /version (\d[\d.]*)/.exec(said.stdout)?.[1];
  const compose = listed(plugins.stdout).find(({ Name }) => Name === 'compose');
  if (!version || !compose?.Version) return undefined;
  return { docker, compose: compose.Path, env, version, composeVersion: compose.Version.replace(/^v/, '') };
}

function listed(json) {
  try {
    return JSON.parse(json) ?? [];
  } catch {
    return [];
  }
}

function atLeast(version, major, minor = 0) {
  const [a = 0, b = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return a > major || (a === major && b >= minor);
}
