// What a conversion makes is accepted by the other tool.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { toCompose, toStack, type Conversion } from '../../server/src/compose/features/convert.js';
import { ensureDockerCli } from '../setup/dockerCli.mjs';
import { run } from '../setup/proc.mjs';

const noVariables = { lookup: () => undefined, final: false };
let cli: Awaited<ReturnType<typeof ensureDockerCli>>;
let folder: string;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'longshore-convert-'));
  cli = await ensureDockerCli({ log: (line: string) => console.log(line) });
});
after(() => rmSync(folder, { recursive: true, force: true }));

suite('a Compose file becomes a stack file', () => {
  for (const file of [
    'test/fixtures/convert/everything.compose.yaml',
    'examples/gpu-inference/compose.yaml',
    'examples/visit-counter/compose.yaml',
    'examples/haproxy-scale/compose.yaml',
  ]) {
    test(file, async () => {
      const written = convert(file, toStack);
      await accepted(['compose', '-f', file, 'config', '-q']);
      await accepted(['stack', 'config', '-c', written]);
    });
  }
});

suite('a stack file becomes a Compose file', () => {
  for (const file of ['test/fixtures/convert/everything.stack.yaml', 'examples/swarm-ha/swarm-ha-stack.yaml']) {
    test(file, async () => {
      const written = convert(file, toCompose);
      await accepted(['stack', 'config', '-c', file]);
      await accepted(['compose', '-f', written, 'config', '-q']);
    });
  }
});

/** Writes the converted file beside copies of what it names, and returns its path. */
function convert(file: string, to: (uri: string, text: string, variables: typeof noVariables) => Conversion): string {
  const copy = join(folder, basename(dirname(file)));
  cpSync(dirname(file), copy, { recursive: true });
  const written = join(copy, `converted-${basename(file)}`);
  writeFileSync(written, to(`file:///${file}`, readFileSync(file, 'utf8'), noVariables).text);
  return written;
}

async function accepted(args: readonly string[]): Promise<void> {
  const { code, stderr } = await run(cli.docker, args, { env: cli.env });
  assert.equal(code, 0, stderr);
}
