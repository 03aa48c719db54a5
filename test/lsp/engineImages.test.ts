import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { CompletionList } from 'vscode-languageserver';
import { startInProcess, type ClientOptions, type LanguageClient } from '../support/inProcess.js';

const uri = 'file:///shop/compose.yaml';
const text = 'services:\n  web:\n    image: \n    restart: \n';

async function complete(client: LanguageClient, line = 2): Promise<CompletionList> {
  const position = { line, character: 99 };
  return client.request<CompletionList>('textDocument/completion', { textDocument: { uri }, position });
}

async function start(options: ClientOptions): Promise<LanguageClient> {
  const client = await startInProcess(options);
  client.open(uri, text);
  return client;
}

suite('images of the client', () => {
  test('are asked for where one can stand, and nowhere else', async () => {
    let asked = 0;
    const images = async () => ['nginx:1.30', `asked:${++asked}`];
    const client = await start({ images });
    assert.ok((await complete(client, 3)).items.some(({ label }) => label === 'always'));
    assert.equal(asked, 0);
    const { items, isIncomplete } = await complete(client);
    assert.deepEqual(
      items.map(({ label }) => label),
      ['nginx:1.30', 'asked:1'],
    );
    assert.equal(isIncomplete, false);
    assert.ok((await complete(client)).items.some(({ label }) => label === 'asked:2'));
    await client.stop();
  });

  test('that are late hold nothing up', async () => {
    let say: (names: readonly string[]) => void = () => undefined;
    const answer = new Promise<readonly string[]>((resolve) => (say = resolve));
    const client = await start({ images: () => answer });
    assert.deepEqual(await complete(client), { isIncomplete: true, items: [] });
    say(['late:1']);
    const { items, isIncomplete } = await complete(client);
    assert.deepEqual([items.map(({ label }) => label), isIncomplete], [['late:1'], false]);
    await client.stop();
  });

  test('that cannot be had are none, and a client without an Engine is not asked', async () => {
    const failing = await start({ images: () => Promise.reject(new Error('The Engine is gone.')) });
    assert.deepEqual(await complete(failing), { isIncomplete: false, items: [] });
    assert.match(failing.logged.join('\n'), /The Engine is gone/);
    const without = await start({});
    assert.deepEqual(await complete(without), { isIncomplete: false, items: [] });
    assert.deepEqual(without.logged, []);
    await Promise.all([failing.stop(), without.stop()]);
  });
});
