// Builds every bundle. `--watch` rebuilds on change, `--minify` is for the package, `--outdir=FOLDER` writes elsewhere.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { context } from 'esbuild';
import { bundledPackages, notices } from './notices.mjs';
import { withPictures } from './readme.mjs';

const flags = new Set(process.argv.slice(2));
const outdir = [...flags].find((flag) => flag.startsWith('--outdir='))?.slice('--outdir='.length) ?? 'dist';
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const shared = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  outdir,
  minify: flags.has('--minify'),
  metafile: true,
  define: { __VERSION__: JSON.stringify(manifest.version) },
  sourcemap: !flags.has('--minify'),
  // `yaml`'s ES modules tree-shake; its CommonJS entry does not.
  mainFields: ['module', 'main'],
  // A watching editor task waits for the line that says a build is done.
  logLevel: flags.has('--watch') ? 'info' : 'warning',
};
const bundles = [
  { entryPoints: { extension: 'client/src/extension.ts' }, external: ['vscode'] },
  // dockerode and ssh2 are large: their own bundle, loaded when a tree or a command first needs the Engine.
  { entryPoints: { engine: 'client/src/engine/connect.ts' }, external: ['vscode'], loader: { '.node': 'empty' } },
  // The page of the log view, which runs in a browser.
  { entryPoints: { logView: 'client/src/logs/view/main.ts' }, platform: 'browser', format: 'iife' },
  { entryPoints: { server: 'server/src/main.ts' } },
  { entryPoints: { cli: 'server/src/cli.ts' } },
];

const metafiles = [];
for (const bundle of bundles) {
  const build = await context({ ...shared, ...bundle });
  if (flags.has('--watch')) await build.watch();
  else {
    metafiles.push((await build.rebuild()).metafile);
    await build.dispose();
  }
}
if (!flags.has('--watch')) {
  writeFileSync(join(outdir, 'NOTICES.txt'), notices(bundledPackages(metafiles)));
  writeFileSync(join(outdir, 'README.md'), withPictures(readFileSync('README.md', 'utf8')));
}
