import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTestVerb } from '../../../../server/src/compose/model/healthTest.js';

void test('knows the three verbs', () => {
  assert.deepEqual(
    ['CMD', 'CMD-SHELL', 'NONE'].map((it) => parseTestVerb(it).value),
    ['CMD', 'CMD-SHELL', 'NONE'],
  );
});

void test('says what was meant', () => {
  assert.match(parseTestVerb('cmd_shell').problem?.message ?? '', /write `CMD-SHELL`\.$/);
  assert.match(parseTestVerb('curl').problem?.message ?? '', /put `CMD`/);
});
