// What an editor gets that knows LSP and nothing of ours: the packed server over stdio, from an empty folder.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type {
  CompletionList,
  Hover,
  InitializeResult,
  InlayHint,
  PublishDiagnosticsParams,
  SemanticTokens,
} from 'vscode-languageserver';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';

const extension = process.env['LONGSHORE_EXTENSION'] ?? '';
const text = 'services:\n  web:\n    image: nginx:${TAG}\n    delopy: {}\n    restart: always\n';

test('longshore lsp --stdio serves a client without any part of ours', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-'));
  const uri = pathToFileURL(join(folder, 'compose.yaml')).href;
  writeFileSync(join(folder, '.env'), 'TAG=1.30\n');
  const server = spawn(process.execPath, [join(extension, 'dist/cli.js'), 'lsp', '--stdio'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  t.after(() => {
    server.kill();
    rmSync(folder, { recursive: true });
  });
  const client = createMessageConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  const asked: string[] = [];
  client.onRequest((method) => void asked.push(method));
  const told: string[] = [];
  client.onNotification((method) => void told.push(method));
  const published = new Promise<PublishDiagnosticsParams>((resolve) =>
    client.onNotification('textDocument/publishDiagnostics', resolve),
  );
  client.listen();

  const rootUri = pathToFileURL(folder).href;
  const { capabilities } = await client.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri,
    capabilities: {},
  });
  assert.ok(capabilities.hoverProvider && capabilities.completionProvider && capabilities.semanticTokensProvider);
  assert.equal(capabilities.documentFormattingProvider, undefined);
  await client.sendNotification('initialized', {});
  const textDocument = { uri };
  await client.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'yaml', version: 1, text },
  });

  assert.deepEqual(
    (await published).diagnostics.map(({ code }) => code),
    ['unknown-key'],
  );
  const at = (line: number, character: number) => ({ textDocument, position: { line, character } });
  assert.match(JSON.stringify(await client.sendRequest<Hover>('textDocument/hover', at(2, 20))), /nginx:1\.30/);
  const { items } = await client.sendRequest<CompletionList>('textDocument/completion', at(4, 13));
  assert.ok(items.some(({ label }) => label === 'unless-stopped'));
  // Nobody is asked for the images of an Engine.
  const images = await client.sendRequest<CompletionList>('textDocument/completion', at(2, 11));
  assert.deepEqual(
    images.items.map(({ detail }) => detail),
    ['used in this project'],
  );
  const { data } = await client.sendRequest<SemanticTokens>('textDocument/semanticTokens/full', { textDocument });
  assert.equal(data.length, 10);
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
  const hints = await client.sendRequest<InlayHint[]>('textDocument/inlayHint', { textDocument, range });
  assert.deepEqual(
    hints.map(({ label }) => label),
    ['= nginx:1.30'],
  );

  await client.sendRequest('shutdown');
  const ended = once(server, 'exit');
  await client.sendNotification('exit');
  assert.deepEqual(await ended, [0, null]);
  assert.deepEqual(asked, []);
  assert.deepEqual(
    [...new Set(told)].filter((method) => !method.startsWith('textDocument/')),
    [],
  );
});
