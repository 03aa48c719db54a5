import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSource, type Source } from '../../../../server/src/compose/syntax/source.js';

const uri = 'file:///compose.yaml';
const text =
  '# shop\nservices:\n  # the web\n  web:\n    image: nginx # why\n  db:\n    image: db\nvolumes:\n  data:\n';

function shapeOf({ blocks, starts }: Source): unknown {
  return blocks.map(({ block, document }, i) => [starts[i], document, block.path, block.root, block.errors]);
}

test('whatever ends a line to go-yaml ends it', () => {
  const plain = shapeOf(readSource(uri, text));
  for (const end of ['\r', '\u0085', '\u2028', '\u2029'])
    assert.deepEqual(shapeOf(readSource(uri, text.replaceAll('\n', end))), plain);
  assert.deepEqual(shapeOf(readSource(uri, text.replace('\n', '\r'))), plain);
});

test('such an end of a line may come and go', () => {
  const before = readSource(uri, text);
  const odd = text.replace('why\n  db', 'why\r  db');
  const edited = readSource(uri, odd, before);
  assert.deepEqual(shapeOf(edited), shapeOf(readSource(uri, odd)));
  assert.deepEqual(shapeOf(readSource(uri, text, edited)), shapeOf(before));
});
