import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  DocumentHighlight,
  DocumentSymbol,
  Hover,
  Location,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { ProxyLink } from '../../server/src/protocol.js';
import { LineIndex } from '../../server/src/text/lineIndex.js';
import { startInProcess, type LanguageClient } from '../support/inProcess.js';
import { renamedExample } from '../support/renamedExample.js';

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

  test('complete words of nginx in whatever language an editor opens them', async () => {
    const client = await start({ site: site.replace('listen 80;', '') });
    const place = at(client, siteUri, 'server {', 'server {'.length);
    const labels = async (languageId: string): Promise<readonly string[]> => {
      client.close(siteUri);
      client.open(siteUri, site.replace('listen 80;', ''), languageId);
      const items = await client.request<CompletionItem[]>('textDocument/completion', place);
      return items.map(({ label }) => label);
    };
    for (const language of ['longshore-nginx', 'nginx', 'NGINX', 'plaintext', 'properties']) {
      assert.ok((await labels(language)).includes('listen'), language);
    }
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
    const back = await client.request<Location[]>('textDocument/references', {
      ...host,
      context: { includeDeclaration: true },
    });
    assert.deepEqual(back, references);
    const marks = await client.request<DocumentHighlight[]>('textDocument/documentHighlight', host);
    assert.deepEqual(
      marks.map(({ range }) => range.start.line),
      [1],
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
      arguments: [{ uri: composeUri, service: 'web', behind: { api: 3 } }],
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

  test('have their upstreams renamed, with all that name them', async () => {
    const client = await start();
    const place = at(client, siteUri, 'http://backend', 'http://'.length);
    assert.deepEqual(await client.request('textDocument/prepareRename', place), {
      range: { start: place.position, end: { line: 6, character: 29 } },
      placeholder: 'backend',
    });
    client.apply(await client.request<WorkspaceEdit>('textDocument/rename', { ...place, newName: 'models' }));
    assert.equal(client.text(siteUri), site.replaceAll('backend', 'models'));
    const refused = client.request('textDocument/rename', {
      ...at(client, siteUri, 'upstream models', 'upstream '.length),
      newName: 'a b',
    });
    await assert.rejects(async () => refused, /`a b` cannot be the name of an upstream/);
    await client.stop();
  });

  test('have their backends renamed, in conditions and tables too', async () => {
    const config = [
      'frontend f',
      '  bind :80',
      '  http-request deny if { nbsrv(api) lt 1 }',
      '  http-request track-sc0 src table api',
      '  use_backend api if { be_conn(api) gt 2 }',
      'backend api',
      '  stick-table type ip size 1m',
      '  server api api:8000',
      'backend other',
      '  server s ui:80',
      '',
    ].join('\n');
    const uri = `${folder}/lb.cfg`;
    const client = await startInProcess({ folders: [folder] });
    client.open(uri, config, 'longshore-haproxy');
    const place = at(client, uri, 'use_backend api', 'use_backend '.length);
    client.apply(await client.request<WorkspaceEdit>('textDocument/rename', { ...place, newName: 'app' }));
    assert.equal(
      client.text(uri),
      config
        .replace('nbsrv(api)', 'nbsrv(app)')
        .replace('table api', 'table app')
        .replace('use_backend api', 'use_backend app')
        .replace('be_conn(api)', 'be_conn(app)')
        .replace('backend api\n', 'backend app\n'),
    );
    const again = client.request('textDocument/rename', {
      ...at(client, uri, 'use_backend app', 'use_backend '.length),
      newName: 'other',
    });
    await assert.rejects(async () => again, /There is a `other` already/);
    await client.stop();
  });

  suite('shared by several Compose files', () => {
    const secondUri = `${folder}/staging/compose.yaml`;
    const second = compose.replace('./site.conf', '../site.conf').replace('replicas: 3', 'replicas: 1');
    const renamed = (text: string): string => text.replace('api:\n', 'inference:\n').replace('[api]', '[inference]');

    const rename = async (secondText: string): Promise<LanguageClient & { edit: WorkspaceEdit | Error }> => {
      const files = { [composeUri]: compose, [siteUri]: site, [secondUri]: secondText };
      const client = await startInProcess({ files, folders: [folder] });
      for (const [uri, text] of Object.entries(files)) client.open(uri, text, uri === siteUri ? 'nginx' : undefined);
      const place = { ...at(client, composeUri, 'api:', 1), newName: 'inference' };
      const edit = await client.request<WorkspaceEdit>('textDocument/rename', place).catch((error: Error) => error);
      return { ...client, edit };
    };

    test('are renamed with all of them', async () => {
      const client = await rename(second);
      client.apply(client.edit as WorkspaceEdit);
      assert.equal(client.text(siteUri), site.replace('api:8000', 'inference:8000'));
      assert.equal(client.text(composeUri), renamed(compose));
      assert.equal(client.text(secondUri), renamed(second));
      await client.stop();
    });

    test('are renamed with none where one of them has that name already', async () => {
      const client = await rename(`${second}  inference:\n    image: example/other:1.0\n`);
      assert.ok(client.edit instanceof Error);
      assert.match(
        client.edit.message,
        /`staging\/compose\.yaml` shares `site\.conf`: There is a service `inference` already/,
      );
      await client.stop();
    });
  });

  test('are left alone, and the variable that fills them in is renamed', async () => {
    const template = site.replace('api:8000', '${BACK}:8000');
    const text = compose
      .replace('nginx/conf.d/default.conf', 'nginx/templates/default.conf.template')
      .replace('./site.conf', './site.conf.template')
      .replace(
        'depends_on',
        'environment: { BACK: api, NAME: api }\n    healthcheck: { test: wget -q http://api:8000/api }\n    depends_on',
      );
    const templateUri = `${siteUri}.template`;
    const client = await startInProcess({ files: { [composeUri]: text, [templateUri]: template }, folders: [folder] });
    client.open(composeUri, text);
    client.open(templateUri, template, 'nginx');
    const place = { ...at(client, composeUri, 'api:', 1), newName: 'inference' };
    client.apply(await client.request<WorkspaceEdit>('textDocument/rename', place));
    assert.equal(client.text(templateUri), template);
    assert.match(client.text(composeUri), /BACK: inference, NAME: api \}/);
    assert.match(client.text(composeUri), /wget -q http:\/\/inference:8000\/api/);
    await client.stop();
  });

  test('renaming changes every place of an example', async () => {
    const { before, after } = await renamedExample('gpu-inference', '  api:', 'inference');
    const changed = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
    assert.deepEqual(changed.sort(), ['compose.cpu.yaml', 'compose.yaml']);
    const main = after.get('compose.yaml') ?? '';
    assert.match(main, /^ {2}inference:$/m);
    assert.match(main, /API_HOST: inference$/m);
    assert.match(main, /depends_on:\n {6}inference:/);
    assert.doesNotMatch(main, /(?<![\w./-])api:/);
    assert.match(after.get('compose.cpu.yaml') ?? '', /^ {2}inference:$/m);
  });

  for (const [by, comment, proxies] of [
    ['a comment', '# longshore: proxy-of=web\n', {}],
    ['a setting', '', { 'deploy/*.conf': 'web' }],
  ] as const) {
    test(`belong to a service by ${by}`, async () => {
      const strayUri = `${folder}/deploy/site.conf`;
      const stray = `${comment}${site.replace('api:8000', 'apy:8000')}`;
      const files = { [composeUri]: compose.replace('./site.conf', './other.conf'), [strayUri]: stray };
      const client = await startInProcess({ files, folders: [folder], settings: () => ({ proxies }) });
      client.open(strayUri, stray, 'nginx');
      const [found] = await client.diagnostics(strayUri);
      assert.equal(found?.code, 'proxy-unknown-host');
      assert.match(String(found.message), /`web`/);
      await client.stop();
    });
  }

  test('are checked in whatever language an editor opens them, and others are not', async () => {
    const strayUri = `${folder}/stray.conf`;
    const wrong = site.replace('api:8000', 'apy:8000');
    const client = await startInProcess({
      files: { [composeUri]: compose, [siteUri]: wrong, [strayUri]: wrong },
      folders: [folder],
    });
    client.open(siteUri, wrong, 'properties');
    assert.deepEqual(
      (await client.diagnostics(siteUri)).map(({ code }) => code),
      ['proxy-unknown-host'],
    );
    client.open(strayUri, 'a = 1', 'properties');
    const textDocument = { uri: strayUri };
    assert.deepEqual(await client.request('textDocument/documentSymbol', { textDocument }), null);
    await client.stop();
  });

  test('belong to no service without either', async () => {
    const strayUri = `${folder}/deploy/site.conf`;
    const stray = site.replace('api:8000', 'apy:8000');
    const files = { [composeUri]: compose.replace('./site.conf', './other.conf'), [strayUri]: stray };
    const client = await startInProcess({ files, folders: [folder] });
    client.open(strayUri, stray, 'nginx');
    assert.deepEqual(await client.diagnostics(strayUri), []);
    await client.stop();
  });

  test('that change on disk change what is said of the Compose file', async () => {
    const client = await startInProcess({ files: { [composeUri]: compose, [siteUri]: site }, folders: [folder] });
    client.open(composeUri, compose);
    assert.deepEqual(await client.diagnostics(composeUri), []);
    const heard = (code: string | undefined) =>
      client.next<{ uri: string; diagnostics: { code: string }[] }>(
        'textDocument/publishDiagnostics',
        ({ uri, diagnostics }) => uri === composeUri && diagnostics[0]?.code === code,
      );
    const tell = (uri: string, type: number) =>
      client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] });

    const missing = heard('proxy-config-missing');
    client.host.set(siteUri, undefined);
    tell(siteUri, 3);
    await missing;
    const cured = heard(undefined);
    client.host.set(siteUri, site);
    tell(siteUri, 1);
    await cured;
    await client.stop();
  });
});
