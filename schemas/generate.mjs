// `npm run generate`: writes the JSON Schemas that other editors can use from the attribute table.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { tmpdir } from 'node:os';
import { build } from 'esbuild';
import { format, resolveConfig } from 'prettier';

const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'longshore-schemas-'));
try {
  const bundle = join(folder, 'jsonSchema.mjs');
  await build({
    entryPoints: [join(here, 'jsonSchema.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: bundle,
  });
  const { jsonSchema } = await import(pathToFileURL(bundle).href);
  for (const target of ['compose', 'stack']) {
    const path = join(here, `${target}.schema.json`);
    const style = await resolveConfig(path);
    writeFileSync(path, await format(JSON.stringify(jsonSchema(target)), { ...style, filepath: path }));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
