// The workbench in a real browser, driven as a person would.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureChromium } from '../setup/chromium.mjs';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * @param {{ headless?: boolean, log?: (line: string) => void }} [options]
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function startBrowser({ headless = true, log = () => {} } = {}) {
  const { chromium: executablePath } = await ensureChromium({ log });
  return chromium.launch({ executablePath, headless, args: flags });
}

/**
 * @typedef {object} Workbench
 * @property {import('playwright-core').Page} page
 * @property {(title: string) => Promise<void>} runCommand by its title in the command palette
 * @property {() => Promise<void>} showTree shows Longshore's view container
 * @property {(path: string) => Promise<void>} openFile by its path in the workspace
 * @property {(name: string) => Promise<string>} screenshot into out/screenshots; answers the file
 * @property {() => string} said what Longshore has written to its log
 * @property {() => Promise<void>} close
 */

/**
 * Opens a folder in a host where Longshore is installed, and waits until the workbench and its contributions are there.
 * @param {import('playwright-core').Browser} browser
 * @param {import('./host.mjs').Host} host
 * @param {string} folder absolute
 * @param {{ width?: number, height?: number }} [options]
 * @returns {Promise<Workbench>}
 */
export async function openWorkbench(browser, host, folder, { width = 1400, height = 900 } = {}) {
  const page = await browser.newPage({ viewport: { width, height }, locale: 'en-US' });
  page.setDefaultTimeout(30_000);
  await page.goto(host.url(folder));
  // The workbench is there before what extensions contribute; commands asked for too early are not found.
  const container = page.locator('.activitybar .action-label[aria-label="Longshore"]');
  await container.waitFor({ timeout: 90_000 });
  const pick = async (key, text, row) => {
    const input = page.locator('.quick-input-widget:visible input.input');
    // The one that Enter takes: before the list is filtered another has the focus.
    const chosen = page.locator('.quick-input-list .monaco-list-row.focused', { hasText: row });
    // A view that opens late takes the focus, and the palette goes with it.
    for (let attempt = 1; ; attempt++) {
      await page.keyboard.press(key);
      try {
        await input.fill(text, { timeout: 15_000 });
        await chosen.waitFor({ timeout: 15_000 });
        break;
      } catch (error) {
        if (attempt === 3) throw error;
        await page.keyboard.press('Escape');
        await page.evaluate('document.activeElement?.blur()');
      }
    }
    await page.keyboard.press('Enter');
    await chosen.waitFor({ state: 'hidden' });
  };
  return {
    page,
    runCommand: (title) => pick('F1', `>${title}`, title),
    showTree: async () => {
      await container.click();
      await page.locator('.sidebar .composite.title', { hasText: 'Longshore' }).waitFor();
    },
    openFile: async (path) => {
      const name = path.split('/').at(-1);
      await pick('Control+P', path, name);
      await page.locator('.tabs-container .tab.active', { hasText: name }).waitFor();
    },
    screenshot: async (name) => {
      const folderOfShots = join(process.cwd(), 'out/screenshots');
      mkdirSync(folderOfShots, { recursive: true });
      const file = join(folderOfShots, `${name}.png`);
      await page.screenshot({ path: file });
      return file;
    },
    said: host.said,
    close: () => page.close(),
  };
}
