import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import type {
  CodeAction,
  CompletionList,
  Diagnostic,
  DocumentSymbol,
  FoldingRange,
  Hover,
  Location,
  SelectionRange,
  SymbolInformation,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { takeCursor } from '../support/fixture.js';
import { startInProcess, type ClientOptions, type LanguageClient, type Published } from '../support/inProcess.js';
import { LineIndex } from '../../server/src/text/lineIndex.js';

const uri = 'file:///shop/compose.yaml';
const folders = ['file:///shop'];

/** Opens a text with a cursor; answers the params of a request at it. */
function openAt(client: LanguageClient, marked: string, at = uri) {
  const { text, offset } = takeCursor(marked);
  client.open(at, text);
  return { textDocument: { uri: at }, position: new LineIndex(text).position(offset) };
}

function codes(diagnostics: readonly Diagnostic[]): readonly unknown[] {
  return diagnostics.map(({ code }) => code);
}

suite('diagnostics over real streams', () => {
  test('carry the version they are of; a burst ends with its last version', async () => {
    const client = await startInProcess({ folders });
    const heard: (number | undefined)[] = [];
    client.open(uri, 'services:\n  web:\n    image: nginx:1.30\n');
    await client.diagnostics(uri);
    const last = client.next<Published>('textDocument/publishDiagnostics', (it) => {
      heard.push(it.version);
      return it.version === 21;
    });
    for (let i = 0; i < 20; i++) client.change(uri, { text: `services:\n  web:\n    imag${i}: nginx\n` });
    assert.ok(codes((await last).diagnostics).includes('unknown-key'));
    assert.ok(heard.every((version, i) => i === 0 || (heard[i - 1] ?? 0) < (version ?? 0)));
    // What comes while the server is busy is answered once.
    assert.ok(heard.length < 5, heard.join());
    await client.stop();
  });

  test('of a long file begin with what is found first, all of it true, and end with everything', async () => {
    const service = (i: number): string => `  app-${i}:\n    image: example.org/app:1.${i}\n    prots: ["${i}:80"]\n`;
    const text = `services:\n${Array.from({ length: 5000 }, (_, i) => service(i)).join('')}`;
    const client = await startInProcess({ folders });
    const heard: (readonly Diagnostic[])[] = [];
    const whole = client.next<Published>('textDocument/publishDiagnostics', ({ diagnostics }) => {
      heard.push(diagnostics);
      return diagnostics.some(({ range }) => range.start.line > 3 * 4999);
    });
    client.open(uri, text);
    const all = new Set((await whole).diagnostics.map((it) => JSON.stringify(it)));
    const [first = []] = heard;
    assert.ok(heard.length === 2 && first.length > 0 && first.length < all.size, heard.map((it) => it.length).join());
    assert.ok(first.every((it) => all.has(JSON.stringify(it))));
    await client.stop();
  });

  test('follow the comment that names the target', async () => {
    const client = await startInProcess({ folders });
    const text = 'services:\n  web:\n    image: nginx:1.30\n    profiles: [dev]\n';
    client.open(uri, text);
    assert.ok(!codes(await client.diagnostics(uri)).includes('not-in-stack'));
    const start = { line: 0, character: 0 };
    client.change(uri, { range: { start, end: start }, text: '# longshore: target=stack\n' });
    assert.ok(codes(await client.diagnostics(uri)).includes('not-in-stack'));
    client.change(uri, { text });
    assert.ok(!codes(await client.diagnostics(uri)).includes('not-in-stack'));
    await client.stop();
  });

  test('follow the settings of each resource', async () => {
    const settings = (scope: string | undefined) =>
      scope?.includes('/quiet/') ? { rules: { 'image-latest': 'off' } } : {};
    const client = await startInProcess({ folders, settings });
    const text = 'services:\n  web:\n    image: nginx\n';
    const quiet = 'file:///shop/quiet/compose.yaml';
    client.open(uri, text);
    client.open(quiet, text);
    assert.ok(codes(await client.diagnostics(uri)).includes('image-latest'));
    assert.ok(!codes(await client.diagnostics(quiet)).includes('image-latest'));
    await client.stop();
  });

  test('link to the page of their rule', async () => {
    const link = async (options: ClientOptions): Promise<string | undefined> => {
      const client = await startInProcess({ folders, ...options });
      client.open(uri, 'services:\n  web:\n    imgae: nginx:1.30\n');
      const all = await client.diagnostics(uri);
      const [found] = all.filter(({ code }) => code === 'unknown-key');
      await client.stop();
      assert.ok(all.every(({ codeDescription }) => (codeDescription === undefined) === (options.rules === undefined)));
      return found?.codeDescription?.href;
    };
    const rules = 'file:///usr/lib/longshore/RULES.md';
    assert.equal(await link({}), undefined);
    assert.equal(await link({ rules }), `${rules}#unknown-key`);
    const own = 'command:longshore.showRule?%5B%22{rule}%22%5D';
    assert.equal(
      await link({ rules, initializationOptions: { ruleUri: own } }),
      'command:longshore.showRule?%5B%22unknown-key%22%5D',
    );
  });

  test('know the GPUs of the machine from a setting', async () => {
    const text = 'services:\n  web:\n    image: nginx:1.30\n    gpus: [{ count: 3 }]\n';
    for (const [gpus, told] of [
      [2, true],
      [3, false],
      [null, false],
    ] as const) {
      const client = await startInProcess({ folders, settings: () => ({ gpus }) });
      client.open(uri, text);
      assert.equal(codes(await client.diagnostics(uri)).includes('gpu-budget'), told, String(gpus));
      await client.stop();
    }
  });

  test('of a client that cannot be asked for settings', async () => {
    const settings = () => ({ rules: { 'image-latest': 'error' } });
    const client = await startInProcess({ folders, settings, configuration: false });
    client.open(uri, 'services:\n  web:\n    image: nginx\n');
    const found = (await client.diagnostics(uri)).find(({ code }) => code === 'image-latest');
    assert.equal(found?.severity, 1);
    await client.stop();
  });

  test('go away when the file is closed', async () => {
    const client = await startInProcess({ folders });
    client.open(uri, 'services: 1\n');
    assert.ok((await client.diagnostics(uri)).length > 0);
    const gone = client.next<Published>('textDocument/publishDiagnostics');
    client.close(uri);
    assert.deepEqual((await gone).diagnostics, []);
    await client.stop();
  });

  test('a quick fix takes its finding away', async () => {
    const client = await startInProcess({ folders });
    client.open(uri, 'services:\n  web:\n    imgae: nginx:1.30\n');
    const diagnostics = (await client.diagnostics(uri)).filter(({ code }) => code === 'unknown-key');
    const range = diagnostics[0]?.range;
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics },
    });
    const fix = actions.find(({ kind, isPreferred }) => kind === 'quickfix' && isPreferred);
    assert.ok(fix?.edit);
    client.apply(fix.edit);
    assert.equal(client.text(uri), 'services:\n  web:\n    image: nginx:1.30\n');
    assert.ok(!codes(await client.diagnostics(uri)).includes('unknown-key'));
    await client.stop();
  });
});

suite('code actions', () => {
  const range = { start: { line: 2, character: 4 }, end: { line: 2, character: 4 } };
  const ask = (client: LanguageClient, only?: readonly string[]) =>
    client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: [], ...(only ? { only } : {}) },
    });

  test('a comment silences a finding, a second one goes beside it', async () => {
    const client = await startInProcess({ folders });
    client.open(uri, 'services:\n  web:\n    imgae: nginx:1.30\n    privileged: true\n');
    const [ignore] = (await ask(client)).filter(({ title }) => title === 'Ignore unknown-key here');
    client.apply(ignore?.edit ?? {});
    assert.equal(client.text(uri).split('\n')[2], '    # longshore: ignore unknown-key');
    assert.ok(!codes(await client.diagnostics(uri)).includes('unknown-key'));
    await client.stop();
  });

  test('every preferred fix at once', async () => {
    const client = await startInProcess({ folders });
    client.open(uri, 'services:\n  web:\n    imgae: nginx:1.30\n    enviroment: [A=1]\n');
    assert.ok((await ask(client)).every(({ kind }) => kind === 'quickfix'));
    const [all] = await ask(client, ['source.fixAll']);
    client.apply(all?.edit ?? {});
    assert.equal(client.text(uri), 'services:\n  web:\n    image: nginx:1.30\n    environment: [A=1]\n');
    await client.stop();
  });

  test('the file as the other tool takes it', async () => {
    const client = await startInProcess({ folders });
    client.open(uri, 'name: shop\nservices:\n  web:\n    image: nginx:1.30\n');
    const [convert] = await ask(client, ['source']).then((all) => all.filter(({ kind }) => kind === 'source.convert'));
    assert.equal(convert?.title, 'Convert to a stack file');
    const resolved = await client.request<CodeAction>('codeAction/resolve', convert);
    assert.equal(resolved.edit?.changeAnnotations, undefined);
    client.apply(resolved.edit ?? {});
    assert.ok(!client.text(uri).includes('name: shop'));
    await client.stop();
  });

  test('a conversion is shown before it is applied, and what it loses stays to be seen', async () => {
    const client = await startInProcess({ folders, confirms: true });
    const text = 'services:\n  web:\n    image: nginx:1.30\n    profiles: [dev]\n    mem_limit: 1g\n';
    client.open(uri, text);
    const convert = async (): Promise<CodeAction> => {
      const [action] = (await ask(client, ['source'])).filter(({ kind }) => kind === 'source.convert');
      return client.request<CodeAction>('codeAction/resolve', action);
    };
    const { edit } = await convert();
    const [annotation] = Object.values(edit?.changeAnnotations ?? {});
    assert.equal(annotation?.needsConfirmation, true);
    assert.match(annotation?.description ?? '', /1 setting/);
    const [change] = edit?.documentChanges ?? [];
    assert.ok(change && 'edits' in change && change.textDocument.version === 1);
    assert.ok(change.edits.every((it) => 'annotationId' in it));
    client.apply(edit ?? {});
    const [target, heading, lost, ...rest] = client.text(uri).split('\n');
    assert.equal(target, '# longshore: target=stack');
    assert.match(heading ?? '', /Not carried over to this stack file/);
    assert.match(lost ?? '', /services\.web: .*`profiles`/);
    assert.ok(rest.join('\n').includes('memory: 1g'));
    assert.ok((await client.diagnostics(uri)).every(({ severity }) => severity !== 1));
    const back = await convert();
    assert.equal(back.title, 'Convert to a Compose file');
    client.apply(back.edit ?? {});
    assert.ok(!client.text(uri).includes('target=stack'));
    await client.stop();
  });
});

suite('answers over real streams', () => {
  test('announce what is answered', async () => {
    const client = await startInProcess({ folders });
    const { capabilities } = client.initialized;
    for (const name of ['completionProvider', 'hoverProvider', 'definitionProvider', 'renameProvider'] as const) {
      assert.ok(capabilities[name], name);
    }
    await client.stop();
  });

  test('completion in a half-typed document', async () => {
    const client = await startInProcess({ folders });
    const at = openAt(client, 'services:\n  web:\n    depends_on: [$0\n  db:\n    image: postgres\n');
    const { items } = await client.request<CompletionList>('textDocument/completion', at);
    assert.ok(items.some(({ label }) => label === 'db'));
    await client.stop();
  });

  test('hover', async () => {
    const client = await startInProcess({ folders });
    const at = openAt(client, 'services:\n  web:\n    im$0age: nginx\n');
    const hover = await client.request<Hover>('textDocument/hover', at);
    assert.deepEqual(hover.range, { start: { line: 2, character: 4 }, end: { line: 2, character: 9 } });
    await client.stop();
  });

  test('definition, references and highlights', async () => {
    const client = await startInProcess({ folders });
    const at = openAt(client, 'services:\n  web:\n    depends_on: [d$0b]\n  db:\n    image: postgres\n');
    const [definition] = await client.request<Location[]>('textDocument/definition', at);
    assert.equal(definition?.range.start.line, 3);
    const all = await client.request<Location[]>('textDocument/references', {
      ...at,
      context: { includeDeclaration: true },
    });
    assert.equal(all.length, 2);
    assert.equal((await client.request<unknown[]>('textDocument/documentHighlight', at)).length, 2);
    await client.stop();
  });

  test('rename in every file, and its refusal in words', async () => {
    const override = 'file:///shop/compose.override.yaml';
    const client = await startInProcess({ folders });
    client.open(override, 'services:\n  db:\n    ports: ["5432:5432"]\n');
    const at = openAt(client, 'services:\n  web:\n    depends_on: [db]\n  d$0b:\n    image: postgres\n');
    client.apply(await client.request<WorkspaceEdit>('textDocument/rename', { ...at, newName: 'store' }));
    assert.equal(client.text(uri), 'services:\n  web:\n    depends_on: [store]\n  store:\n    image: postgres\n');
    assert.equal(client.text(override), 'services:\n  store:\n    ports: ["5432:5432"]\n');
    await assert.rejects(
      client.request('textDocument/rename', { ...at, newName: 'web' }),
      /There is a service `web` already/,
    );
    await client.stop();
  });

  test('outline, workspace symbols, links, folding and selection', async () => {
    const client = await startInProcess({ folders, files: { 'file:///shop/web.env': 'A=1\n' } });
    const at = openAt(
      client,
      'services:\n  web:\n    image: ng$0inx\n    env_file: ./web.env\n\n  api:\n    image: a\n',
    );
    const [services] = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', at);
    assert.deepEqual(
      services?.children?.map(({ name, detail }) => [name, detail]),
      [
        ['web', 'nginx'],
        ['api', 'a'],
      ],
    );
    assert.equal(services.range.end.line, 6);
    const symbols = await client.request<SymbolInformation[]>('workspace/symbol', { query: 'ap' });
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['api'],
    );
    const links = await client.request<{ target: string }[]>('textDocument/documentLink', at);
    assert.deepEqual(links.map(({ target }) => target).sort(), [
      'file:///shop/web.env',
      'https://hub.docker.com/_/a',
      'https://hub.docker.com/_/nginx',
    ]);
    const folds = await client.request<FoldingRange[]>('textDocument/foldingRange', at);
    assert.deepEqual(folds.map(({ startLine, endLine }) => `${startLine}-${endLine}`).sort(), ['0-6', '1-3', '5-6']);
    const [selection] = await client.request<SelectionRange[]>('textDocument/selectionRange', {
      ...at,
      positions: [at.position],
    });
    assert.equal(selection?.range.end.character, 16);
    assert.equal(selection.parent?.range.start.character, 4);
    await client.stop();
  });

  test('a request that is cancelled answers at once and harms nothing', async () => {
    const client = await startInProcess({ folders });
    const at = openAt(client, 'services:\n  web:\n    im$0age: nginx\n');
    const cancel = new CancellationTokenSource();
    const answer = client.request('textDocument/hover', at, cancel.token).catch((error: unknown) => error);
    cancel.cancel();
    await answer;
    assert.ok(await client.request('textDocument/hover', at));
    await client.stop();
  });

  test('a world that throws harms nothing', async () => {
    let broken = false;
    const client = await startInProcess({
      folders,
      host: (host) => ({
        ...host,
        list: (folder) => {
          if (broken) throw new Error('The disk is gone.');
          return host.list(folder);
        },
      }),
    });
    const at = openAt(client, 'services:\n  web:\n    build: ./$0\n');
    await client.diagnostics(uri);
    broken = true;
    assert.equal(await client.request('textDocument/completion', at), null);
    assert.match(client.logged.join('\n'), /completion failed: Error: The disk is gone/);
    assert.ok(await client.request('textDocument/documentSymbol', at));
    await client.stop();
  });

  test('documents of other languages and files that are not open answer nothing', async () => {
    const client = await startInProcess({ folders });
    client.open('file:///shop/notes.yaml', 'a: 1\n', 'yaml');
    for (const it of ['file:///shop/notes.yaml', 'file:///shop/none.yaml']) {
      const params = { textDocument: { uri: it }, position: { line: 0, character: 0 } };
      assert.equal(await client.request('textDocument/hover', params), null);
      assert.equal(await client.request('textDocument/documentSymbol', params), null);
    }
    await client.stop();
  });
});
