// Every Compose example comes up as its README says, answers, and goes away again.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startDockerd, type Engine } from '../setup/dockerd.mjs';
import { ensureImages } from '../setup/images.mjs';
import { get } from '../support/http.js';
import { renamedExample } from '../support/renamedExample.js';

interface Example {
  readonly folder: string;
  readonly files: readonly string[];
  readonly port: number;
  readonly answer: RegExp;
}

const examples: readonly Example[] = [
  { folder: 'gpu-inference', files: ['compose.yaml', 'compose.cpu.yaml'], port: 8080, answer: /\S/ },
  { folder: 'visit-counter', files: ['compose.yaml'], port: 8081, answer: /^Visit 1, / },
  { folder: 'haproxy-scale', files: ['compose.yaml'], port: 8082, answer: /\S/ },
];

let engine: Engine;
before(async () => {
  engine = await startDockerd();
  const images = JSON.parse(readFileSync('examples/images.json', 'utf8')) as Record<string, string>;
  await ensureImages(engine, Object.keys(images));
});
after(() => engine.stop());

for (const { folder, files, port, answer } of examples) {
  test(`examples/${folder}`, async (t) => {
    const compose = ['compose', ...files.flatMap((file) => ['-f', `examples/${folder}/${file}`])];
    t.after(() => engine.docker([...compose, 'down', '--volumes']));
    await engine.docker([...compose, 'up', '-d', '--wait', '--wait-timeout', '60']);
    const response = await get(`http://${engine.address}:${port}/`);
    assert.equal(response.status, 200);
    assert.match(response.body, answer);
    await engine.docker([...compose, 'down', '--volumes']);
    assert.equal((await engine.docker(['ps', '-aq'])).stdout, '');
  });
}

test('a renamed service still answers through its proxy', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-renamed-'));
  cpSync('examples/gpu-inference', folder, { recursive: true });
  const { after: texts } = await renamedExample('gpu-inference', '  api:', 'inference');
  for (const [path, text] of texts) writeFileSync(join(folder, path), text);
  const compose = ['compose', '-f', join(folder, 'compose.yaml'), '-f', join(folder, 'compose.cpu.yaml')];
  t.after(async () => {
    await engine.docker([...compose, 'down', '--volumes']);
    rmSync(folder, { recursive: true });
  });
  await engine.docker([...compose, 'up', '-d', '--wait', '--wait-timeout', '60']);
  const { stdout } = await engine.docker(['ps', '--format', '{{.Names}}']);
  assert.match(stdout, /^gpu-inference-inference-1$/m);
  assert.doesNotMatch(stdout, /-api-/);
  const response = await get(`http://${engine.address}:8080/`);
  assert.equal(response.status, 200);
  assert.match(response.body, /\S/);
});
