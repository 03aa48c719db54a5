import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { outline } from '../../../server/src/lsp/documentSymbol.js';
import { jsonOf } from '../../../server/src/lsp/json.js';
import { Session } from '../../../server/src/lsp/session.js';
import { parseFixture } from '../../support/fixture.js';
import { memoryHost } from '../../support/memoryHost.js';
import { editRandomly, pickFrom, randomFrom } from '../../support/randomEdits.js';

const uri = 'file:///project/compose.yaml';
const decoder = new TextDecoder();

test('the JSON of an outline is that of its symbols, after any edits', () => {
  const texts = readdirSync('test/rules').flatMap((name) =>
    parseFixture(readFileSync(`test/rules/${name}`, 'utf8')).flatMap(({ files }) => [...files.values()]),
  );
  const random = randomFrom(1);
  const session = new Session(memoryHost({}), assert.fail);
  let text = pickFrom(random, texts);
  session.open(uri, 'dockercompose', 1, text);
  let answered = 0;
  for (let version = 2; version < 500; version++) {
    text = version % 20 === 0 ? pickFrom(random, texts) : editRandomly(text, random, texts);
    session.change(uri, version, [{ text }]);
    const result = outline(session, uri);
    const message = { jsonrpc: '2.0', id: version, result };
    assert.equal(decoder.decode(jsonOf(message)), JSON.stringify({ jsonrpc: '2.0', id: version, result }), text);
    answered += result?.length ?? 0;
  }
  assert.ok(answered > 500);
});

test('other messages are what JSON.stringify makes of them', () => {
  for (const message of [
    { id: 1, result: null },
    { id: 2, result: ['é'] },
    { method: 'x', params: {} },
  ]) {
    assert.equal(decoder.decode(jsonOf(message)), JSON.stringify(message));
  }
});
