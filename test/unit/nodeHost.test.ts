import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { nodeHost, uriOfPath } from '../../server/src/nodeHost.js';

test('where nothing is or can be, the host answers nothing', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'file'), '');
  symlinkSync('loop', join(folder, 'loop'));
  const host = nodeHost(true);
  const at = (path: string) => uriOfPath(join(folder, path));
  assert.equal(host.stat(at('.')), 'folder');
  assert.equal(host.stat(at('file')), 'file');
  for (const path of ['absent', 'file/below', 'loop', 'x'.repeat(300)]) {
    assert.equal(host.stat(at(path)), undefined, path);
    assert.equal(host.readText(at(path)), undefined, path);
    assert.deepEqual(host.list(at(path)), [], path);
  }
});

test(
  'what would never end, or is far too large, is there but is not read',
  { skip: process.platform === 'win32' },
  (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'longshore-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const [pipe, large] = [join(folder, 'pipe'), join(folder, 'large')];
    execFileSync('mkfifo', [pipe]);
    writeFileSync(large, '');
    truncateSync(large, 3e9);
    for (const path of ['/dev/zero', pipe, large]) {
      assert.equal(nodeHost(false).stat(uriOfPath(path)), 'file', path);
      assert.equal(nodeHost(false).readText(uriOfPath(path)), undefined, path);
    }
  },
);
