import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAssignment } from '../../../../server/src/compose/model/environment.js';

void test('splits at the first `=`', () => {
  const { value } = parseAssignment('A=b=c', 'compose');
  assert.deepEqual(value, { name: 'A', nameSpan: { start: 0, end: 1 }, value: 'b=c', valueSpan: { start: 2, end: 5 } });
  assert.equal(parseAssignment('A=', 'stack').value?.value, '');
  assert.deepEqual(parseAssignment('A', 'stack').value, { name: 'A', nameSpan: { start: 0, end: 1 } });
});

void test('only docker compose refuses a blank behind the name', () => {
  const { problem } = parseAssignment('A =b', 'compose');
  assert.deepEqual([problem?.start, problem?.end], [1, 2]);
  assert.ok(parseAssignment('A ', 'compose').problem);
  assert.equal(parseAssignment('A =b', 'stack').value?.name, 'A ');
  assert.equal(parseAssignment('A B=c', 'compose').value?.name, 'A B');
});
