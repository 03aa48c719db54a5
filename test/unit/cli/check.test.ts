import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
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
