// What a user downloads: small, only what .vscodeignore allows, and complete on its own.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '../setup/proc.mjs';
import { zipEntries } from '../setup/zip.mjs';

const vsix = process.env['LONGSHORE_VSIX'] ?? '';
const extension = process.env['LONGSHORE_EXTENSION'] ?? '';

const allowed = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(package\.json|readme\.md|changelog\.md|RULES\.md|LICENSE\.txt)$/,
  /^extension\/dist\/[\w-]+\.js$/,
  /^extension\/dist\/NOTICES\.txt$/,
  /^extension\/(media|snippets|syntaxes|schemas|walkthrough|l10n)\/[\w./-]+\.(json|svg|png|md|html|css|js)$/,
  /^extension\/[\w.-]*language-configuration\.json$/,
];

test('the package is under 2 MB', () => {
  assert.ok(statSync(vsix).size < 2_000_000, `${statSync(vsix).size} bytes`);
});

/**
 * What each bundle may weigh, in bytes, about a fifth above what it does: a dependency or a table that slips in is noticed. All of a
 * bundle is read and compiled before its first answer: `extension.js` and `server.js` when a first file is opened, `cli.js` at each
 * run; `engine.js` is kept out of these and loaded when something first needs the Engine.
 */
const budgets: Readonly<Record<string, number>> = {
  'extension.js': 900_000,
  'server.js': 1_100_000,
  'cli.js': 1_100_000,
  'engine.js': 1_100_000,
  'logView.js': 20_000,
};

test('every bundle has a budget and keeps it', () => {
  const sizes = readdirSync(join(extension, 'dist'))
    .filter((file) => file.endsWith('.js'))
    .map((file): [string, number] => [file, statSync(join(extension, 'dist', file)).size]);
  assert.deepEqual(
    sizes.filter(([file, size]) => size > (budgets[file] ?? 0)),
    [],
  );
  assert.equal(sizes.length, Object.keys(budgets).length);
});

test('the package contains nothing but what a user needs', () => {
  const unexpected = zipEntries(vsix)
    .map(({ name }) => name)
    .filter((name) => !allowed.some((pattern) => pattern.test(name)));
  assert.deepEqual(unexpected, []);
});

test('its README shows its pictures where no path leads to one: on the page of the extension', () => {
  const sources = (file: string): string[] =>
    [...readFileSync(file, 'utf8').matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map(([, source = '']) => source);
  const pictures = sources('README.md').map((path) => readFileSync(path, 'base64'));
  assert.ok(pictures.length > 0);
  assert.deepEqual(
    sources(join(extension, 'readme.md')),
    pictures.map((picture) => `data:image/png;base64,${picture}`),
  );
});

test('its command checks a file from an empty folder, without node_modules', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'compose.yaml'), 'services:\n  web:\n    image: nginx\n    delopy: {}\n');
  const args = [join(extension, 'dist/cli.js'), 'check', '--format', 'json', 'compose.yaml'];
  const { code, stdout, stderr } = await run(process.execPath, args, { cwd: folder, check: false });
  assert.equal(code, 1, stderr);
  const report: unknown = JSON.parse(stdout);
  assert.match(JSON.stringify(report), /"code":"unknown-key"/);
});

test('its command reads standard input', () => {
  const args = [join(extension, 'dist/cli.js'), 'check', '-'];
  const { status, stdout } = spawnSync(process.execPath, args, {
    input: 'services:\n  web:\n    imag: nginx\n',
    encoding: 'utf8',
  });
  assert.equal(status, 1);
  assert.match(stdout, /^-:3:5: error: Unknown key `imag`/m);
});

test('its command ends quietly where nobody reads on', async () => {
  const command = spawn(process.execPath, [join(extension, 'dist/cli.js'), 'check', '-']);
  command.stdout.destroy();
  let said = '';
  command.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  command.stdin.end('services:\n  web:\n    imag: nginx\n');
  assert.deepEqual(await once(command, 'close'), [1, null]);
  assert.equal(said, '');
});

test('the notices name every package that is bundled, and no other', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-'));
  t.after(() => rmSync(folder, { recursive: true }));
  await run(process.execPath, ['esbuild.mjs', `--outdir=${folder}`]);
  // What is not minified has the path of each module in a comment above it.
  const module = /^ *\/\/ \S*node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//gm;
  const bundled = readdirSync(folder)
    .filter((file) => file.endsWith('.js'))
    .flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(module)].map(([, name = '']) => name));
  const parts = readFileSync(join(extension, 'dist/NOTICES.txt'), 'utf8')
    .split(/^-{80}$/m)
    .slice(1);
  const named = parts.map((part) => /^(\S+) \S+ \(.+\)$/m.exec(part)?.[1]);
  assert.ok(named.length > 10);
  assert.deepEqual([...new Set(named)].sort(), [...new Set(bundled)].sort());
});
