// The docker CLI with its Compose plugin: also the offline oracles `docker compose config` and `docker stack config`.
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { unpackDebian } from './apt.mjs';
import { cached } from './cache.mjs';
import { run, which } from './proc.mjs';

/** Debian's releases after bookworm, newest first: they carry Engine 28 and Compose 2.40 or newer. */
const newerReleases = ['forky', 'sid', 'trixie'];

/**
 * The docker CLI with `compose` and `stack`. No Engine is needed for `docker compose -f F config -q` and
 * `docker stack config -c F`.
 * @param {{ log: (line: string) => void }} options
 * @returns {Promise<{ docker: string, env: Record<string, string>, version: string, composeVersion: string }>} run
 *   `docker` with `env` added to the environment
 */
export async function ensureDockerCli({ log }) {
  return (await present()) ?? (await fetched(log));
}

async function present() {
  const docker = which('docker');
  const found = docker && (await versions(docker, {}));
  return found && atLeast(found.version, 28) && atLeast(found.composeVersion, 2, 30) ? found : undefined;
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
  const found = await versions(join(packages, 'usr/bin/docker'), { DOCKER_CONFIG: config });
  if (!found)
    throw new Error(`The docker CLI under ${packages} does not run here; remove that folder to fetch it again.`);
  return found;
}

/** The folder with the newer Engine, CLI, buildx and Compose unpacked from Debian's packages. */
export function ensureNewDocker({ log }) {
  return unpackDebian('docker-new', newerReleases, ['docker.io', 'docker-cli', 'docker-buildx', 'docker-compose'], {
    log,
  });
}

async function versions(docker, env) {
  const cli = await run(docker, ['--version'], { env, check: false });
  const compose = await run(docker, ['compose', 'version', '--short'], { env, check: false });
  const version = /version (\d[\d.]*)/.exec(cli.stdout)?.[1];
  if (!version || compose.code !== 0) return undefined;
  return { docker, env, version, composeVersion: compose.stdout.trim().replace(/^v/, '') };
}

function atLeast(version, major, minor = 0) {
  const [a = 0, b = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return a > major || (a === major && b >= minor);
}
