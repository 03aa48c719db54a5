import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { InlayHint } from 'vscode-languageserver';
import { startInProcess, type LanguageClient } from '../support/inProcess.js';

const folder = 'file:///shop';
const uri = `${folder}/compose.yaml`;
const override = `${folder}/compose.override.yaml`;
const text = 'services:\n  web:\n    image: nginx:${TAG}\n    ports: ["80:80"]\n';
const beside = 'services:\n  web:\n    scale: 2\n';
const files = { [`${folder}/.env`]: 'TAG=1.30\n', [override]: beside };

async function hintsIn(client: LanguageClient, lines: readonly [number, number] = [0, 9]): Promise<readonly string[]> {
  const [first, last] = lines;
  const range = { start: { line: first, character: 0 }, end: { line: last, character: 99 } };
  const hints = await client.request<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri }, range });
  return hints.map(({ position, label }) => `${position.line}:${position.character} ${String(label)}`);
}

suite('inlay hints over real streams', () => {
  test('are those that the settings want, in the lines that are asked for', async () => {
    let inlayHints: Readonly<Record<string, boolean>> = {};
    const client = await startInProcess({ folders: [folder], files, settings: () => ({ inlayHints }) });
    client.open(uri, text);
    assert.deepEqual(await hintsIn(client), ['1:6 2 replicas', '2:23 = nginx:1.30']);
    assert.deepEqual(await hintsIn(client, [0, 1]), ['1:6 2 replicas']);
    for (const [wanted, said] of [
      [{ variables: false }, ['1:6 2 replicas']],
      [{ replicas: false, ports: true }, ['2:23 = nginx:1.30', '3:19 → 0.0.0.0:80']],
    ] as const) {
      inlayHints = wanted;
      client.notify('workspace/didChangeConfiguration', { settings: null });
      assert.deepEqual(await hintsIn(client), said);
    }
    await client.stop();
  });

  test('are asked for again once another file changes them, or not, as the client likes', async () => {
    const client = await startInProcess({ folders: [folder], files, refuses: true });
    client.open(uri, text);
    client.open(override, beside);
    assert.ok((await hintsIn(client)).includes('1:6 2 replicas'));
    const refreshed = client.next('workspace/inlayHint/refresh');
    client.change(override, { text: beside.replace('2', '4') });
    await refreshed;
    assert.ok((await hintsIn(client)).includes('1:6 4 replicas'));
    assert.ok(client.logged.some((it) => it.includes('Not with me.')));
    await client.stop();
  });
});
