// Runs the suite of test/editor/suite inside the extension host of VS Code's web server.
import { resultMark } from './resultMark.mjs';

/**
 * @param {import('playwright-core').Browser} browser
 * @param {import('./host.mjs').Host} host
 * @param {{ workspace: string, extension: string, suite: string, timeoutMs?: number }} paths absolute: the folder to
 *   open, the unpacked extension, the bundled suite
 * @returns {Promise<{ code: number, results: { name: string, ms: number, error?: string }[], output: string[] }>} each
 *   test of the suite, and whatever else was logged
 */
export async function runInExtensionHost(browser, host, { workspace, extension, suite, timeoutMs = 300_000 }) {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const results = [];
  const output = [];
  try {
    let exit;
    const exited = new Promise((resolve) => (exit = resolve));
    await page.exposeFunction('codeAutomationLog', (_type, args) => {
      for (const line of args.map(String)) {
        if (line.startsWith(resultMark)) results.push(JSON.parse(line.slice(resultMark.length)));
        else output.push(line);
      }
    });
    await page.exposeFunction('codeAutomationExit', (code) => exit(code));
    await page.goto(
      host.url(workspace, [
        ['extensionDevelopmentPath', host.remote(extension)],
        ['extensionTestsPath', host.remote(suite)],
        ['skipWelcome', 'true'],
      ]),
    );
    const timer = setTimeout(() => exit(undefined), timeoutMs);
    const code = await exited;
    clearTimeout(timer);
    if (code === undefined) throw new Error(`The suite gave no answer in ${timeoutMs / 1000} s:\n${output.join('\n')}`);
    return { code, results, output };
  } finally {
    await page.close();
  }
}
