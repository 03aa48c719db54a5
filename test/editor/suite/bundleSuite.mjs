// The suite as the extension host loads it: one file, in the web server and on the desktop.
import { join } from 'node:path';

/** Bundles a file of test/editor/suite of the repository in `root`; answers the bundle. */
export async function bundleSuite(root, entry = 'index') {
  const { build } = await import('esbuild');
  const outfile = join(root, `out/editor-suite-${entry}.js`);
  await build({
    entryPoints: [join(root, `test/editor/suite/${entry}.ts`)],
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
