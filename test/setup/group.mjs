// Programs in process groups of their own, which end with us however we end.
import { spawn } from 'node:child_process';

/** Leads the group: runs what its arguments say, and ends the whole group once nobody holds its input any more. */
const leash = `
const [command, ...args] = process.argv.slice(1);
const child = require('node:child_process').spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.on('error', ({ message }) => {
  console.error(\`\\\`\${command}\\\` cannot be run: \${message}.\`);
  process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 1));
const end = () => {
  child.kill('SIGKILL');
  process.kill(-process.pid, 'SIGKILL');
};
process.stdin.on('error', end).on('end', end).resume();
`;

/**
 * Starts a program without input in a group of its own. What it starts in turn belongs to the group, unless it makes another, and
 * the group ends with `endGroup` or, by its leash, with this process, even where that is killed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, stdout: 'pipe' | 'inherit', stderr: 'pipe' | 'inherit' }} options
 */
export function spawnGroup(command, args, { stdout, stderr, ...options }) {
  const child = spawn(process.execPath, ['-e', leash, '--', command, ...args], {
    ...options,
    stdio: ['pipe', stdout, stderr],
    detached: true,
  });
  // It may have ended before we let go of it.
  child.stdin.on('error', () => {});
  return child;
}

/** @param {import('node:child_process').ChildProcess} child of `spawnGroup` */
export function endGroup(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Everything in it has ended.
  }
}
