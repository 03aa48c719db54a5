// A real VS Code without a desktop: its own web server, as the npm package code-server carries it.
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canInstall, ensureDebian } from './apt.mjs';
import { cached } from './cache.mjs';
import { run, which } from './proc.mjs';

/** VS Code 1.100: the newest whose server runs on Node 20. */
const release = '4.100.3';
const natives = ['@vscode/spdlog', 'native-watchdog', '@parcel/watcher', 'kerberos'];

/**
 * The entry of VS Code's web server; run it with this process's own Node. The first time takes a minute or two.
 * @returns {Promise<{ entry: string, version: string }>}
 */
export async function ensureWebServer({ log }) {
  const node = process.versions.node.split('.')[0];
  const folder = await cached(`code-server-${release}-node${node}`, (part) => install(part, log));
  return { entry: join(folder, 'node_modules/code-server/lib/vscode/out/server-main.js'), version: '1.100' };
}

async function install(folder, log) {
  if (canInstall()) await ensureBuildTools(log);
  const npm = (args, cwd) => run('npm', [...args, '--no-audit', '--no-fund'], { cwd });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  log(`fetching VS Code's web server (code-server ${release}), step 1 of 3: the package`);
  await npm(['install', `code-server@${release}`, '--ignore-scripts'], folder);
  const vscode = join(folder, 'node_modules/code-server/lib/vscode');
  log('step 2 of 3: its dependencies');
  await npm(['install', '--omit=dev', '--ignore-scripts'], vscode);
  log('step 3 of 3: its native parts');
  await npm(['rebuild', ...natives], vscode);
  // Its last step fetches something else and fails; what we need is built before.
  await npm(['rebuild', 'node-pty'], vscode).catch(() => {});
  const terminal = join(vscode, 'node_modules/node-pty/build/Release/pty.node');
  if (!existsSync(terminal)) throw new Error('The terminal part of the web server (node-pty) cannot be built here.');
  linkSearch(vscode);
}

async function ensureBuildTools(log) {
  await ensureDebian(['python3', 'make', 'g++'], { log, unless: ['python3', 'make', 'g++'] });
  await ensureDebian(['libkrb5-dev'], { log, unless: ['krb5-config'] });
  await ensureDebian(['ripgrep'], { log, unless: ['rg'] });
}

/** Search in the workbench needs ripgrep, which its package would download. */
function linkSearch(vscode) {
  const search = which('rg');
  if (!search) return;
  const folder = join(vscode, 'node_modules/@vscode/ripgrep/bin');
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, 'rg'), { force: true });
  symlinkSync(search, join(folder, 'rg'));
}
