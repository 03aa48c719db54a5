// The Services view of the installed package over a real Engine: looked at, scaled with its buttons and menu, and seen to recover.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { findProxy, listProcesses } from '../../client/src/proxy/program.js';
import { startDockerd } from '../setup/dockerd.mjs';
import type { Engine } from '../setup/dockerd.mjs';
import { ensureImages } from '../setup/images.mjs';
import { until } from '../setup/proc.mjs';
import { openWorkbench, startBrowser } from './browser.mjs';
import type { Workbench } from './browser.mjs';
import { startHost } from './host.mjs';
import { Person } from './person.js';

suite('Services', () => {
  let docker: Engine;
  let workbench: Workbench;
  const undo: (() => Promise<unknown>)[] = [];
  /** A row of the tree by what a screen reader says of it. */
  const row = (label: RegExp) => workbench.page.getByRole('treeitem', { name: label });

  before(async () => {
    docker = await startDockerd();
    undo.unshift(() => docker.stop());
    await ensureImages(docker, ['inference-api:1.0', 'nginx:stable-alpine']);
    const files = ['compose.yaml', 'compose.cpu.yaml'].flatMap((file) => ['-f', `examples/gpu-inference/${file}`]);
    await docker.docker(['compose', ...files, 'up', '-d', '--wait', '--wait-timeout', '60']);
    const host = await startHost({ vsix: process.env['LONGSHORE_VSIX'] ?? '', env: docker.env });
    undo.unshift(() => host.stop());
    const browser = await startBrowser();
    undo.unshift(() => browser.close());
    workbench = await openWorkbench(browser, host, join(process.cwd(), 'examples/gpu-inference'));
    await workbench.runCommand('Longshore: Focus on Services View');
  });
  after(async () => {
    for (const step of undo) await step();
  });

  test('shows services with their counts and replicas with their states', async () => {
    const project = row(/^gpu-inference, Compose project, 2 of 2 services up/);
    await project.waitFor();
    if ((await project.getAttribute('aria-expanded')) === 'false') await project.click();
    const api = row(/^api, 3 of 3 replicas running, healthy/);
    await api.click();
    await row(/^api-3, running, healthy/).waitFor();
    await workbench.screenshot('services');
  });

  test('+ adds a replica', async () => {
    const api = row(/^api, 3 of 3/);
    await api.hover();
    await api.getByRole('button', { name: 'Add a Replica' }).click();
    await row(/^api, 4 of 4 replicas running, healthy/).waitFor();
  });

  test('the lens over an upstream counts what runs and reloads its proxy', async () => {
    const workers = async () => {
      const { stdout } = await docker.docker(['exec', 'gpu-inference-nginx-1', ...listProcesses]);
      return findProxy(stdout)?.workers ?? [];
    };
    const before = await workers();
    await workbench.openFile('nginx/inference.conf.template');
    await workbench.page.locator('.codelens-decoration a', { hasText: '4 replicas of api · reload nginx' }).click();
    await until('nginx started no new worker', async () => (await workers()).some((pid) => !before.includes(pid)));
    await workbench.screenshot('upstream-lens');
  });

  test('Compose: Scale Service… asks for a service and a count', async () => {
    await workbench.runCommand('Compose: Scale Service…');
    const { page } = workbench;
    const input = page.locator('.quick-input-widget:visible input.input');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: '4/4 running' }).click();
    await page.locator('.quick-input-widget:visible', { hasText: 'Replicas of api' }).waitFor();
    await input.fill('5');
    await workbench.screenshot('scale-input');
    await page.keyboard.press('Enter');
    await row(/^api, 5 of 5 replicas running, healthy/).waitFor();
    await workbench.screenshot('scaled');
  });

  test('Reload Proxy from the menu of the tree, and from the palette', async () => {
    const { page } = workbench;
    const reloaded = page.locator('.statusbar', { hasText: 'Reloaded gpu-inference-nginx-1.' });
    const nginx = /^nginx, 1 of 1 replica running/;
    await row(nginx).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Reload Proxy' }).waitFor();
    await workbench.screenshot('services-menu');
    await page.keyboard.press('Escape');
    await new Person(workbench).chooses(nginx, 'Reload Proxy');
    await reloaded.waitFor();
    await workbench.screenshot('reloaded');
    await reloaded.waitFor({ state: 'detached' });
    // The only proxy is not asked for.
    await workbench.runCommand('Longshore: Reload Proxy');
    await reloaded.waitFor();
    const { stderr } = await docker.docker(['logs', 'gpu-inference-nginx-1']);
    assert.ok(stderr.split('\n').filter((line) => line.includes(', reconfiguring')).length >= 2, stderr);
  });

  test('the status bar names the Docker context, and a click offers others', async () => {
    const { page } = workbench;
    const item = page.locator('.statusbar-item', { hasText: 'DOCKER_HOST' });
    await item.click();
    await page.locator('.quick-input-widget:visible', { hasText: 'Docker context of this editor' }).waitFor();
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'default' }).first().waitFor();
    await workbench.screenshot('contexts');
    await page.keyboard.press('Escape');
  });

  test('over a service of the open file stands what runs of it, and follows without an edit', async () => {
    const { page } = workbench;
    await workbench.openFile('compose.yaml');
    const lens = (text: string | RegExp) =>
      page.locator('.monaco-editor .contentWidgets .codelens-decoration', { hasText: text });
    await lens(/5\/5 running/).waitFor();
    await lens(/1\/1 running/).waitFor();
    await workbench.screenshot('lenses');
    await docker.docker(['stop', '-t', '0', 'gpu-inference-api-5']);
    await lens(/4\/5 running/)
      .getByText('scale')
      .click();
    await page.locator('.quick-input-widget:visible', { hasText: 'Replicas of api' }).waitFor();
    await page.keyboard.press('Escape');
    await docker.docker(['start', 'gpu-inference-api-5']);
    await lens(/5\/5 running/).waitFor();
  });

  test('Compose: Show Effective Configuration opens beside the file', async () => {
    const { page } = workbench;
    await workbench.openFile('compose.yaml');
    await workbench.runCommand('Compose: Show Effective Configuration');
    await page.locator('.tab.active', { hasText: 'compose.yaml (effective)' }).waitFor();
    await page.locator('.view-line', { hasText: 'What docker compose makes of compose.yaml' }).waitFor();
    await workbench.screenshot('effective-configuration');
  });

  test('an Engine that is gone is said, and its return seen', async () => {
    await docker.kill();
    await workbench.page
      .getByText(/The Docker Engine .*(?:cannot be reached|does not answer)/)
      .first()
      .waitFor();
    await workbench.screenshot('engine-gone');
    await docker.start();
    // What the crash did to the containers is Docker's matter; that they are listed again is ours.
    await row(/^api-1, (?:exited|running)/).waitFor();
  });
});
