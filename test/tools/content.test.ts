// The examples and the completed snippets, read by the tools they are for.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { run } from '../setup/proc.mjs';
import { ensureHaproxy, ensureNginx } from '../setup/proxies.mjs';
import { askTool } from '../support/configTool.js';
import { completeSnippet, readSnippets, snippetFiles } from '../support/snippets.js';

const log = (line: string): void => console.log(line);
let folder: string;
before(() => (folder = mkdtempSync(join(tmpdir(), 'longshore-content-'))));
after(() => rmSync(folder, { recursive: true, force: true }));

suite('examples are accepted', () => {
  for (const files of [
    ['gpu-inference/compose.yaml'],
    ['gpu-inference/compose.yaml', 'gpu-inference/compose.cpu.yaml'],
    ['visit-counter/compose.yaml'],
    ['haproxy-scale/compose.yaml'],
  ]) {
    test(`docker compose: ${files.join(' and ')}`, async () => {
      await accepted.compose(...files.map((file) => join('examples', file)));
    });
  }
  test('docker stack: swarm-ha', () => accepted.stack('examples/swarm-ha/swarm-ha-stack.yaml'));
  test('haproxy: haproxy-scale', () => accepted.haproxy('examples/haproxy-scale/haproxy.cfg'));
});

suite('snippets are accepted', () => {
  for (const kind of snippetFiles) {
    for (const snippet of readSnippets(kind)) {
      test(`${kind}: ${snippet.name}`, async () => {
        const file = join(
          folder,
          `${snippet.prefix}.${kind === 'haproxy' ? 'cfg' : kind === 'nginx' ? 'conf' : 'yaml'}`,
        );
        writeFileSync(file, completeSnippet(kind, snippet));
        await accepted[kind](file);
      });
    }
  }
});

/** Each fails with what the tool says, which is nothing where the tool is content. */
const accepted = {
  async compose(...files: readonly string[]) {
    const { accepted, stderr } = await askTool('compose', { files, flags: ['-q'] });
    assert.deepEqual({ accepted, stderr }, { accepted: true, stderr: '' });
  },
  async stack(file: string) {
    const { accepted, stderr } = await askTool('stack', { files: [file] });
    assert.deepEqual({ accepted, stderr }, { accepted: true, stderr: '' });
  },
  async nginx(file: string) {
    const { nginx, version } = await ensureNginx({ log });
    const told = await run(nginx, ['-t', '-e', 'stderr', '-g', 'pid /dev/null;', '-c', file], { check: false });
    const [, major = 0, minor = 0, patch = 0] = /(\d+)\.(\d+)\.(\d+)/.exec(version)?.map(Number) ?? [];
    const resolvesServers = major * 1e6 + minor * 1e3 + patch >= 1_027_003;
    if (!resolvesServers && file.includes('upstream-resolve'))
      assert.match(told.stderr, /"resolver" directive is not allowed/);
    else assert.equal(told.code, 0, told.stderr);
  },
  async haproxy(file: string) {
    const { haproxy } = await ensureHaproxy({ log });
    const told = await run(haproxy, ['-c', '-f', file], { check: false });
    assert.equal(told.code, 0, told.stderr + told.stdout);
    assert.doesNotMatch(told.stderr + told.stdout, /WARNING/);
  },
};
