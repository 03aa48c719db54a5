// A folder that is not trusted, with the installed package over a real Engine: reading works, and acting is hidden and refused.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { startDockerd } from '../setup/dockerd.mjs';
import type { Engine } from '../setup/dockerd.mjs';
import { ensureImages } from '../setup/images.mjs';
import { openWorkbench, startBrowser } from './browser.mjs';
import type { Workbench } from './browser.mjs';
import { startHost } from './host.mjs';

suite('A folder that is not trusted', () => {
  let docker: Engine;
  let workbench: Workbench;
  const undo: (() => unknown)[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'longshore-untrusted-'));
  /** Everything that is there, with when it was made and how it is. */
  const containers = async (): Promise<string> =>
    (await docker.docker(['ps', '--all', '--format', '{{.ID}} {{.Names}} {{.CreatedAt}} {{.State}}'])).stdout;
  const api = () => workbench.page.getByRole('treeitem', { name: /^api, 2 of 2 replicas running/ });

  before(async () => {
    const service = {
      image: 'busybox',
      command: ['sh', '-c', 'echo hello; sleep 1d'],
      stop_grace_period: '0s',
      deploy: { replicas: 2 },
    };
    const file = join(folder, 'compose.yaml');
    writeFileSync(file, JSON.stringify({ name: 'strange', services: { api: service } }));
    undo.unshift(() => rmSync(folder, { recursive: true }));
    docker = await startDockerd();
    undo.unshift(() => docker.stop());
    await ensureImages(docker, ['busybox']);
    await docker.docker(['compose', '-f', file, 'up', '-d']);
    const vsix = process.env['LONGSHORE_VSIX'] ?? '';
    const others = [join(process.cwd(), 'test/editor/others/test.caller-1.0.0')];
    const host = await startHost({ vsix, others, env: docker.env, trusted: false });
    undo.unshift(() => host.stop());
    const browser = await startBrowser();
    undo.unshift(() => browser.close());
    workbench = await openWorkbench(browser, host, folder);
    await workbench.page.getByRole('button', { name: /^No, I don't trust/ }).click();
  });
  after(async () => {
    for (const step of undo) await step();
  });

  test('shows what runs, and offers only what reads', async () => {
    await workbench.runCommand('Longshore: Focus on Services View');
    await api().waitFor();
    await api().hover();
    await api().getByRole('button', { name: 'Show Logs' }).waitFor();
    assert.equal(await api().getByRole('button', { name: 'Add a Replica' }).count(), 0);
    await api().click({ button: 'right' });
    const { page } = workbench;
    await page.getByRole('menuitem', { name: 'Show Logs' }).waitFor();
    for (const name of ['Up', 'Stop', 'Scale Service…', 'Remove Containers…', 'Open Shell']) {
      assert.equal(await page.getByRole('menuitem', { name, exact: true }).count(), 0, name);
    }
    await workbench.screenshot('untrusted-menu');
    await page.keyboard.press('Escape');
  });

  test('the palette does not offer to act', async () => {
    const { page } = workbench;
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget:visible input.input').fill('>Compose: ');
    const rows = page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'Compose: Show Logs' }).first().waitFor();
    for (const name of ['Compose: Up', 'Compose: Down', 'Compose: Scale', 'Compose: Restart']) {
      assert.equal(await rows.filter({ hasText: name }).count(), 0, name);
    }
    await workbench.screenshot('untrusted-palette');
    await page.keyboard.press('Escape');
  });

  test('what is called all the same is refused, and nothing happens', async () => {
    const { page } = workbench;
    const before = await containers();
    await page.evaluate('document.activeElement?.blur()');
    await page.keyboard.press('Control+Alt+Shift+F9');
    await page.locator('.statusbar-item', { hasText: /^Called [1-9]\d commands\.$/ }).waitFor();
    // So many messages at once are only listed.
    await workbench.runCommand('Notifications: Show Notifications');
    const refusal = 'This workspace is not trusted, so Longshore only reads in it. Trust it to run Docker commands.';
    await page.locator('.notifications-center .notification-list-item', { hasText: refusal }).first().waitFor();
    await workbench.screenshot('untrusted-refused');
    assert.equal(
      await page.locator('.quick-input-widget:visible, .monaco-dialog-box').count(),
      0,
      'and nothing is asked',
    );
    await workbench.runCommand('Longshore: Refresh');
    await api().waitFor();
    assert.equal(await containers(), before);
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  test('the log of a service is read, and the lenses in its file only read', async () => {
    const { page } = workbench;
    await api().hover();
    await api().getByRole('button', { name: 'Show Logs' }).click();
    const view = page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame');
    for (const name of ['api-1', 'api-2'])
      await view
        .locator('.row', { hasText: `${name}` })
        .filter({ hasText: 'hello' })
        .waitFor();
    await workbench.openFile('compose.yaml');
    const lens = page.locator('.monaco-editor .contentWidgets .codelens-decoration', { hasText: '2/2 running' });
    await lens.getByText('logs').waitFor();
    assert.equal(await lens.getByText('scale').count(), 0);
    await workbench.screenshot('untrusted-lens');
  });
});
