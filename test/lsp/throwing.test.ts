import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { CompletionList, DocumentSymbol, Hover, SemanticTokens } from 'vscode-languageserver';
import { rules } from '../../server/src/compose/rules/index.js';
import type { Rule } from '../../server/src/compose/rules/rule.js';
import type { Feature } from '../../server/src/lsp/feature.js';
import { features } from '../../server/src/lsp/index.js';
import { startInProcess, type LanguageClient } from '../support/inProcess.js';

const uri = 'file:///shop/compose.yaml';
const other = 'file:///other/compose.yaml';
const text = 'services:\n  web:\n    image: nginx:1.27\n    delopy: {}\nnetworks:\n  front: {}\n';
const position = { line: 2, character: 5 };
const textDocument = { uri };

const broken = ['text', 'service', 'project', 'resource', 'mention', 'file'].map((scope) => ({
  id: `throws-in-${scope}`,
  scope,
  severity: 'error',
  targets: ['compose', 'stack'],
  docs: { summary: '', why: '', bad: '', good: '' },
  check(): never {
    throw new Error('A rule, on purpose.');
  },
})) as unknown as readonly Rule[];

function fail(): never {
  throw new Error('A feature, on purpose.');
}

/** Throws wherever a feature is called. */
const throwing: readonly Feature[] = [
  { register: fail },
  {
    register({ connection, onChange, later, handle }) {
      connection.onRequest('test/throws', handle('test/throws', fail));
      connection.onRequest(
        'test/rejects',
        handle('test/rejects', async () => Promise.reject(new Error('A promise, on purpose.'))),
      );
      connection.onRequest('test/later', () => void later(0, fail));
      onChange(fail);
    },
  },
];

async function answers(client: LanguageClient): Promise<readonly unknown[]> {
  const found = await client.diagnostics(uri);
  return [
    found.map(({ code }) => code),
    (await client.request<Hover>('textDocument/hover', { textDocument, position })).range,
    (await client.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument })).length,
    (await client.request<SemanticTokens>('textDocument/semanticTokens/full', { textDocument })).data,
    (
      await client.request<CompletionList>('textDocument/completion', {
        textDocument,
        position: { line: 3, character: 6 },
      })
    ).items.length,
  ];
}

suite('what throws in the server', () => {
  test('rules and features that do leave every other answer as it is', async () => {
    const parts = { rules: [...broken, ...rules], features: [...throwing, ...features, ...throwing] };
    const [whole, hurt] = await Promise.all([startInProcess(), startInProcess({ parts })]);
    for (const client of [whole, hurt]) client.open(uri, text);
    assert.deepEqual(await answers(hurt), await answers(whole));
    for (const client of [whole, hurt])
      client.change(uri, { range: { start: position, end: position }, text: 'x' }, { text: text.replace('web', 'w') });
    assert.deepEqual(await answers(hurt), await answers(whole));
    assert.equal(await hurt.request('test/throws', null), null);
    assert.equal(await hurt.request('test/rejects', null), null);
    await hurt.request('test/later', null);
    assert.deepEqual(await answers(hurt), await answers(whole));
    const log = hurt.logged.join('\n');
    for (const { id } of broken) assert.ok(log.includes(id), `${id} is not in the log.`);
    assert.match(log, /test\/throws failed: Error: A feature/);
    assert.match(log, /test\/rejects failed: Error: A promise/);
    assert.match(log, /What follows a change failed/);
    assert.match(log, /What was to be done later failed/);
    assert.deepEqual(whole.logged, []);
    await Promise.all([whole.stop(), hurt.stop()]);
  });

  test('a document whose check throws takes no other with it', async () => {
    const client = await startInProcess({
      host: (host) => ({
        ...host,
        readText: (it) => (it === 'file:///shop/more.yaml' ? fail() : host.readText(it)),
      }),
    });
    client.open(uri, `include: [more.yaml]\n${text}`);
    client.open(other, text);
    assert.deepEqual(
      (await client.diagnostics(other)).map(({ code }) => code),
      ['unknown-key'],
    );
    assert.match(client.logged.join('\n'), /Checking file:\/\/\/shop\/compose.yaml failed: Error: A feature/);
    await client.stop();
  });
});
