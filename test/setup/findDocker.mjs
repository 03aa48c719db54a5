// How Docker is found on this computer, said in one line.
import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { which } from './proc.mjs';

/** @returns {Promise<{ found: boolean, line: string }>} */
export async function findDocker(env = process.env) {
  if (env.DOCKER_HOST) return { found: true, line: `Docker: ${env.DOCKER_HOST}, from DOCKER_HOST.` };
  const context = env.DOCKER_CONTEXT ?? currentContext(env);
  if (context && context !== 'default') return { found: true, line: `Docker: the context "${context}".` };
  const socket = process.platform === 'win32' ? '//./pipe/docker_engine' : '/var/run/docker.sock';
  if (await answers(socket)) return { found: true, line: `Docker: ${socket}.` };
  const has = existsSync(socket)
    ? `${socket} does not answer: start Docker, or give yourself access to it.`
    : which('docker')
      ? 'the docker command is here, but no Engine runs: start it, or set DOCKER_HOST.'
      : 'not found. Get it from your distribution (Debian: `apt-get install docker.io`) or as Docker Desktop.';
  return { found: false, line: `Docker: ${has} Files are checked without it.` };
}

function currentContext(env) {
  try {
    const file = join(env.DOCKER_CONFIG ?? join(homedir(), '.docker'), 'config.json');
    return JSON.parse(readFileSync(file, 'utf8')).currentContext;
  } catch {
    return undefined;
  }
}

/** Whether an Engine answers at a socket. */
export function answers(socketPath) {
  return new Promise((resolve) => {
    const asked = request({ socketPath, path: '/_ping', timeout: 2_000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asked.on('error', () => resolve(false));
    asked.on('timeout', () => asked.destroy());
    asked.end();
  });
}
