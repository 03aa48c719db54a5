// The packed extension, installed as a user installs it and looked at in the workbench.
import { join } from 'node:path';
import { test } from 'node:test';
import { openWorkbench, startBrowser } from './browser.mjs';
import { startHost } from './host.mjs';

test('the installed package shows the findings of a broken file in Problems', async (t) => {
  const vsix = process.env['LONGSHORE_VSIX'] ?? '';
  const [host, browser] = await Promise.all([startHost({ vsix }), startBrowser()]);
  t.after(async () => {
    await browser.close();
    await host.stop();
  });
  const workbench = await openWorkbench(browser, host, join(process.cwd(), 'examples'));
  await workbench.openFile('broken/compose.yaml');
  await workbench.runCommand('View: Toggle Problems');
  const problems = workbench.page.locator('.markers-panel .monaco-list-row .marker-message-details-container');
  await problems.filter({ hasText: 'delopy' }).first().waitFor();
  await workbench.screenshot('problems');
});
