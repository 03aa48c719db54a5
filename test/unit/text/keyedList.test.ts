import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeyedList } from '../../../server/src/text/keyedList.js';

void test('a list with keys is the map it was made of', () => {
  const map = new Map([
    ['a', 1],
    ['b', 2],
  ]);
  const list = KeyedList.of(map);
  assert.deepEqual([...list], [...map]);
  assert.deepEqual([...list.keys()], ['a', 'b']);
  assert.deepEqual([...list.values()], [1, 2]);
  assert.deepEqual(
    [list.size, list.get('b'), list.get('c'), list.has('a'), list.has('c')],
    [2, 2, undefined, true, false],
  );
  const seen: unknown[] = [];
  list.forEach((value, key) => seen.push(key, value));
  assert.deepEqual(seen, ['a', 1, 'b', 2]);
});

void test('another version has other values in the same places, and leaves the one before as it was', () => {
  const before = KeyedList.of(new Map(Object.entries({ a: 1, b: 2, c: 3 })));
  const after = before.with([
    ['b', 20],
    ['z', 9],
  ]);
  assert.deepEqual(
    [...after],
    [
      ['a', 1],
      ['b', 20],
      ['c', 3],
    ],
  );
  assert.deepEqual([...before.values()], [1, 2, 3]);
  assert.equal(KeyedList.of(after), after);
});
