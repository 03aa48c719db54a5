// `npm start`: VS Code with this extension and the example workspace, from a fresh clone, until Ctrl-C.
//   --with-engine   a private Docker Engine with stand-in images (Linux, root)
//   --port N        of VS Code's web server, where there is no desktop VS Code
//   --no-open       print the link, open nothing
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startDockerd } from './dockerd.mjs';
import { findDocker } from './findDocker.mjs';
import { forwardPorts } from './forwardPorts.mjs';
import { ensureImages } from './images.mjs';
import { ensureNodeModules } from './nodeModules.mjs';
import { run, which } from './proc.mjs';
import { ensureVsix } from './vsix.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const workspace = join(root, 'examples');
const log = (line) => console.log(`  … ${line}`);

const { values } = parseArgs({
  options: {
    'with-engine': { type: 'boolean', default: false },
    port: { type: 'string', default: '8480-8499' },
    'no-open': { type: 'boolean', default: false },
  },
});

const stops = [];
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void stop(0));
try {
  await start();
} catch (error) {
  console.error(error.message);
  await stop(1);
}

async function start() {
  await ensureNodeModules(root, { log });
  log('building');
  await run('npm', ['run', '--silent', 'build'], { cwd: root });
  const env = values['with-engine'] ? await startEngine() : {};
  const docker = await findDocker({ ...process.env, ...env });
  console.log(docker.line);
  const canStartOne = process.platform === 'linux' && process.getuid() === 0;
  if (!docker.found && canStartOne) console.log('`npm start -- --with-engine` starts a private one to try things on.');
  if (desktop()) await openDesktop(env);
  else await openWeb(env);
}

/** The Engine's images, and its ports on localhost. Answers the environment that finds it. */
async function startEngine() {
  log('starting a private Docker Engine');
  const engine = await startDockerd({ log });
  stops.push(engine.stop);
  const images = JSON.parse(readFileSync(join(workspace, 'images.json'), 'utf8'));
  await ensureImages(engine, Object.keys(images), { log });
  const forwarding = forwardPorts(engine);
  stops.push(forwarding.stop);
  log(`Engine ${engine.version} with stand-in images; its published ports answer on localhost`);
  return engine.env;
}

/** A desktop VS Code that can show a window. It refuses to run as root. */
function desktop() {
  if (process.getuid?.() === 0) return undefined;
  const canShow = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return canShow ? which(process.platform === 'win32' ? 'code.cmd' : 'code') : undefined;
}

async function openDesktop(env) {
  const args = [`--extensionDevelopmentPath=${root}`, '--new-window', '--wait', workspace];
  console.log('VS Code opens with the extension and the examples. Close its window or press Ctrl-C to end.');
  // On Windows `code` is a script, which only its command interpreter runs.
  const [command, before] = process.platform === 'win32' ? ['cmd', ['/d', '/c', 'code']] : [desktop(), []];
  const child = spawn(command, [...before, ...args], { env: { ...process.env, ...env }, stdio: 'inherit' });
  stops.push(() => child.kill());
  child.on('exit', (code) => void stop(code ?? 0));
}

async function openWeb(env) {
  const { file: vsix } = await ensureVsix(root, { log });
  const { startHost } = await import('../editor/host.mjs');
  const host = await startHost({ vsix, env, port: values.port, log });
  stops.push(host.stop);
  const url = host.url(workspace);
  console.log(`\nVS Code with the extension and the examples:\n\n  ${url}\n\nPress Ctrl-C to end.`);
  if (!values['no-open']) openBrowser(url);
}

function openBrowser(url) {
  const openers = { darwin: ['open', [url]], win32: ['explorer', [url]] };
  const canShow = process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? ['xdg-open', [url]] : undefined;
  const [command, args] = openers[process.platform] ?? canShow ?? [];
  if (command && which(command)) spawn(command, args, { stdio: 'ignore', detached: true }).unref();
}

async function stop(code) {
  for (const end of stops.splice(0).reverse()) await end();
  process.exit(code);
}
