import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { check } from '../../../server/src/cli/check.js';

// The build puts the version in here.
Object.assign(globalThis, { __VERSION__: '0.0.0' });

for (const [title, file, text] of [
  ['includes', 'compose.yaml', 'include: [../base.yaml]\n'],
  ['names in COMPOSE_FILE', '.env', 'COMPOSE_FILE=../base.yaml\n'],
] as const) {
  test(`a file outside of the folder that is checked, which that ${title}, is named by where it is`, (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'longshore-check-'));
    t.after(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, 'app'));
    writeFileSync(join(folder, 'base.yaml'), 'services:\n  web:\n    imag: nginx:1.30\n');
    writeFileSync(join(folder, 'app', file), text);
    let out = '';
    check([join(folder, 'app')], { out: (said) => (out += said), err: assert.fail });
    assert.match(out, /imag/);
    for (const line of out.split('\n').filter((it) => it.includes('error: '))) {
      assert.ok(line.startsWith(`${join(folder, 'base.yaml')}:`), line);
    }
  });
}

test('as JSON every finding names the page of its rule', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-check-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'compose.yaml');
  writeFileSync(file, 'services:\n  web:\n    imag: nginx:1.30\n');
  let out = '';
  check(['--format', 'json', file], { out: (said) => (out += said), err: assert.fail });
  const { files } = JSON.parse(out) as { files: { diagnostics: { code: string; page: string }[] }[] };
  const found = files.flatMap(({ diagnostics }) => diagnostics);
  assert.ok(found.length > 0);
  for (const { code, page } of found) assert.equal(page, `RULES.md#${code}`);
});

test('one text over a list of an earlier file is one item more, and alone it is none', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-check-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [base, over] = [join(folder, 'compose.yaml'), join(folder, 'more.yaml')];
  writeFileSync(base, 'services:\n  web:\n    image: nginx:1.30\n    labels: [a=b]\n  api:\n    image: nginx:1.30\n');
  writeFileSync(over, 'services:\n  web:\n    labels: c=d\n  api:\n    labels: c=d\n');
  let out = '';
  check(['--min-severity', 'error', '-f', base, '-f', over], { out: (said) => (out += said), err: assert.fail });
  assert.deepEqual(
    out
      .split('\n')
      .filter((it) => it.includes('error: '))
      .map((it) => it.slice(folder.length + 1).split(':')[1]),
    ['5'],
  );
});

/** The folder, and what `check` says of arguments; `{}` in them stands for the folder. */
function inFolder(t: TestContext, files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-check-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const run = (...args: readonly string[]) => {
    let [out, err] = ['', ''];
    const io = { out: (said: string) => (out += said), err: (said: string) => (err += said) };
    const status = check(
      args.map((it) => it.replace('{}', folder)),
      io,
    );
    return { status, out: out.replaceAll(folder, '{}'), err: err.replaceAll(folder, '{}') };
  };
  return { folder, run };
}

const good = 'services:\n  web:\n    image: nginx:1.30\n';
const wrong = 'services:\n  web:\n    imag: nginx:1.30\n    build: .\n';

test('where nothing was checked, nothing is said to be right', (t) => {
  const { folder, run } = inFolder(t, { 'app/compose.yaml': good, 'docs/README.md': '', 'large/compose.yaml': '' });
  truncateSync(join(folder, 'large/compose.yaml'), 3e9);
  assert.equal(run('{}/app').status, 0);
  for (const [path, told] of [
    ['{}/docs', '{}/docs: no Compose or stack file here.\n'],
    ['{}/nowhere', '{}/nowhere: no such file or folder.\n'],
    ['{}/*.yml', '{}/*.yml: nothing matches.\n'],
    ['{}/large/compose.yaml', '{}/large/compose.yaml: cannot be read.\n'],
    ['{}/large', '{}/large/compose.yaml: cannot be read.\n{}/large: no Compose or stack file here.\n'],
    ['--what', "Unknown option '--what'.\n"],
  ] as const) {
    const { status, err, out } = run(path);
    assert.deepEqual([status, err], [2, told]);
    assert.doesNotMatch(out, /[1-9] file/);
  }
});

test('what stops the tool in an included file is told where the file is included', (t) => {
  const { run } = inFolder(t, {
    'compose.yaml': 'services: {}\ninclude:\n  - files.yaml\n  - variables.yaml\n',
    'files.yaml': 'services:\n  web:\n    image: nginx:1.30\n    env_file: web.env\n',
    'variables.yaml': 'services:\n  db:\n    image: postgres:17\n    hostname: ${LONGSHORE_NO_NAME:?give it a name}\n',
  });
  const { status, out } = run('--min-severity', 'warning', '--target', 'compose', '{}/compose.yaml');
  const told = out
    .split('\n')
    .flatMap(
      (line) => /compose\.yaml:(\d+):\d+: (\w+: \w+\.yaml:\d+):.*\[(.*)\]$/.exec(line)?.slice(1).join(' ') ?? [],
    );
  assert.equal(status, 0);
  assert.deepEqual(told, ['3 warning: files.yaml:4 missing-file', '4 warning: variables.yaml:4 variable-required']);
});

test('a file of two projects is told once what both say, and all that either says', (t) => {
  const { run } = inFolder(t, {
    'base.yaml': 'services:\n  web:\n    imag: nginx:1.30\n    build: .\n    depends_on: [db]\n',
    'one/compose.yaml': 'include: [../base.yaml]\nservices:\n  db:\n    image: postgres:17\n',
    'two/compose.yaml': 'include: [../base.yaml]\n',
  });
  const { out } = run('--min-severity', 'error', '{}/one', '{}/two');
  const told = out.split('\n').flatMap((line) => /base\.yaml:(\d+):.*\[(.*)\]$/.exec(line)?.slice(1).join(' ') ?? []);
  // The second project has no `db`.
  assert.deepEqual(told, ['3 unknown-key', '5 undefined-service']);
});

test('a pipe that is named is read', { skip: process.platform === 'win32' }, (t) => {
  const { folder, run } = inFolder(t, { 'written.yaml': wrong });
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  execFile('cp', [join(folder, 'written.yaml'), pipe]);
  const { status, out } = run('--min-severity', 'error', '{}/pipe');
  assert.equal(status, 1);
  assert.match(out, /^\{\}\/pipe:3:5: error: Unknown key `imag`/);
});

test('reports keep what means something else in a URI or a command', (t) => {
  const { run } = inFolder(t, { 'a b/1,%:#ü.yaml': wrong });
  const file = '{}/a b/1,%:#ü.yaml';
  const { out } = run('--format', 'sarif', file);
  assert.match(out, /"uri":"file:\/\/\{\}\/a%20b\/1,%25:%23%C3%BC\.yaml"/);
  const annotations = run('--format', 'github', '--min-severity', 'error', file).out;
  assert.match(annotations, /^::error file=\{\}\/a b\/1%2C%25%3A#ü\.yaml,line=3,/);
});
