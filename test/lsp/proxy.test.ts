import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  DocumentSymbol,
  Hover,
  Location,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { ProxyLink } from '../../server/src/protocol.js';
import { LineIndex } from '../../server/src/text/lineIndex.js';
import { startInProcess, type LanguageClient } from '../support/inProcess.js';

const folder = 'file:///shop';
const composeUri = `${folder}/compose.yaml`;
const siteUri = `${folder}/site.conf`;
const compose = `services:
  api:
    image: example/api:1.0
    expose: ["8000"]
    deploy: { replicas: 3 }
  web:
    image: nginx:1.27
    depends_on: [api]
    volumes:
      - ./site.conf:/etc/nginx/conf.d/default.conf:ro
`;
const site = `upstream backend {
  server api:8000;
}
server {
  listen 80;
  location / {
    proxy_pass http://backend;
  }
}
`;

async function start(texts: { readonly compose?: string; readonly site?: string } = {}): Promise<LanguageClient> {
  const files = { [composeUri]: texts.compose ?? compose, [siteUri]: texts.site ?? site };
  const client = await startInProcess({ files, folders: [folder] });
  client.open(composeUri, files[composeUri] ?? '');
  client.open(siteUri, files[siteUri] ?? '', 'nginx');
  return client;
}

/** The place of a text in a file, `after` characters behind its start. */
function at(client: LanguageClient, uri: string, text: string, after = 0) {
  const whole = client.text(uri);
  const offset = whole.indexOf(text);
  assert.ok(offset >= 0, text);
  return { textDocument: { uri }, position: new LineIndex(whole).position(offset + after) };
}

suite('proxy files', () => {
  test('are checked beside their services, again when either changes, and cured', async () => {
    const client = await start({ site: site.replace('api:8000', 'apy:8000') });
    const [found] = await client.diagnostics(siteUri);
    assert.equal(found?.code, 'proxy-unknown-host');
    assert.equal(found.relatedInformation?.[0]?.location.uri, composeUri);

    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: siteUri },
      range: found.range,
      context: { diagnostics: [found] },
    });
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Change to `api`'],
    );
    client.apply(actions[0]?.edit as WorkspaceEdit);
    assert.deepEqual(
      (await client.diagnostics(siteUri)).map(({ code }) => code),
      ['proxy-resolves-once'],
    );

    const heard = client.next<{ uri: string; diagnostics: { code: string }[] }>(
      'textDocument/publishDiagnostics',
      ({ uri, diagnostics }) => uri === siteUri && diagnostics.some(({ code }) => code === 'proxy-wrong-port'),
    );
    client.change(composeUri, { text: compose.replace('8000', '9000') });
    await heard;
    await client.stop();
  });

  test('complete names and ports', async () => {
    const client = await start({ site: site.replace('api:8000;', '') });
    const place = at(client, siteUri, 'server ', 'server '.length);
    const items = await client.request<CompletionItem[]>('textDocument/completion', place);
    assert.deepEqual(items.find(({ label }) => label === 'api')?.textEdit, {
      range: { start: place.position, end: place.position },
      newText: 'api:8000',
    });
    client.change(siteUri, { text: site.replace('8000', '') });
    const ports = await client.request<CompletionItem[]>(
      'textDocument/completion',
      at(client, siteUri, 'api:', 'api:'.length),
    );
    assert.deepEqual(
      ports.map(({ label }) => label),
      ['8000'],
    );
    client.change(siteUri, { text: site.replace('http://backend', 'http://') });
    const passes = await client.request<CompletionItem[]>(
      'textDocument/completion',
      at(client, siteUri, 'http://', 'http://'.length),
    );
    assert.ok(passes.some(({ label }) => label === 'backend') && passes.some(({ label }) => label === 'api'));
    await client.stop();
  });

  test('lead to their services and back', async () => {
    const client = await start();
    const host = at(client, siteUri, 'api:8000', 1);
    const hover = await client.request<Hover>('textDocument/hover', host);
    assert.match(JSON.stringify(hover.contents), /Service `api`.*example\/api:1\.0.*3 replicas.*listens on 8000/);

    const definition = await client.request<Location[]>('textDocument/definition', host);
    assert.deepEqual(
      definition.map(({ uri, range }) => [uri, range.start.line]),
      [[composeUri, 1]],
    );
    const group = await client.request<Location[]>('textDocument/definition', at(client, siteUri, 'http://backend', 9));
    assert.deepEqual(
      group.map(({ uri, range }) => [uri, range.start.line]),
      [[siteUri, 0]],
    );
    const references = await client.request<Location[]>('textDocument/references', {
      ...at(client, composeUri, 'api:', 1),
      context: { includeDeclaration: true },
    });
    assert.deepEqual(
      references.map(({ uri, range }) => `${uri.slice(folder.length)}:${range.start.line}`),
      ['/compose.yaml:1', '/compose.yaml:7', '/site.conf:1'],
    );
    await client.stop();
  });

  test('have an outline and lenses', async () => {
    const client = await start();
    const textDocument = { uri: siteUri };
    const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument });
    assert.deepEqual(
      symbols.map(({ name, children }) => [name, children?.map((it) => it.name)]),
      [
        ['backend', ['api:8000']],
        ['server', ['location /']],
      ],
    );
    const [lens] = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument });
    assert.deepEqual(lens?.command, {
      title: '3 replicas of api · reload nginx',
      command: 'longshore.reloadProxy',
      arguments: [{ uri: composeUri, service: 'web' }],
    });
    await client.stop();
  });

  test('are told for a service', async () => {
    const client = await start();
    const links = await client.request<ProxyLink[]>('longshore/proxiesOf', { uri: composeUri, service: 'api' });
    assert.deepEqual(links, [
      {
        kind: 'nginx',
        service: 'web',
        uri: siteUri,
        range: { start: { line: 1, character: 2 }, end: { line: 1, character: 18 } },
        upstream: 'backend',
        port: 8000,
        needsReload: true,
      },
    ]);
    await client.stop();
  });

  for (const [title, uri, text] of [
    ['a Compose file', composeUri, 'api:'],
    ['a proxy file', siteUri, 'api:8000'],
  ] as const) {
    test(`are renamed from ${title}`, async () => {
      const client = await start();
      const edit = await client.request<WorkspaceEdit>('textDocument/rename', {
        ...at(client, uri, text, 1),
        newName: 'inference',
      });
      client.apply(edit);
      assert.equal(client.text(siteUri), site.replace('api:8000', 'inference:8000'));
      assert.equal(client.text(composeUri), compose.replace('api:\n', 'inference:\n').replace('[api]', '[inference]'));
      await client.stop();
    });
  }

  test('renaming changes every place of an example', async () => {
    const names = readdirSync('examples/gpu-inference', { recursive: true, withFileTypes: true }).filter((it) =>
      it.isFile(),
    );
    const files = Object.fromEntries(
      names.map((it) => {
        const path = join(it.parentPath, it.name);
        return [`file:///${path}`, readFileSync(path, 'utf8')];
      }),
    );
    const client = await startInProcess({ files, folders: ['file:///examples/gpu-inference'] });
    for (const [uri, text] of Object.entries(files))
      client.open(uri, text, uri.endsWith('.template') ? 'nginx' : undefined);
    const main = 'file:///examples/gpu-inference/compose.yaml';
    const edit = await client.request<WorkspaceEdit>('textDocument/rename', {
      ...at(client, main, '  api:', 3),
      newName: 'inference',
    });
    client.apply(edit);
    const after = client.text(main);
    assert.match(after, /^ {2}inference:$/m);
    assert.match(after, /API_HOST: inference$/m);
    assert.match(after, /depends_on:\n {6}inference:/);
    assert.doesNotMatch(after, /(?<![\w./-])api:/);
    assert.match(client.text('file:///examples/gpu-inference/compose.cpu.yaml'), /^ {2}inference:$/m);
    await client.stop();
  });

  test('belong to a service by a comment or a setting', async () => {
    const stray = `# longshore: proxy-of=web\n${site.replace('api:8000', 'apy:8000')}`;
    const strayUri = `${folder}/deploy/site.conf`;
    const files = { [composeUri]: compose.replace('./site.conf', './other.conf'), [strayUri]: stray };
    const client = await startInProcess({ files, folders: [folder] });
    client.open(strayUri, stray, 'nginx');
    assert.deepEqual(
      (await client.diagnostics(strayUri)).map(({ code }) => code),
      ['proxy-unknown-host'],
    );
    await client.stop();
  });
});
