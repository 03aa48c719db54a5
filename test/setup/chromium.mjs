// The browser that drives VS Code's workbench.
import { ensureDebian } from './apt.mjs';
import { run, which } from './proc.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** @returns {Promise<{ chromium: string, version: string }>} */
export async function ensureChromium({ log }) {
  const present = () => names.map(which).find((file) => file !== undefined);
  if (!present()) await ensureDebian(['chromium', 'fonts-noto-core', 'fonts-noto-cjk'], { log, unless: ['chromium'] });
  const chromium = present();
  const { stdout } = await run(chromium, ['--version', '--no-sandbox'], { check: false });
  return { chromium, version: /[\d.]{5,}/.exec(stdout)?.[0] ?? 'unknown' };
}
