import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../server/src/text/edit.js';
import { lineDiff } from '../../../server/src/text/lineDiff.js';
import { pickFrom, randomFrom } from '../../support/randomEdits.js';

void test('touches only lines that differ', () => {
  assert.deepEqual(lineDiff('a\nb\nc\n', 'a\nx\nc\n'), [{ start: 2, end: 4, text: 'x\n' }]);
  assert.deepEqual(lineDiff('a\nb\nc\nd\n', 'a\nc\ne\nd\n'), [
    { start: 2, end: 4, text: '' },
    { start: 6, end: 6, text: 'e\n' },
  ]);
  assert.deepEqual(lineDiff('a\n', 'a\n'), []);
});

void test('gives edits that make the other text', () => {
  const random = randomFrom(7);
  const any = () =>
    Array.from({ length: Math.floor(random() * 12) }, () => pickFrom(random, ['a\n', 'b\n', 'c\n', 'd'])).join('');
  for (let i = 0; i < 2000; i++) {
    const [before, after] = [any(), any()];
    assert.equal(applyEdits(before, lineDiff(before, after)), after);
  }
});
