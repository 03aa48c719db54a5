// `npm run fuzz`: 100,000 random edits over the fixtures of the rules, in pieces that each begin afresh. `npm run fuzz -- 10000` does fewer.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleTests } from './setup/bundleTests.mjs';

/** As in the test. */
const editsOfASequence = 6;
const piece = 2000;

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const wanted = Math.ceil(Number(process.argv[2] ?? 100_000) / editsOfASequence);
const [test] = await bundleTests(root, 'unit', [join(root, 'test/unit/incremental.test.ts')]);
for (let first = 0; first < wanted; first += piece) {
  const sequences = Math.min(piece, wanted - first);
  console.log(`Sequences ${first} to ${first + sequences - 1}`);
  const { status } = spawnSync(process.execPath, ['--enable-source-maps', test], {
    cwd: root,
    env: { ...process.env, LONGSHORE_FIRST_SEQUENCE: String(first), LONGSHORE_SEQUENCES: String(sequences) },
    stdio: 'inherit',
  });
  if (status !== 0) {
    process.exitCode = 1;
    break;
  }
}
