// The log view of the installed package over a real Engine: opened from the palette, merged, filtered, paused, saved, and joined by a
// replica.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
import { Person } from './person.js';

const script =
  'i=0; while :; do i=$$((i+1)); echo "INFO: 请求 $$i 完成"; [ $$((i % 3)) = 0 ] && printf "\\033[31mERROR\\033[0m: app/main.py:$$i: refused\\n" >&2; sleep 1; done';

/** How many lines a view keeps here. */
const bound = 2000;

suite('Logs', () => {
  let docker: Engine;
  let workbench: Workbench;
  let person: Person;
  const undo: (() => unknown)[] = [];
  /** The page of the log view: a frame in a frame. */
  const view = () => workbench.page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame');
  const count = (text: string | RegExp) => view().locator('#count', { hasText: text }).waitFor();
  /** What Copy takes. */
  const copied = async (): Promise<string> => {
    const { page } = workbench;
    await page.evaluate("navigator.clipboard.writeText('')");
    await view().locator('#copy').click();
    return until('nothing was copied', async () => page.evaluate<string>('navigator.clipboard.readText()'));
  };
  const up = (count: number): Promise<unknown> =>
    docker.docker(['compose', '-f', file, 'up', '-d', '--scale', `api=${count}`]);
  const folder = mkdtempSync(join(tmpdir(), 'longshore-logs-'));
  const file = join(folder, 'compose.yaml');

  before(async () => {
    const api = { image: 'busybox', command: ['sh', '-c', script], stop_grace_period: '0s' };
    const flood = { ...api, command: ['sh', '-c', `seq 1 ${bound + 500}; sleep 1d`] };
    writeFileSync(file, JSON.stringify({ name: 'talk', services: { api, flood } }));
    mkdirSync(join(folder, 'app'));
    writeFileSync(join(folder, 'app/main.py'), '\n'.repeat(3000));
    undo.unshift(() => rmSync(folder, { recursive: true }));
    docker = await startDockerd();
    undo.unshift(() => docker.stop());
    await ensureImages(docker, ['busybox']);
    await up(2);
    const settings = { 'longshore.logs.lines': bound, 'longshore.logs.tail': bound + 1000 };
    const host = await startHost({ vsix: process.env['LONGSHORE_VSIX'] ?? '', env: docker.env, settings });
    undo.unshift(() => host.stop());
    const browser = await startBrowser();
    undo.unshift(() => browser.close());
    workbench = await openWorkbench(browser, host, folder);
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    person = new Person(workbench);
  });
  after(async () => {
    for (const step of undo) await step();
  });

  test('Compose: Show Logs follows all replicas', async () => {
    await person.does('Compose: Show Logs', (it) => it.picks('api'));
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
    assert.match(await copied(), /^api-1 \| INFO: 请求 \d+ 完成$/m);
  });

  test('paused, it counts what waits; going on, it has all of it in order', async () => {
    await view().locator('#pause').click();
    await count(/ · paused, (?:[2-9]|\d\d+) lines waiting$/);
    const before = await copied();
    await workbench.screenshot('logs-paused');
    assert.equal(await copied(), before, 'nothing comes while it waits');
    await view().locator('#pause').click();
    const after = await until('nothing came', async () => {
      const text = await copied();
      return text.length > before.length ? text : undefined;
    });
    assert.ok(after.startsWith(before));
    for (const name of ['api-1', 'api-2']) {
      const numbers = [...after.matchAll(new RegExp(`^${name} \\| INFO: 请求 (\\d+) 完成$`, 'gm'))].map(([, it]) =>
        Number(it),
      );
      assert.deepEqual(
        numbers,
        [...numbers.keys()].map((index) => index + 1),
        name,
      );
    }
  });

  test('Save writes what is shown into a file', async () => {
    await view().locator('#pause').click();
    await view().locator('#filter').fill('refused');
    await count(/^\d+ lines · \d+ shown · paused/);
    await view().locator('#save').click();
    const saved = join(folder, 'api.log');
    const asked = workbench.page.locator('.quick-input-widget:visible input.input');
    await until('it proposes a name', async () => (await asked.inputValue()) === saved);
    await workbench.screenshot('logs-save');
    await until('no file was written', async () => {
      // While it looks at the folder, the dialog takes no answer.
      if (await asked.isVisible()) await asked.press('Enter', { timeout: 1000 }).catch(() => undefined);
      return existsSync(saved) && readFileSync(saved, 'utf8') !== '';
    });
    const text = readFileSync(saved, 'utf8');
    assert.equal(text, await copied());
    assert.match(text, /^(?:api-\d \| ERROR: app\/main\.py:\d+: refused\n)+$/);
    const shown = await view().locator('#count').textContent();
    assert.equal(text.split('\n').length - 1, Number(/ (\d+) shown/.exec(shown ?? '')?.[1]));
    await view().locator('#filter').fill('');
    await view().locator('#pause').click();
  });

  test('a regular expression filters, and one that is none says so', async () => {
    await view().locator('#filterExpression').click();
    await view().locator('#filter').fill('请求 [12] 完成$');
    await view().locator('.row', { hasText: 'refused' }).first().waitFor({ state: 'detached' });
    assert.match(await copied(), /^(?:api-\d \| INFO: 请求 [12] 完成\n)+$/);
    await view().locator('#filter').fill('请求 [');
    await view().locator('#filter[aria-invalid="true"][title*="regular expression"]').waitFor();
    await view().locator('#filter').fill('nothing is like this');
    await view().getByText('No line is left by the filter').waitFor();
    await view().locator('#filter').fill('');
    await view().locator('#filterExpression').click();
  });

  test('Find goes from match to match, and around the end', async () => {
    const { page } = workbench;
    await view().locator('#log').press('Control+f');
    await view().locator('#find:focus').waitFor();
    await page.keyboard.type('main.py:3:');
    const found = view().locator('.row.active', { has: page.locator('.found') });
    await page.keyboard.press('Enter');
    await found.filter({ hasText: 'main.py:3:' }).waitFor();
    const first = await found.getAttribute('data-number');
    await page.keyboard.press('Enter');
    const second = view().locator(`.row.active:not([data-number="${first}"])`, { hasText: 'main.py:3:' });
    await second.waitFor();
    await page.keyboard.press('Shift+Enter');
    await view().locator(`.row.active[data-number="${first}"]`).waitFor();
    await workbench.screenshot('logs-find');
    await view().locator('#find').fill('');
  });

  test('a name leads to its replica in the tree, and that to a log of its own', async () => {
    const { page } = workbench;
    await view().locator('.row .name', { hasText: 'api-2' }).first().click();
    const replica = page.locator('[role="treeitem"][aria-selected="true"][aria-label^="api-2, running"]');
    await replica.waitFor();
    await replica.hover();
    await replica.getByRole('button', { name: 'Show Logs' }).click();
    await person.seesTab('Logs: api-2');
    await view().locator('.row', { hasText: 'api-2' }).first().waitFor();
    assert.match(await copied(), /^(?:[^|]* api-2 \| .*\n)+$/);
    await page
      .locator('.tab.active')
      .getByRole('button', { name: /^Close/ })
      .click();
    await person.seesTab('Logs: api');
  });

  test('what a line names is a click away', async () => {
    await view().locator('.row .link', { hasText: 'app/main.py:' }).first().click();
    await workbench.page.locator('.tabs-container .tab.active', { hasText: 'main.py' }).waitFor();
    await workbench.page.locator('.tab', { hasText: 'Logs: api' }).click();
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

  test('by keyboard alone: opened, filtered by an expression, paused', async () => {
    const { page } = workbench;
    const on = (id: string) => view().locator(`#${id}:focus`);
    const tabTo = async (id: string): Promise<void> => {
      for (let presses = 0; (await on(id).count()) === 0; presses++) {
        assert.ok(presses < 20, `Tab does not lead to ${id}.`);
        await page.keyboard.press('Tab');
      }
    };
    await person.does('Compose: Show Logs', (it) => it.picks('flood'));
    await count(new RegExp(`^${bound.toLocaleString('en-US')} lines · 500 older lines dropped$`));
    await workbench.screenshot('logs-dropped');
    await tabTo('filter');
    await page.keyboard.type('99$');
    await page.keyboard.press('Tab');
    await on('filterExpression').waitFor();
    await page.keyboard.press('Space');
    await count(/ · 20 shown · /);
    await tabTo('pause');
    await page.keyboard.press('Enter');
    await count(/ · paused$/);
    await tabTo('log');
    await page.keyboard.press('End');
    await view()
      .locator('.row.active:focus', { hasText: String(bound + 499) })
      .waitFor();
    await page.keyboard.press('Space');
    await view().locator('#pause[aria-pressed="false"]').waitFor();
  });
});
