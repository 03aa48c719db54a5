import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Diagnostic, DocumentSymbol, WorkspaceSymbol } from 'vscode-languageserver';
import { startInProcess } from '../support/inProcess.js';

const uri = 'file:///shop/compose.yaml';
const folders = ['file:///shop'];
const text = 'services:\n  web:\n    image: nginx:1.30\n    env_file: web.env\n';

function codes(diagnostics: readonly Diagnostic[]): readonly unknown[] {
  return diagnostics.map(({ code }) => code);
}

suite('the server goes on', () => {
  test('without settings, where the client does not answer for them', async () => {
    const client = await startInProcess({
      folders,
      settings: () => {
        throw new Error('Not now.');
      },
    });
    client.open(uri, text);
    assert.deepEqual(codes(await client.diagnostics(uri)), ['missing-file']);
    assert.ok(client.logged.some((it) => it.includes('Not now.')));
    await client.stop();
  });

  test('where the settings are no such thing', async () => {
    const settings = () => ({
      targets: { ['x'.repeat(70_000)]: 'stack', '[': 'stack' },
      proxies: 7,
      projects: [[1], 'x'],
    });
    const client = await startInProcess({ folders, settings });
    client.open(uri, text);
    assert.deepEqual(codes(await client.diagnostics(uri)), ['missing-file']);
    await client.stop();
  });

  test('where the client refuses what it announced', async () => {
    const client = await startInProcess({ folders, refuses: true, settings: () => ({ format: { enable: true } }) });
    const refused = client.next('client/registerCapability');
    client.open(uri, text);
    await refused;
    assert.deepEqual(codes(await client.diagnostics(uri)), ['missing-file']);
    await client.stop();
  });

  test('after changes of what is not open, and a document that is opened twice', async () => {
    const client = await startInProcess({ folders });
    client.notify('textDocument/didChange', { textDocument: { uri, version: 7 }, contentChanges: [{ text: 'x' }] });
    client.notify('textDocument/didClose', { textDocument: { uri } });
    client.open(uri, 'services: {}\n');
    client.open(uri, text);
    const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri } });
    assert.deepEqual(
      symbols[0]?.children?.map(({ name }) => name),
      ['web'],
    );
    await client.stop();
  });

  test('in a file that is too large to be read, wherever the cursor is', async () => {
    const client = await startInProcess({ folders });
    client.open(uri, `${text}${'# A comment.\n'.repeat(700_000)}`);
    const textDocument = { uri };
    const position = { line: 2, character: 6 };
    for (const method of ['completion', 'hover', 'definition', 'documentHighlight', 'prepareRename']) {
      const answer = await client.request<{ items?: unknown[] } | null>(`textDocument/${method}`, {
        textDocument,
        position,
      });
      assert.deepEqual(answer?.items ?? [], [], method);
    }
    assert.deepEqual(codes(await client.diagnostics(uri)), ['file-too-large']);
    await client.stop();
  });
});

test('nothing is missing beside a document that is no file', async () => {
  const client = await startInProcess({ folders });
  for (const other of ['untitled:Untitled-1', 'git:/shop/compose.yaml?%7B%22ref%22%3A%22~%22%7D']) {
    client.open(other, `include: [more.yaml]\n${text}    build: ./web\n`);
    const found = await client.diagnostics(other);
    const said = found.map(({ severity, message }) => [severity, message]);
    assert.deepEqual(said, [[2, '`more.yaml` is not at hand here, so it is not checked.']], other);
  }
  await client.stop();
});

test('folders are searched once, and again where a file comes or goes', async () => {
  let searched = 0;
  // Deeper than anything else looks.
  const deep = 'file:///shop/1/2/3/4/5';
  const client = await startInProcess({
    folders,
    files: { [uri]: text, [`${deep}/README`]: '' },
    watches: true,
    host: (host) => ({
      ...host,
      list: (folder) => {
        if (folder === deep) searched++;
        return host.list(folder);
      },
    }),
  });
  const other = 'file:///shop/app/compose.yaml';
  const projects = async () => (await client.request<unknown[]>('longshore/projects', null)).length;
  const seen = (type: number): void =>
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: other, type }] });
  client.open(uri, text);
  assert.deepEqual(codes(await client.diagnostics(uri)), ['missing-file']);
  const first = searched;
  client.host.set('file:///shop/web.env', '');
  client.notify('textDocument/didSave', { textDocument: { uri } });
  client.change(uri, { text: `${text}# Saved.\n` });
  assert.deepEqual(codes(await client.diagnostics(uri)), []);
  client.close(uri);
  client.open(uri, text);
  assert.deepEqual(codes(await client.diagnostics(uri)), []);
  assert.equal(searched, first);
  client.host.set(other, text);
  seen(1);
  assert.equal(await projects(), 2);
  assert.ok(searched > first);
  const second = searched;
  client.host.set(other, `${text}# Changed.\n`);
  seen(2);
  assert.equal(await projects(), 2);
  assert.equal(searched, second);
  client.host.set(other, undefined);
  seen(3);
  assert.equal(await projects(), 1);
  await client.stop();
});

test('a workspace folder may end with a slash, and come and go', async () => {
  const client = await startInProcess({
    folders: ['file:///shop/'],
    files: { [uri]: text, 'file:///blog/compose.yaml': text },
    configuration: false,
  });
  const files = async () => {
    const symbols = await client.request<WorkspaceSymbol[]>('workspace/symbol', { query: 'web' });
    return symbols.map(({ location }) => location.uri);
  };
  const change = (added: readonly string[], removed: readonly string[]): void => {
    const named = (uris: readonly string[]) => uris.map((it) => ({ uri: it, name: 'x' }));
    client.notify('workspace/didChangeWorkspaceFolders', { event: { added: named(added), removed: named(removed) } });
  };
  assert.deepEqual(await files(), [uri]);
  change(['file:///blog/'], ['file:///shop/']);
  assert.deepEqual(await files(), ['file:///blog/compose.yaml']);
  change(['file:///shop'], []);
  assert.deepEqual(await files(), ['file:///blog/compose.yaml', uri]);
  await client.stop();
});
