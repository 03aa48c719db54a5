// The proxies as offline oracles: `nginx -t -c F` and `haproxy -c -f F`.
import { ensureDebian } from './apt.mjs';
import { run, which } from './proc.mjs';

/** @returns {Promise<{ nginx: string, version: string }>} */
export async function ensureNginx({ log }) {
  await ensureDebian(['nginx-light', 'libnginx-mod-stream'], { log, unless: ['nginx'] });
  const nginx = which('nginx');
  const { stderr } = await run(nginx, ['-v']);
  return { nginx, version: /nginx\/(\S+)/.exec(stderr)?.[1] ?? 'unknown' };
}

/** @returns {Promise<{ haproxy: string, version: string }>} */
export async function ensureHaproxy({ log }) {
  await ensureDebian(['haproxy'], { log, unless: ['haproxy'] });
  const haproxy = which('haproxy');
  const { stdout } = await run(haproxy, ['-v']);
  return { haproxy, version: /version (\S+)/.exec(stdout)?.[1] ?? 'unknown' };
}
