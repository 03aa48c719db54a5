// The suite of test/editor/suite, inside the extension host of a real VS Code.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startBrowser } from './browser.mjs';
import { runInExtensionHost } from './extensionHost.mjs';
import { startHost } from './host.mjs';
import { bundleSuite } from './suite/bundleSuite.mjs';

test('inside the extension host', async (t) => {
  const root = process.cwd();
  // The suite changes and saves files.
  const workspace = mkdtempSync(join(tmpdir(), 'longshore-examples-'));
  cpSync(join(root, 'examples'), workspace, { recursive: true });
  const others = [join(root, 'test/editor/others/other.nginx-1.0.0')];
  const [host, browser, suite] = await Promise.all([startHost({ others }), startBrowser(), bundleSuite(root)]);
  t.after(async () => {
    await browser.close();
    await host.stop();
    rmSync(workspace, { recursive: true });
  });
  const extension = process.env['LONGSHORE_EXTENSION'] ?? root;
  const { code, results, output } = await runInExtensionHost(browser, host, {
    workspace,
    extension,
    suite,
  });
  for (const { name, error } of results) await t.test(name, () => assert.equal(error, undefined));
  assert.equal(code, 0, output.join('\n'));
});
