// A folder that is not trusted, with the installed package over a real Engine: reading works, and acting is hidden.
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
  const api = () => workbench.page.getByRole('treeitem', { name: /^api, 2 of 2 replicas running/ });

  before(async () => {
    const service = { image: 'busybox', command: ['sleep', '1d'], stop_grace_period: '0s', deploy: { replicas: 2 } };
    const file = join(folder, 'compose.yaml');
    writeFileSync(file, JSON.stringify({ name: 'strange', services: { api: service } }));
    undo.unshift(() => rmSync(folder, { recursive: true }));
    docker = await startDockerd();
    undo.unshift(() => docker.stop());
    await ensureImages(docker, ['busybox']);
    await docker.docker(['compose', '-f', file, 'up', '-d']);
    const host = await startHost({ vsix: process.env['LONGSHORE_VSIX'] ?? '', env: docker.env, trusted: false });
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
    for (const name of ['Up', 'Stop', 'Scale Service…', 'Remove…', 'Open Shell']) {
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
});
