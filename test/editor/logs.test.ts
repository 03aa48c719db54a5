// The log view of the installed package over a real Engine: opened from the palette, merged, filtered, and joined by a replica.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { startDockerd } from '../setup/dockerd.mjs';
import type { Engine } from '../setup/dockerd.mjs';
import { ensureImages } from '../setup/images.mjs';
import { until } from '../setup/proc.mjs';
import { openWorkbench, startBrowser } from './browser.mjs';
import type { Workbench } from './browser.mjs';
import { startHost } from './host.mjs';

const script =
  'i=0; while :; do i=$$((i+1)); echo "INFO: 请求 $$i 完成"; [ $$((i % 3)) = 0 ] && printf "\\033[31mERROR\\033[0m: app/main.py:$$i: refused\\n" >&2; sleep 1; done';

suite('Logs', () => {
  let docker: Engine;
  let workbench: Workbench;
  const undo: (() => unknown)[] = [];
  /** The page of the log view: a frame in a frame. */
  const view = () => workbench.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  const up = (count: number): Promise<unknown> =>
    docker.docker(['compose', '-f', file, 'up', '-d', '--scale', `api=${count}`]);
  const folder = mkdtempSync(join(tmpdir(), 'longshore-logs-'));
  const file = join(folder, 'compose.yaml');

  before(async () => {
    const service = { image: 'busybox', command: ['sh', '-c', script], stop_grace_period: '0s' };
    writeFileSync(file, JSON.stringify({ name: 'talk', services: { api: service } }));
    mkdirSync(join(folder, 'app'));
    writeFileSync(join(folder, 'app/main.py'), '\n'.repeat(3000));
    undo.unshift(() => rmSync(folder, { recursive: true }));
    docker = await startDockerd();
    undo.unshift(() => docker.stop());
    await ensureImages(docker, ['busybox']);
    await up(2);
    const host = await startHost({ vsix: process.env['LONGSHORE_VSIX'] ?? '', env: docker.env });
    undo.unshift(() => host.stop());
    const browser = await startBrowser();
    undo.unshift(() => browser.close());
    workbench = await openWorkbench(browser, host, folder);
  });
  after(async () => {
    for (const step of undo) await step();
  });

  test('Compose: Show Logs follows all replicas', async () => {
    await workbench.runCommand('Compose: Show Logs');
    await view().locator('.row', { hasText: 'api-1' }).first().waitFor();
    await view().locator('.row', { hasText: 'api-2' }).first().waitFor();
    await view().locator('.row.level-error', { hasText: 'refused' }).first().waitFor();
    await workbench.screenshot('logs');
  });

  test('a replica that is added joins by itself', async () => {
    await up(3);
    await view().getByRole('button', { name: 'api-3' }).first().waitFor();
    await view().locator('.row', { hasText: 'api-3' }).first().waitFor();
  });

  test('a filter, a level and a hidden replica leave what they should', async () => {
    await view().locator('#filter').fill('refused');
    await view().locator('#level').selectOption('error');
    await view().locator('#sources').getByRole('button', { name: 'api-3' }).click();
    await view().locator('.row', { hasText: '请求' }).first().waitFor({ state: 'detached' });
    await view().locator('.row', { hasText: 'refused' }).first().waitFor();
    await view().locator('#count', { hasText: 'shown' }).waitFor();
    await workbench.screenshot('logs-filtered');
  });

  test('times are of the zone that was chosen, or none', async () => {
    await view().locator('#time').selectOption('utc');
    await view()
      .locator('.row .time', { hasText: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z$/ })
      .first()
      .waitFor();
    await view().locator('#time').selectOption('none');
    await view().locator('.row .time').first().waitFor({ state: 'detached' });
  });

  test('Copy takes every line shown', async () => {
    await view().locator('#level').selectOption('');
    await view().locator('#filter').fill('');
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await view().locator('#copy').click();
    await until('nothing was copied', async () =>
      /^api-1 \| INFO: 请求 \d+ 完成$/m.test(await workbench.page.evaluate('navigator.clipboard.readText()')),
    );
  });

  test('by keyboard: from line to line, to the replica in the tree, and to the file that a line names', async () => {
    const { page } = workbench;
    await view().locator('#filter').fill('refused');
    await view().locator('.row', { hasText: '请求' }).first().waitFor({ state: 'detached' });
    await view().locator('#log').focus();
    await page.keyboard.press('Home');
    await view().locator('.row.active:focus', { hasText: 'main.py:3:' }).waitFor();
    await workbench.screenshot('logs-keyboard');
    await page.keyboard.press('t');
    await page.locator('[role="treeitem"][aria-selected="true"][aria-label^="api-"]').waitFor();
    await workbench.screenshot('logs-replica');
    await view().locator('.row.active').click();
    await page.keyboard.press('Enter');
    await page.locator('.tabs-container .tab.active', { hasText: 'main.py' }).waitFor();
    await page.locator('.statusbar', { hasText: /Ln 3, Col 1/ }).waitFor();
  });
});
