// VS Code's web server with folders of its own: nothing of the user's VS Code is read or changed.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { endGroup, spawnGroup } from '../setup/group.mjs';
import { run, until } from '../setup/proc.mjs';
import { ensureWebServer } from '../setup/webServer.mjs';

/** Quiet and the same everywhere; a test's own settings are added. */
const quietSettings = {
  'editor.accessibilitySupport': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'window.commandCenter': false,
};

/**
 * @param {{
 *   vsix?: string,
 *   others?: readonly string[],
 *   settings?: Record<string, unknown>,
 *   env?: Record<string, string>,
 *   port?: number,
 *   trusted?: boolean,
 *   folder?: string,
 *   log?: (line: string) => void,
 * }} [options] `vsix` is installed, and so are the `others`, folders with an unpacked extension each; `env` is added to the server's environment and so to the extension host's, such as
 *   DOCKER_HOST; `port` 0 takes a free one; `trusted: false` asks for trust as VS Code does; `folder` keeps its data
 *   there instead of in a folder that is removed
 * @returns {Promise<Host>}
 *
 * @typedef {object} Host
 * @property {string} authority host and port, as in a `vscode-remote://` address
 * @property {(folder: string, payload?: readonly (readonly [string, string])[]) => string} url opens a folder
 * @property {(path: string) => string} remote the `vscode-remote://` address of a path on this machine
 * @property {() => string} said what Longshore has written to its log, in all windows
 * @property {() => Promise<void>} stop
 */
export async function startHost({
  vsix,
  others = [],
  settings = {},
  env = {},
  port = 0,
  trusted = true,
  folder,
  log = () => {},
} = {}) {
  const { entry } = await ensureWebServer({ log });
  const data = folder ?? mkdtempSync(join(tmpdir(), 'longshore-editor-'));
  const folders = ['extensions', 'user', 'server'].map((name) => join(data, name));
  const [extensions, user, server] = folders;
  for (const [where, file] of [
    [join(user, 'User'), 'settings.json'],
    [join(server, 'data/Machine'), 'settings.json'],
  ]) {
    mkdirSync(where, { recursive: true });
    writeFileSync(join(where, file), JSON.stringify({ ...quietSettings, ...settings }, undefined, 2));
  }
  for (const other of others) cpSync(other, join(extensions, basename(other)), { recursive: true });
  const places = ['--extensions-dir', extensions, '--user-data-dir', user, '--server-data-dir', server];
  const remove = () => {
    if (folder === undefined) rmSync(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    if (vsix) await run(process.execPath, [entry, '--install-extension', vsix, '--force', ...places], { env });
    const flags = ['--without-connection-token', '--accept-server-license-terms', '--telemetry-level', 'off'];
    // The extension hosts end with it, and it with us.
    const child = spawnGroup(
      process.execPath,
      [
        entry,
        ...['--host', '127.0.0.1', '--port', String(port)],
        ...flags,
        ...(trusted ? ['--disable-workspace-trust'] : []),
        ...places,
      ],
      { env: { ...process.env, ...env }, stdout: 'pipe', stderr: 'pipe' },
    );
    const kill = () => endGroup(child);
    process.on('exit', kill);
    const authority = await listening(child).catch((error) => {
      kill();
      throw error;
    });
    const remote = (path) => `vscode-remote://${authority}${path}`;
    return {
      authority,
      remote,
      url: (path, payload = []) => {
        const query = new URLSearchParams({ folder: path });
        if (payload.length > 0) query.set('payload', JSON.stringify(payload));
        return `http://${authority}/?${query.toString()}`;
      },
      said: () => logsIn(join(user, 'logs')).join(''),
      stop: async () => {
        process.off('exit', kill);
        kill();
        await until('The web server did not end', () => child.exitCode !== null || child.signalCode !== null);
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The texts of Longshore's logs; a message in the status bar is there for seconds, and in its log for good. */
function logsIn(folder) {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true }).filter((file) => basename(file) === 'Longshore.log');
  return files.sort().map((file) => readFileSync(join(folder, file), 'utf8'));
}

/** Resolves to host and port once the server says that it listens. */
function listening(child) {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk) => {
      said += chunk;
      const found = /Extension host agent listening on (\d+)/.exec(said);
      if (found) resolve(`127.0.0.1:${found[1]}`);
    };
    child.stdout.setEncoding('utf8').on('data', listen);
    child.stderr.setEncoding('utf8').on('data', listen);
    child.on('exit', (code) => reject(new Error(`VS Code's web server ended with ${code}:\n${said}`)));
  });
}
