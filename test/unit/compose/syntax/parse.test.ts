import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseBlock } from '../../../../server/src/compose/syntax/parse.js';

/** The pairs of a mapping of scalars. */
function pairs(text: string): readonly unknown[] {
  const { root, errors } = parseBlock('file:///compose.yaml', [], text);
  assert.deepEqual(errors, []);
  return root?.kind === 'map'
    ? root.entries.map(({ key, value }) => [key.text, value.kind === 'scalar' ? value.value : value.kind])
    : [];
}

test('several texts over several lines, each as far left as it likes', () => {
  assert.deepEqual(
    pairs('  a: "x\ny"\n  b: [c,\nd]\n  e: \'f\n g\'\n  h: 1\n').map((it) => (it as unknown[])[0]),
    ['a', 'b', 'e', 'h'],
  );
});
