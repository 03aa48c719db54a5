// A stack on a real Engine in the real editor: a failing service is a finding in its file, and load balancing is looked at and probed.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { Engine } from '../setup/dockerd.mjs';
import { ensureImages } from '../setup/images.mjs';
import { startSwarmNodes } from '../setup/swarm.mjs';
import { openWorkbench, startBrowser } from './browser.mjs';
import type { Workbench } from './browser.mjs';
import { startHost } from './host.mjs';

const stack = (worker: string): string => `version: '3.8'
services:
  web:
    image: example/api:1
    ports: [{ target: 80, published: 8080, mode: host }]
    deploy: { endpoint_mode: dnsrr }
  worker:
    image: ${worker}
    command: [sleep, 1d]
    stop_grace_period: 0s
`;

suite('a stack in the editor', () => {
  let docker: Engine;
  let workbench: Workbench;
  const undo: (() => unknown)[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'longshore-stack-'));
  const file = join(folder, 'shop-stack.yaml');
  const deploy = (): Promise<unknown> =>
    docker.docker(['stack', 'deploy', '--resolve-image=never', '--compose-file', file, 'shop']);
  const view = () => workbench.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');

  before(async () => {
    undo.unshift(() => rmSync(folder, { recursive: true }));
    const { nodes, stop } = await startSwarmNodes({ versions: ['28'] });
    undo.unshift(stop);
    [docker] = nodes as [Engine];
    await ensureImages(docker, ['example/api:1', 'busybox:1.36']);
    writeFileSync(file, stack('longshore.invalid/none:1'));
    await deploy();
    const host = await startHost({ vsix: process.env['LONGSHORE_VSIX'] ?? '', env: docker.env });
    undo.unshift(() => host.stop());
    const browser = await startBrowser();
    undo.unshift(() => browser.close());
    workbench = await openWorkbench(browser, host, folder);
    // Looking at the Engine begins with the view.
    await workbench.showTree();
  });
  after(async () => {
    for (const step of undo) await step();
  });

  test('failing tasks are a finding on their service, until they are well', async () => {
    await workbench.openFile('shop-stack.yaml');
    await workbench.runCommand('View: Toggle Problems');
    const problems = workbench.page.locator('.markers-panel .monaco-list-row .marker-message-details-container');
    const finding = problems.filter({ hasText: 'No such image: longshore.invalid/none:1' }).first();
    await finding.waitFor({ timeout: 60_000 });
    await workbench.screenshot('stack-finding');
    writeFileSync(file, stack('busybox:1.36'));
    await deploy();
    await finding.waitFor({ state: 'detached', timeout: 60_000 });
  });

  test('Show Load Balancing names what reaches a service, and Probe shows who answers', async () => {
    const { page } = workbench;
    await workbench.runCommand('Swarm: Show Load Balancing');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'shop_web' }).click();
    await view()
      .getByRole('cell', { name: /^node1 \(/ })
      .waitFor();
    await view().getByRole('button', { name: 'Probe…' }).click();
    await page.locator('.quick-input-widget:visible', { hasText: 'Requests, at most' }).waitFor();
    await page.locator('.quick-input-widget:visible input.input').fill('30');
    await page.keyboard.press('Enter');
    await view().getByText('30 of 30 requests were answered').waitFor({ timeout: 60_000 });
    await view()
      .getByRole('row', { name: /^shop_web\.1 node1 30 100 %/ })
      .waitFor();
    await workbench.screenshot('load-balancing');
  });
});
