// The Services view of the installed package over a real Engine: what it tells of services that are not simply running, and what is
// done from it with the mouse.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { startDockerd } from '../setup/dockerd.mjs';
import type { Engine } from '../setup/dockerd.mjs';
import { ensureImages } from '../setup/images.mjs';
import { openWorkbench, startBrowser } from './browser.mjs';
import type { Workbench } from './browser.mjs';
import { startHost } from './host.mjs';
import { Person } from './person.js';

const sleeps = { image: 'busybox', command: ['sleep', '1d'], stop_grace_period: '0s' };

const fleet = (hostname: string): string =>
  JSON.stringify({
    name: 'fleet',
    services: {
      web: { ...sleeps, scale: 2 },
      worker: { ...sleeps, hostname },
      sick: { ...sleeps, healthcheck: { test: ['CMD', 'false'], interval: '1s', retries: 1 } },
      failed: { image: 'busybox', command: ['sh', '-c', 'exit 3'] },
      migrate: { image: 'busybox', command: ['true'] },
      debug: { ...sleeps, profiles: ['tools'] },
    },
  });

suite('The tree of services', () => {
  let docker: Engine;
  let workbench: Workbench;
  let person: Person;
  const undo: (() => unknown)[] = [];
  const root = mkdtempSync(join(tmpdir(), 'longshore-tree-'));
  const folder = join(root, 'fleet');
  const file = join(folder, 'compose.yaml');
  const row = (label: RegExp) => person.row(label);
  const shows = (...labels: readonly RegExp[]) => Promise.all(labels.map((label) => person.shows(label)));

  /** A small project beside the fleet. */
  const another = (number: number): void => {
    mkdirSync(join(folder, `small${number}`));
    const services = { [`only${number}`]: sleeps };
    writeFileSync(join(folder, `small${number}/compose.yaml`), JSON.stringify({ services }));
  };

  before(async () => {
    undo.unshift(() => rmSync(root, { recursive: true }));
    const elsewhere = join(root, 'elsewhere.yaml');
    mkdirSync(folder);
    writeFileSync(file, fleet('worker'));
    for (let number = 1; number <= 5; number++) another(number);
    writeFileSync(elsewhere, JSON.stringify({ name: 'elsewhere', services: { db: sleeps } }));
    docker = await startDockerd();
    undo.unshift(() => docker.stop());
    await ensureImages(docker, ['busybox']);
    await docker.docker(['compose', '-f', file, 'up', '-d']);
    await docker.docker(['compose', '-f', elsewhere, 'up', '-d']);
    const host = await startHost({ vsix: process.env['LONGSHORE_VSIX'] ?? '', env: docker.env });
    undo.unshift(() => host.stop());
    const browser = await startBrowser();
    undo.unshift(() => browser.close());
    workbench = await openWorkbench(browser, host, folder);
    person = new Person(workbench);
    await workbench.runCommand('Longshore: Focus on Services View');
    await person.opens(/^fleet, Compose project/);
  });
  after(async () => {
    for (const step of undo) await step();
  });

  test('many projects begin collapsed, and what was opened stays open when another comes', async () => {
    const expanded = (...labels: readonly RegExp[]) =>
      Promise.all(labels.map((label) => row(label).getAttribute('aria-expanded')));
    await shows(/^small1, Compose project/, /^small5, Compose project/);
    assert.deepEqual(await expanded(/^fleet, /, /^small1, /, /^small5, /), ['true', 'false', 'false']);
    await person.opens(/^small5, /);
    await person.shows(/^only5, /);
    another(6);
    await person.shows(/^small6, /);
    assert.deepEqual(await expanded(/^fleet, /, /^small5, /, /^small6, /), ['true', 'true', 'false']);
    await workbench.screenshot('tree-many');
  });

  test('a filter opens the way to what it finds', async () => {
    assert.equal(await row(/^only2, /).count(), 0);
    await person.does('Longshore: Filter Services…', (it) => it.writes('Name, image or state', 'only2'));
    await person.shows(/^only2, /);
    await person.does('Longshore: Filter Services…', (it) => it.writes('Name, image or state', 'no such thing'));
    await workbench.page
      .locator('.welcome-view:visible', { hasText: 'Nothing has this' })
      .getByText('Clear Filter')
      .click();
    await shows(/^fleet, /, /^web, /);
  });

  test('says of each service how it is, and counts the unhealthy ones on the icon', async () => {
    await shows(
      /^fleet, Compose project, 3 of 4 services up$/,
      /^web, 2 of 2 replicas running$/,
      /^worker, 1 of 1 replica running$/,
      /^sick, 1 of 1 replica running, unhealthy$/,
      /^failed, 0 of 1 replica running, exited \(3\)$/,
      /^migrate, finished$/,
      /^debug, profile tools$/,
    );
    const badge = workbench.page.locator('.activitybar .action-item', {
      has: workbench.page.locator('.action-label[aria-label^="Longshore"]'),
    });
    await badge.locator('.badge-content', { hasText: /^1$/ }).waitFor();
    await workbench.screenshot('tree');
  });

  test('− takes a replica away, and + adds one', async () => {
    for (const [button, now, then] of [
      ['Take a Replica Away', /^web, 2 of 2 /, /^web, 1 of 1 /],
      ['Add a Replica', /^web, 1 of 1 /, /^web, 2 of 2 /],
    ] as const) {
      await row(now).hover();
      await row(now).getByRole('button', { name: button }).click();
      await person.shows(then);
    }
  });

  test('several services chosen together are stopped and started together', async () => {
    await row(/^web, /).click();
    await row(/^worker, /).click({ modifiers: ['Control'] });
    await person.chooses(/^worker, /, 'Stop');
    await shows(/^web, 0 of 2 replicas running, stopped$/, /^worker, 0 of 1 replica running, stopped$/);
    await workbench.screenshot('tree-stopped');
    await person.chooses(/^worker, /, 'Start');
    await shows(/^web, 2 of 2 replicas running$/, /^worker, 1 of 1 replica running$/);
    await person.shows(/^sick, 1 of 1 replica running, unhealthy$/);
  });

  test('a filter leaves what it finds', async () => {
    await person.does('Longshore: Filter Services…', (it) => it.writes('Name, image or state', 'unhealthy'));
    await row(/^web, /).waitFor({ state: 'detached' });
    await shows(/^fleet, /, /^sick, /);
    await workbench.page.locator('.pane-header, .composite.title', { hasText: '"unhealthy"' }).first().waitFor();
    await workbench.screenshot('tree-filtered');
    await workbench.page.locator('.sidebar').hover();
    await workbench.page.getByRole('button', { name: 'Clear Filter' }).first().click();
    await shows(/^web, /, /^debug, /);
  });

  test('Collapse All leaves the projects', async () => {
    const { page } = workbench;
    const sidebar = page.locator('.sidebar');
    await sidebar.hover();
    await sidebar.getByRole('button', { name: 'Collapse All' }).first().click();
    await row(/^web, /).waitFor({ state: 'detached' });
    await person.opens(/^fleet, /);
    await person.shows(/^web, /);
  });

  test('a project whose files are elsewhere is stopped and started, and not brought up', async () => {
    const { page } = workbench;
    const project = /^elsewhere, Compose project, 1 of 1 services up/;
    await row(project).filter({ hasText: 'files elsewhere' }).waitFor();
    await row(project).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Stop', exact: true }).waitFor();
    assert.equal(await page.getByRole('menuitem', { name: 'Up', exact: true }).count(), 0);
    await page.keyboard.press('Escape');
    await person.chooses(project, 'Stop');
    await person.shows(/^elsewhere, Compose project, 0 of 1 services up/);
    await person.chooses(/^elsewhere, /, 'Start');
    await person.shows(project);
  });

  test('a definition that has changed since is said, until Up', async () => {
    writeFileSync(file, fleet('another'));
    await person.shows(/^worker, 1 of 1 replica running, file changed$/);
    await person.shows(/^web, 2 of 2 replicas running$/);
    await workbench.screenshot('tree-drift');
    await person.chooses(/^worker, /, 'Up');
    await person.shows(/^worker, 1 of 1 replica running$/);
  });
});
