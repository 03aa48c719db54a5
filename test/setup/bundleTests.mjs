// Test files as Node runs them: each bundled by esbuild into out/.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The test files of a suite's folder, sorted. */
export function testFiles(root, suite) {
  const folder = join(root, 'test', suite);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Bundles test files into out/; answers the bundles in the same order. */
export async function bundleTests(root, suite, files) {
  const { build } = await import('esbuild');
  const outdir = join(root, 'out', suite);
  rmSync(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: files,
    outbase: join(root, 'test', suite),
    outdir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return files.map((file) => join(outdir, relative(join(root, 'test', suite), file)).replace(/\.ts$/, '.js'));
}
