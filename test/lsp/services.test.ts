import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { DocumentService } from '../../server/src/protocol.js';
import { startInProcess, type LanguageClient } from '../support/inProcess.js';

const folder = 'file:///code/shop';
const base = `${folder}/compose.yaml`;
const override = `${folder}/compose.override.yaml`;
const common = `${folder}/common.yaml`;
const stack = `${folder}/web-stack.yml`;
const files = {
  [base]: 'name: store\nservices:\n  web:\n    extends: { file: common.yaml, service: plain }\n  "api": { image: a }\n',
  [override]: 'services: { web: { image: b } }\n',
  [common]: 'services:\n  plain:\n    image: nginx\n',
  [stack]: 'services:\n  web:\n    image: c\n',
};

async function ask(client: LanguageClient, uri: string): Promise<readonly DocumentService[] | null> {
  return client.request<DocumentService[] | null>('longshore/services', { uri });
}

suite('longshore/services', () => {
  test('says which services stand where, and of which project they are', async () => {
    const client = await startInProcess({ files, folders: [folder] });
    for (const [uri, text] of Object.entries(files)) client.open(uri, text);
    const project = { name: 'store', target: 'compose', uri: base };
    assert.deepEqual(await ask(client, base), [
      { name: 'web', range: line(2, 2, 5), project },
      { name: 'api', range: line(4, 2, 7), project },
    ]);
    assert.deepEqual(await ask(client, override), [{ name: 'web', range: line(0, 12, 15), project }]);
    // Extended by another name: nothing that runs is called so.
    assert.deepEqual(await ask(client, common), [{ name: 'plain', range: line(1, 2, 7) }]);
    const [web] = (await ask(client, stack)) ?? [];
    assert.deepEqual(web?.project, { name: 'web', target: 'stack', uri: stack });
    await client.stop();
  });

  test('follows the text as it is typed, and answers nothing for other documents', async () => {
    const client = await startInProcess({ files, folders: [folder] });
    client.open(base, files[base] ?? '');
    client.change(base, { range: line(0, 0, 0), text: '# a line above\n' });
    client.change(base, { range: line(4, 4, 4), text: 'imag' });
    assert.deepEqual(
      (await ask(client, base))?.map(({ name, range }) => [name, range.start.line]),
      [
        ['web', 3],
        ['api', 5],
      ],
    );
    client.open(`${folder}/notes.yaml`, 'services: {}\n', 'yaml');
    assert.equal(await ask(client, `${folder}/notes.yaml`), null);
    assert.equal(await ask(client, `${folder}/nowhere.yaml`), null);
    await client.stop();
  });
});

function line(number: number, start: number, end: number): DocumentService['range'] {
  return { start: { line: number, character: start }, end: { line: number, character: end } };
}
