// The suite as the extension host loads it: one file, in the web server and on the desktop.
import { join } from 'node:path';

/** Bundles test/editor/suite/index.ts of the repository in `root`; answers the bundle. */
export async function bundleSuite(root) {
  const { build } = await import('esbuild');
  const outfile = join(root, 'out/editor-suite.js');
  await build({
    entryPoints: [join(root, 'test/editor/suite/index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    mainFields: ['module', 'main'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}
