import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCpus } from '../../../../server/src/compose/model/cpus.js';

const cases: readonly (readonly [text: string, compose: number | undefined, stack: number | undefined])[] = [
  ['1', 1, 1],
  ['0.5', 0.5, 0.5],
  ['.5', 0.5, 0.5],
  ['1.', 1, 1],
  ['1e-3', 0.001, 0.001],
  ['-1', -1, -1],
  ['0.123456789', 0.123456789, 0.123456789],
  ['0.1234567891', 0.1234567891, undefined],
  ['0.1000000000000', 0.1, 0.1],
  ['1e-10', 1e-10, undefined],
  ['1/2', undefined, 0.5],
  ['1/3', undefined, undefined],
  ['1/0', undefined, undefined],
  ['abc', undefined, undefined],
  ['', undefined, undefined],
  ['1 ', undefined, undefined],
  ['500m', undefined, undefined],
];

for (const [text, compose, stack] of cases) {
  void test(JSON.stringify(text), () => {
    assert.equal(parseCpus(text, 'compose').value, compose);
    assert.equal(parseCpus(text, 'stack').value, stack);
  });
}
