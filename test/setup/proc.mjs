// Running other programs: arguments are arrays, never shell strings.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {readonly string[]} [args]
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, input?: string | Buffer, timeoutMs?: number, check?: boolean, show?: boolean, bare?: boolean }} [options]
 *   `env` is added to the environment, or with `bare` is all of it, `show` passes the output on, `check: false` answers a failure instead of throwing it.
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export function run(command, args = [], options = {}) {
  const { cwd, env, input, timeoutMs = 15 * 60_000, check = true, show = false, bare = false } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: bare ? env : { ...process.env, ...env },
      stdio: [input === undefined ? 'ignore' : 'pipe', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    });
    const stdout = [];
    const stderr = [];
    child.stdout?.on('data', (chunk) => stdout.push(chunk));
    child.stderr?.on('data', (chunk) => stderr.push(chunk));
    // A program that does not read its input to the end is no error of ours.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`\`${command}\` cannot be run: ${error.message}.`));
    });
    child.on('close', (exitCode, signal) => {
      clearTimeout(timer);
      const result = {
        code: exitCode ?? 1,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      };
      if (check && result.code !== 0) {
        const said = (result.stderr.trim() || result.stdout.trim()).split('\n').slice(-12).join('\n');
        const how = signal ? `was ended by ${signal}` : `ended with ${result.code}`;
        reject(new Error(`\`${[command, ...args].join(' ')}\` ${how}.${said ? `\n${said}` : ''}`));
      } else resolve(result);
    });
  });
}

/** The full path of a program on PATH (and in the system folders that a user's PATH may lack), else `undefined`. */
export function which(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  return folders
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, program))
    .find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Asks `probe` again until it answers something truthy. Throws `what` after `timeoutMs`. */
export async function until(what, probe, timeoutMs = 60_000, everyMs = 100) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await probe();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`${what} within ${Math.round(timeoutMs / 1000)} s.`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
