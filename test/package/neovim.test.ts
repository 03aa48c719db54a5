// A real Neovim with the configuration that the README gives, and the packed server: findings, hover and completion arrive.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { ensureNeovim } from '../setup/neovim.mjs';
import { run } from '../setup/proc.mjs';

const extension = process.env['LONGSHORE_EXTENSION'] ?? '';
const inCi = /^(1|true)$/i.test(process.env['CI'] ?? '');

/** The README has one for Neovim 0.11 and later, and one for those before. */
const configurations = [...readFileSync('README.md', 'utf8').matchAll(/^```lua\n(.*?)^```$/gms)].map(
  ([, lua = '']) => lua,
);

const files = {
  'compose.yaml': `services:
  web:
    image: nginx:\${TAG}
    delopy: {}
    restart: always
    volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro"]
    depends_on: [api]
  api:
    image: example/api:1.0
    expose: ["8000"]
`,
  '.env': 'TAG=1.30\n',
  'nginx.conf': `events {}
http {
  server {
    location / { proxy_pass http://api:9000; }
    location /old/ { proxy_pass http://apy:8000; }
  }
}
`,
};

interface Report {
  readonly error?: string;
  readonly findings: readonly string[];
  readonly labels: readonly string[];
  readonly hover: string;
}

test('Neovim has what the README configures', async (t) => {
  const found = await ensureNeovim({ log: (message: string) => t.diagnostic(message) }).catch((error: Error) => error);
  if (found instanceof Error) {
    assert.ok(!inCi, found.message);
    t.skip(found.message);
    return;
  }
  const { nvim, version } = found;
  t.diagnostic(`Neovim ${version}`);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  assert.equal(configurations.length, 2);
  const ask = editor(t, nvim, configurations[major > 0 || minor >= 11 ? 0 : 1] ?? '');

  const compose = await ask('compose.yaml', '    restart', 6);
  assert.equal(compose.error, undefined);
  assert.ok(compose.findings.includes('unknown-key'), compose.findings.join());
  assert.match(compose.hover, /unless-stopped/);
  assert.ok(compose.labels.includes('healthcheck') && !compose.labels.includes('image'), compose.labels.join());

  const proxy = await ask('nginx.conf', '    location /', '    location / { proxy_pass http://a'.length);
  assert.equal(proxy.error, undefined);
  assert.ok(proxy.findings.includes('proxy-unknown-host'), proxy.findings.join());
  assert.match(proxy.hover, /Service `api`/);
  assert.ok(proxy.labels.includes('api'), proxy.labels.join());
});

/** A Neovim for each question, in a home of its own: opens a file and asks at a line, some characters in. */
function editor(
  t: TestContext,
  nvim: string,
  configuration: string,
): (file: string, line: string, character: number) => Promise<Report> {
  const home = mkdtempSync(join(tmpdir(), 'longshore-neovim-'));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  const folder = join(home, 'project');
  const bin = join(home, 'bin');
  for (const it of [folder, bin]) mkdirSync(it);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  writeFileSync(join(home, 'init.lua'), configuration);
  const command = `#!${process.execPath}\nrequire(${JSON.stringify(join(extension, 'dist/cli.js'))});\n`;
  writeFileSync(join(bin, 'longshore'), command, { mode: 0o755 });
  return async (file, line, character) => {
    const report = join(home, 'report.json');
    await run(
      nvim,
      [
        '--headless',
        '-u',
        join(home, 'init.lua'),
        file,
        '-c',
        `luafile ${join(process.cwd(), 'test/package/neovim.lua')}`,
      ],
      {
        cwd: folder,
        env: {
          HOME: home,
          XDG_CONFIG_HOME: join(home, 'config'),
          XDG_DATA_HOME: join(home, 'data'),
          XDG_STATE_HOME: join(home, 'state'),
          XDG_CACHE_HOME: join(home, 'cache'),
          PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
          REPORT: report,
          LINE: String(files[file as keyof typeof files].split('\n').findIndex((it) => it.startsWith(line))),
          CHARACTER: String(character),
        },
      },
    );
    return JSON.parse(readFileSync(report, 'utf8')) as Report;
  };
}
