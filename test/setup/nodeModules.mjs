// node_modules, installed only when it is not what package-lock.json says.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { locked } from './cache.mjs';
import { run } from './proc.mjs';

/** Runs `npm ci` in `root` unless node_modules agrees with the lock file. */
export async function ensureNodeModules(root, { log }) {
  if (isInstalled(root)) return;
  await locked('node-modules', async () => {
    if (isInstalled(root)) return;
    log('installing node_modules (npm ci)');
    await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: root });
  });
}

/** npm keeps what it installed in node_modules/.package-lock.json; packages of other systems may be absent. */
function isInstalled(root) {
  const installedFile = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const packages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const installed = packages(installedFile);
  return Object.entries(packages(join(root, 'package-lock.json')))
    .filter(([path, entry]) => path !== '' && !entry.optional)
    .every(([path, entry]) => installed[path]?.version === entry.version);
}
