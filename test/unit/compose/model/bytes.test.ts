import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeBytes, parseBytes } from '../../../../server/src/compose/model/bytes.js';

const accepted: readonly (readonly [text: string, bytes: number])[] = [
  ['0', 0],
  ['512', 512],
  ['512 ', 512],
  ['512M', 512 * 1024 ** 2],
  ['512 MB', 512 * 1024 ** 2],
  ['64mb', 64 * 1024 ** 2],
  ['1Mb', 1024 ** 2],
  ['1kib', 1024],
  ['1GiB', 1024 ** 3],
  ['1 GB', 1024 ** 3],
  ['1.5g', 1.5 * 1024 ** 3],
  ['.5g', 0.5 * 1024 ** 3],
  ['1.', 1],
  ['1.7', 1],
  ['1p', 1024 ** 5],
  ['2tb', 2 * 1024 ** 4],
  ['100B', 100],
  ['1e3', 1000],
  ['1e3k', 1024000],
  ['+1g', 1024 ** 3],
  ['1_000', 1000],
];

for (const [text, bytes] of accepted) {
  void test(`${JSON.stringify(text)} is ${bytes} bytes`, () => {
    assert.deepEqual(parseBytes(text), { value: bytes });
  });
}

const refused = [
  '',
  'abc',
  '-1g',
  '-1',
  ' 1g',
  '1g ',
  '1  g',
  '1x',
  '1Gi',
  '1ib',
  '1bb',
  '1kbb',
  '1..2',
  '1,5g',
  '2 2g',
  '0x10',
  'inf',
  '1e',
  '1e400',
];

for (const text of refused) {
  void test(`${JSON.stringify(text)} is no size`, () => {
    assert.ok(parseBytes(text).problem);
  });
}

void test('points at the unit and knows what is meant by `Gi`', () => {
  const { problem } = parseBytes('16Gi');
  assert.deepEqual([problem?.start, problem?.end], [2, 4]);
  assert.match(problem?.message ?? '', /Write `GiB`\.$/);
});

void test('says a size in words', () => {
  assert.deepEqual([0, 1, 100, 1024, 512 * 1024 ** 2, 1.5 * 1024 ** 3, 2048 * 1024 ** 5].map(describeBytes), [
    '0 bytes',
    '1 byte',
    '100 bytes',
    '1 KiB',
    '512 MiB',
    '1.5 GiB',
    '2048 PiB',
  ]);
});
