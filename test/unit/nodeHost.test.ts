import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
