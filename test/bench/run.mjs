// `npm run bench`: builds one benchmark of this folder and runs it: `npm run bench`, `npm run bench -- keystroke 100 1000`.
import { spawnSync } from 'node:child_process';
import { build } from 'esbuild';

const [name = 'keystroke', ...rest] = process.argv.slice(2);
const outfile = `out/bench/${name}.cjs`;
await build({
  entryPoints: [`test/bench/${name}.ts`],
  bundle: true,
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  define: { __VERSION__: '"bench"' },
  outfile,
  logLevel: 'warning',
});
process.exitCode = spawnSync(process.execPath, ['--expose-gc', outfile, ...rest], { stdio: 'inherit' }).status ?? 1;
