// Beside YAML, Container Tools and Docker DX: nothing is there twice, and their settings change only after a yes.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openWorkbench, startBrowser } from './browser.mjs';
import { runInExtensionHost } from './extensionHost.mjs';
import { startHost } from './host.mjs';
import { bundleSuite } from './suite/bundleSuite.mjs';

const root = process.cwd();
const [yaml, containers, docker] = [
  'redhat.vscode-yaml-1.24.0',
  'ms-azuretools.vscode-containers-2.5.0',
  'docker.docker-0.18.0',
].map((folder) => join(root, 'test/editor/others', folder));
const workspace = join(root, 'examples');

for (const [title, others] of [
  ['beside YAML, Container Tools and Docker DX', [yaml, containers, docker]],
  ['beside Container Tools and Docker DX', [containers, docker]],
] as const) {
  test(title, async (t) => {
    const [host, browser, suite] = await Promise.all([
      startHost({ others: others.filter((it) => it !== undefined) }),
      startBrowser(),
      bundleSuite(root, 'sideBySide'),
    ]);
    t.after(async () => {
      await browser.close();
      await host.stop();
    });
    const extension = process.env['LONGSHORE_EXTENSION'] ?? root;
    const { code, results, output } = await runInExtensionHost(browser, host, { workspace, extension, suite });
    for (const { name, error } of results) await t.test(name, () => assert.equal(error, undefined));
    assert.equal(code, 0, output.join('\n'));
  });
}

test('with a yes the others leave Compose files alone', async (t) => {
  const vsix = process.env['LONGSHORE_VSIX'] ?? '';
  const others = [yaml, containers].filter((it) => it !== undefined);
  const [host, browser] = await Promise.all([startHost({ vsix, others }), startBrowser()]);
  t.after(async () => {
    await browser.close();
    await host.stop();
  });
  const workbench = await openWorkbench(browser, host, workspace);
  const { page } = workbench;
  const notification = page.locator('.notification-list-item');
  const problem = page.locator('.markers-panel .monaco-list-row .marker-message-details-container');

  await workbench.openFile('broken/compose.yaml');
  await workbench.runCommand('View: Toggle Problems');
  await problem.filter({ hasText: 'Property delopy is not allowed' }).waitFor();
  await problem.filter({ hasText: 'Unknown key' }).waitFor({ state: 'detached' });
  await notification.filter({ hasText: 'YAML and Container Tools also complete' }).waitFor();
  await workbench.screenshot('side-by-side-offer');

  await notification.getByRole('button', { name: 'Let Longshore Do It' }).click();
  const dialog = page.locator('.monaco-dialog-box', { hasText: '"containers.enableComposeLanguageService": false' });
  await dialog.waitFor();
  await workbench.screenshot('side-by-side-consent');
  await dialog.getByRole('button', { name: 'Write Settings' }).click();
  await problem.filter({ hasText: 'Property delopy is not allowed' }).waitFor({ state: 'detached' });
  await problem.filter({ hasText: 'Unknown key' }).waitFor();
  await notification.filter({ hasText: 'when the window is loaded again' }).waitFor();

  await workbench.runCommand('Preferences: Open User Settings (JSON)');
  for (const setting of [
    '"yaml.validate": false',
    '"**/*compose*.yaml"',
    '"containers.enableComposeLanguageService": false',
  ]) {
    await page.locator('.view-line', { hasText: setting }).first().waitFor();
  }
  await workbench.screenshot('side-by-side-settings');
});
