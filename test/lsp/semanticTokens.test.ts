import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import type { SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver';
import { parseFixture } from '../support/fixture.js';
import { startInProcess, type LanguageClient } from '../support/inProcess.js';
import { editRandomly, pickFrom, randomFrom } from '../support/randomEdits.js';

const uri = 'file:///shop/compose.yaml';
const textDocument = { uri };
const folders = ['file:///shop'];
const method = 'textDocument/semanticTokens';

async function whole(client: LanguageClient): Promise<SemanticTokens> {
  return client.request<SemanticTokens>(`${method}/full`, { textDocument });
}

function applied(before: readonly number[], answer: SemanticTokens | SemanticTokensDelta): readonly number[] {
  if (!('edits' in answer)) return answer.data;
  const data = [...before];
  for (const { start, deleteCount, data: added = [] } of answer.edits) data.splice(start, deleteCount, ...added);
  return data;
}

suite('semantic tokens over real streams', () => {
  test('are of types that every client knows, in the order of the legend', async () => {
    const client = await startInProcess({ folders });
    const { legend, full, range } = client.initialized.capabilities.semanticTokensProvider ?? {};
    assert.deepEqual([full, range], [{ delta: true }, true]);
    client.open(uri, 'services:\n  web:\n    image: "${TAG}"\n');
    const { data } = await whole(client);
    assert.deepEqual(data, [1, 2, 3, legend?.tokenTypes.indexOf('class'), 1, 1, 14, 3, 3, 0]);
    assert.equal(legend?.tokenTypes[3], 'variable');
    const part = { start: { line: 0, character: 0 }, end: { line: 0, character: 5 } };
    assert.deepEqual(await client.request(`${method}/range`, { textDocument, range: part }), { data: [] });
    await client.stop();
  });

  test('what changed, put into what was there, is what a fresh server says', async () => {
    const texts = readdirSync('test/rules').flatMap((name) =>
      parseFixture(readFileSync(`test/rules/${name}`, 'utf8')).flatMap(({ files }) => [...files.values()]),
    );
    const [client, fresh] = await Promise.all([startInProcess({ folders }), startInProcess({ folders })]);
    const random = randomFrom(1);
    let text = pickFrom(random, texts);
    client.open(uri, text);
    let { resultId = '', data } = await whole(client);
    let shorter = 0;
    for (let step = 0; step < 200; step++) {
      text = step % 20 === 19 ? pickFrom(random, texts) : editRandomly(text, random, texts);
      client.change(uri, { text });
      const params = { textDocument, previousResultId: resultId };
      const answer = await client.request<SemanticTokens | SemanticTokensDelta>(`${method}/full/delta`, params);
      data = [...applied(data, answer)];
      resultId = answer.resultId ?? '';
      fresh.open(uri, text);
      const { data: expected } = await whole(fresh);
      fresh.close(uri);
      assert.deepEqual(data, expected, `Step ${step}:\n${text}`);
      if ('edits' in answer && (answer.edits[0]?.data?.length ?? 0) < expected.length) shorter++;
    }
    assert.ok(shorter > 40, `${shorter} answers said less than everything.`);
    const unknown = await client.request<SemanticTokens>(`${method}/full/delta`, {
      textDocument,
      previousResultId: 'x',
    });
    assert.deepEqual(unknown.data, data);
    await Promise.all([client.stop(), fresh.stop()]);
  });
});
