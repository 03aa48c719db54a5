// An editor that has the language server by the configuration of the README alone.
import { ensureDebian } from './apt.mjs';
import { run, which } from './proc.mjs';

/** @returns {Promise<{ nvim: string, version: string }>} `version` as in `0.11`. */
export async function ensureNeovim({ log }) {
  await ensureDebian(['neovim'], { log, unless: ['nvim'] });
  const nvim = which('nvim');
  const { stdout } = await run(nvim, ['--version']);
  return { nvim, version: /NVIM v(\d+\.\d+)/.exec(stdout)?.[1] ?? 'unknown' };
}
