// `npm run bench:scale [nginx] [haproxy] [keep-alive]`: 2, 6, 18 and again 2 replicas under load, by our command and by
// `docker compose up --scale` with a restart of the proxy, one after the other on the same private Engine. Prints a table for each.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { build } from 'esbuild';

const folder = mkdtempSync(join(tmpdir(), 'longshore-bench-'));
const outfile = 'out/bench/scaleRounds.cjs';
try {
  await build({
    entryPoints: ['test/bench/scaleRounds.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    packages: 'external',
    outfile,
    logLevel: 'warning',
  });
  const { status } = spawnSync(process.execPath, [outfile, folder, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
