import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJoin, parseLink, parseVolumesFrom } from '../../../../server/src/compose/model/link.js';

void test('reads links', () => {
  assert.deepEqual(parseLink('db'), { name: 'db' });
  assert.deepEqual(parseLink('db:alias'), { name: 'db', alias: 'alias' });
  assert.deepEqual(parseLink('a:b:c'), { name: 'a:b:c' });
});

void test('reads volumes_from', () => {
  assert.deepEqual(parseVolumesFrom('db:ro'), { kind: 'service', name: 'db' });
  assert.deepEqual(parseVolumesFrom('container:x:rw'), { kind: 'container', name: 'x' });
  assert.deepEqual(parseVolumesFrom('container'), { kind: 'service', name: 'container' });
});

void test('reads what a namespace joins', () => {
  assert.deepEqual(parseJoin('service:db'), { kind: 'service', name: 'db' });
  assert.deepEqual(parseJoin('container:x'), { kind: 'container', name: 'x' });
  assert.equal(parseJoin('host'), undefined);
});
