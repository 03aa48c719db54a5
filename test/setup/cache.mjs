// Everything the set-up fetches lies in one folder outside the repository and is made once.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { until } from './proc.mjs';

/** `$LONGSHORE_CACHE`, else `~/.cache/longshore`. */
export function cacheFolder() {
  const folder = process.env.LONGSHORE_CACHE ?? join(homedir(), '.cache', 'longshore');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * The folder `name` of the cache, filled by `make(folder)` when it is not there yet. Two processes asking at once make
 * it once; one that dies half-way leaves nothing that looks finished.
 * @param {string} name carries everything its content depends on, such as a version
 * @param {(folder: string) => Promise<void>} make
 */
export async function cached(name, make) {
  const folder = join(cacheFolder(), name);
  if (existsSync(folder)) return folder;
  return locked(name, async () => {
    if (existsSync(folder)) return folder;
    const part = `${folder}.part`;
    rmSync(part, { recursive: true, force: true });
    mkdirSync(part, { recursive: true });
    await make(part);
    renameSync(part, folder);
    return folder;
  });
}

/** Runs `work` while no other process of ours holds the lock `name`. A dead holder's lock is taken over. */
export async function locked(name, work) {
  const lock = join(cacheFolder(), `${name.replaceAll('/', '-')}.lock`);
  await until(`The lock ${lock} was not released`, () => take(lock), 30 * 60_000, 250);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isAlive(holder(lock))) rmSync(lock, { force: true });
    return false;
  }
}

function holder(lock) {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Whether a process with this id runs. An unknown id counts as running: its file may be half written. */
export function isAlive(pid) {
  if (!pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
