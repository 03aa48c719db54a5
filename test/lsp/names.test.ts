import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { DocumentHighlight, Location, Position, WorkspaceEdit } from 'vscode-languageserver';
import { takeCursor } from '../support/fixture.js';
import { startInProcess, type LanguageClient } from '../support/inProcess.js';
import { LineIndex } from '../../server/src/text/lineIndex.js';

const folder = 'file:///shop';

interface Asked {
  readonly client: LanguageClient;
  readonly params: { readonly textDocument: { readonly uri: string }; readonly position: Position };
}

/** Opens the file with the cursor; the others are on disk. */
async function ask(
  files: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<Asked> {
  const [asked, marked = ''] = Object.entries(files).find(([, text]) => text.includes('$0')) ?? [];
  const { text, offset } = takeCursor(marked);
  const uri = `${folder}/${asked ?? ''}`;
  const onDisk = Object.entries({ ...files, [asked ?? '']: text }).map(([name, it]) => [`${folder}/${name}`, it]);
  const client = await startInProcess({
    files: Object.fromEntries(onDisk) as Record<string, string>,
    folders: [folder],
    settings: () => settings,
  });
  client.open(uri, text, /compose/.test(uri) ? 'dockercompose' : 'dotenv');
  return { client, params: { textDocument: { uri }, position: new LineIndex(text).position(offset) } };
}

function shown(locations: readonly Location[] | null): readonly string[] {
  return (locations ?? []).map(
    ({ uri, range: { start } }) => `${uri.slice(folder.length + 1)}:${start.line}:${start.character}`,
  );
}

const withVariants = {
  'compose.yaml': 'services:\n  web:\n    image: a:${TAG}\n    depends_on: [db]\n  d$0b:\n    image: b\n',
  'compose.prod.yaml': 'services:\n  db:\n    restart: always\n',
  'compose.dev.yaml': 'services:\n  tool:\n    image: t\n    depends_on: [db]\n',
  'other/compose.yaml':
    'services:\n  copy:\n    extends: { file: ../compose.yaml, service: db }\n  db:\n    image: c\n',
};
const lists = [
  ['compose.yaml', 'compose.prod.yaml'],
  ['compose.yaml', 'compose.dev.yaml'],
];
const everywhere = ['compose.dev.yaml:3:17', 'compose.prod.yaml:1:2', 'compose.yaml:3:17', 'compose.yaml:4:2'];

suite('a name in several projects', () => {
  for (const [title, from, to] of [
    ['the file they share', 'compose.yaml', withVariants['compose.yaml']],
    ['the variant of one of them', 'compose.prod.yaml', 'services:\n  d$0b:\n    restart: always\n'],
  ] as const) {
    const files = { ...withVariants, 'compose.yaml': withVariants['compose.yaml'].replace('$0', ''), [from]: to };

    test(`has its references in all of them, asked in ${title}`, async () => {
      const { client, params } = await ask(files, { projects: lists });
      const request = (includeDeclaration: boolean): Promise<Location[]> =>
        client.request('textDocument/references', { ...params, context: { includeDeclaration } });
      assert.deepEqual([...shown(await request(true))].sort(), everywhere);
      assert.deepEqual([...shown(await request(false))].sort(), ['compose.dev.yaml:3:17', 'compose.yaml:3:17']);
      await client.stop();
    });

    test(`is renamed in all of them, asked in ${title}`, async () => {
      const { client, params } = await ask(files, { projects: lists });
      const { changes = {} } = await client.request<WorkspaceEdit>('textDocument/rename', {
        ...params,
        newName: 'store',
      });
      const edits = Object.entries(changes).flatMap(([uri, all]) => all.map(({ range }) => ({ uri, range })));
      assert.deepEqual([...shown(edits)].sort(), everywhere);
      await client.stop();
    });
  }

  test('is found where another project extends it', async () => {
    const { client, params } = await ask({
      'base.compose.yaml': 'services:\n  ba$0se:\n    image: a\n',
      'one/compose.yaml': 'services:\n  a:\n    extends: { file: ../base.compose.yaml, service: base }\n',
      'two/compose.yaml': 'services:\n  b:\n    extends: { file: ../base.compose.yaml, service: base }\n',
    });
    const found = await client.request<Location[]>('textDocument/references', {
      ...params,
      context: { includeDeclaration: false },
    });
    assert.deepEqual([...shown(found)].sort(), ['one/compose.yaml:2:52', 'two/compose.yaml:2:52']);
    await client.stop();
  });
});

suite('a variable', () => {
  const compose = 'services:\n  web:\n    image: a:${TAG}\n    command: [run, "$TAG", "$$TAG"]\n';
  const files = { 'compose.yaml': compose, '.env': 'A=1\nTAG=1.30\n' };
  const asked = { ...files, 'compose.yaml': compose.replace('{TAG', '{TA$0G') };

  test('is defined by its line of .env', async () => {
    const { client, params } = await ask(asked);
    assert.deepEqual(shown(await client.request('textDocument/definition', params)), ['.env:1:0']);
    await client.stop();
  });

  test('is defined in the file that the settings name in place of .env', async () => {
    const { client, params } = await ask(
      { ...asked, 'prod.env': 'TAG=2\n' },
      { compose: { environmentFiles: ['prod.env'] } },
    );
    assert.deepEqual(shown(await client.request('textDocument/definition', params)), ['prod.env:0:0']);
    await client.stop();
  });

  for (const [title, all] of [
    ['a value that uses it', asked],
    ['the line that sets it', { ...files, '.env': 'A=1\nT$0AG=1.30\n' }],
  ] as const) {
    test(`has references, asked in ${title}`, async () => {
      const { client, params } = await ask(all);
      const request = (includeDeclaration: boolean): Promise<Location[]> =>
        client.request('textDocument/references', { ...params, context: { includeDeclaration } });
      assert.deepEqual(shown(await request(true)), ['.env:1:0', 'compose.yaml:2:15', 'compose.yaml:3:21']);
      assert.deepEqual(shown(await request(false)), ['compose.yaml:2:15', 'compose.yaml:3:21']);
      await client.stop();
    });
  }

  test('is highlighted where the file uses it', async () => {
    const { client, params } = await ask(asked);
    const found = await client.request<DocumentHighlight[]>('textDocument/documentHighlight', params);
    assert.deepEqual(
      found.map(({ range }) => range.start),
      [
        { line: 2, character: 15 },
        { line: 3, character: 21 },
      ],
    );
    await client.stop();
  });

  test('counts while .env is being typed', async () => {
    const required = 'services:\n  web:\n    image: a:${TAG:?is needed}\n';
    const { client, params } = await ask({ 'compose.yaml': required, '.env': 'A=1\n$0' });
    const uri = `${folder}/compose.yaml`;
    client.open(uri, required);
    assert.equal(
      (await client.diagnostics(uri)).some(({ code }) => code === 'variable-required'),
      true,
    );
    const empty = client.next<{ uri: string; diagnostics: readonly { code: string }[] }>(
      'textDocument/publishDiagnostics',
      (it) => it.uri === uri && it.diagnostics.every(({ code }) => code !== 'variable-required'),
    );
    client.change(params.textDocument.uri, { text: 'A=1\nTAG=1\n' });
    await empty;
    await client.stop();
  });
});
