// What a conversion makes is accepted by the other tool.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { toCompose, toStack, type Conversion } from '../../server/src/compose/features/convert.js';
import type { Target } from '../../server/src/compose/target.js';
import { askTool } from '../support/configTool.js';

const noVariables = { lookup: () => undefined, final: false };
let folder: string;
before(() => (folder = mkdtempSync(join(tmpdir(), 'longshore-convert-'))));
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
      await accepted('compose', file);
      await accepted('stack', written);
    });
  }
});

suite('a stack file becomes a Compose file', () => {
  for (const file of ['test/fixtures/convert/everything.stack.yaml', 'examples/swarm-ha/swarm-ha-stack.yaml']) {
    test(file, async () => {
      const written = convert(file, toCompose);
      await accepted('stack', file);
      await accepted('compose', written);
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

async function accepted(target: Target, file: string): Promise<void> {
  const { accepted, stderr } = await askTool(target, { files: [file] });
  assert.ok(accepted, stderr);
}
