// The package as a user gets it: built with vsce, and unpacked the way VS Code does.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './proc.mjs';
import { unzip } from './zip.mjs';

/**
 * Packs the extension in `root` and unpacks it beside.
 * @returns {Promise<{ file: string, folder: string }>} the .vsix, and the folder with its extension
 */
export async function ensureVsix(root, { log }) {
  log('packing the extension');
  const file = join(root, 'dist/longshore.vsix');
  rmSync(file, { force: true });
  await run('npm', ['run', '--silent', 'package'], { cwd: root });
  const unpacked = join(root, 'out/vsix');
  rmSync(unpacked, { recursive: true, force: true });
  unzip(file, unpacked);
  return { file, folder: join(unpacked, 'extension') };
}
