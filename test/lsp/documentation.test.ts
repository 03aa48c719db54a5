import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { CompletionItem, CompletionList, MarkupContent } from 'vscode-languageserver';
import { startInProcess, type LanguageClient } from '../support/inProcess.js';

const uri = 'file:///shop/compose.yaml';
const names = Array.from({ length: 300 }, (_, i) => `s${i}`);
const text = `services:\n  web:\n    image: a:1\n    depends_on:\n      - \n${names.map((name) => `  ${name}: { image: "b:${name}" }\n`).join('')}`;

async function offered(client: LanguageClient): Promise<readonly CompletionItem[]> {
  client.open(uri, text);
  const position = { line: 4, character: 8 };
  const list = await client.request<CompletionList>('textDocument/completion', { textDocument: { uri }, position });
  return list.items;
}

function words({ documentation }: CompletionItem): string | undefined {
  return (documentation as MarkupContent | undefined)?.value;
}

suite('the documentation of completions', () => {
  test('comes with each item that a client asks about, however many there are', async () => {
    const client = await startInProcess({ resolvesDocumentation: true });
    const items = await offered(client);
    assert.equal(items.length, names.length);
    assert.deepEqual(items.filter((it) => words(it) !== undefined).length, 0);
    for (const index of [0, 60, 299]) {
      const item = items[index];
      assert.ok(item);
      const resolved = await client.request<CompletionItem>('completionItem/resolve', item);
      assert.equal(words(resolved), `\`\`\`yaml\n${item.label}: { image: "b:${item.label}" }\n\`\`\``);
    }
    await client.stop();
  });

  test('is still there when the text has changed, and another list was asked for', async () => {
    const client = await startInProcess({ resolvesDocumentation: true });
    const [first] = await offered(client);
    client.change(uri, { text: 'services: {}\n' });
    await client.request('textDocument/completion', { textDocument: { uri }, position: { line: 1, character: 0 } });
    assert.match(words(await client.request('completionItem/resolve', first)) ?? '', /s0: \{ image/);
    const unknown = { label: 'x', data: { list: 99, index: 0 } };
    assert.deepEqual(await client.request('completionItem/resolve', unknown), unknown);
    await client.stop();
  });

  test('comes at once to a client that cannot ask, as far as it is read', async () => {
    const client = await startInProcess();
    const documented = (await offered(client)).map(words);
    assert.match(documented[99] ?? '', /s99/);
    assert.equal(documented[100], undefined);
    await client.stop();
  });
});
