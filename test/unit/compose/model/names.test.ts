import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  checkEngineName,
  checkProjectName,
  checkSecretName,
  checkSwarmName,
  isKey,
  normalizeProjectName,
} from '../../../../server/src/compose/model/names.js';

const tables = [
  {
    name: 'keys',
    check: (it: string) => (isKey(it) ? undefined : 'no'),
    good: ['a', 'A.b_c-1', '-'],
    bad: ['', 'a b', 'a/b', '${S}'],
  },
  {
    name: 'swarm names',
    check: checkSwarmName,
    good: ['t_a', 't_Web', 'a--b', 'a'.repeat(63)],
    bad: ['t_a.b', 't_a_', 't_.a', 'a b', '-a', 'a'.repeat(64), ''],
  },
  {
    name: 'secret names',
    check: checkSecretName,
    good: ['a', 'a.b', 'a-_.b'],
    bad: ['a_', '.a', 'a b', 'a'.repeat(65), ''],
  },
  { name: 'engine names', check: checkEngineName, good: ['ab', 'a.b-c_d'], bad: ['a', '_a', 'a b', 'my/app'] },
  { name: 'project names', check: checkProjectName, good: ['a', '1a_b-c'], bad: ['Foo', '-a', 'a.b', ''] },
];

for (const { name, check, good, bad } of tables) {
  void test(name, () => {
    assert.deepEqual(
      good.filter((it) => check(it) !== undefined),
      [],
    );
    assert.deepEqual(
      bad.filter((it) => check(it) === undefined),
      [],
    );
  });
}

void test('makes project names as docker compose does', () => {
  assert.deepEqual(['My App', '_-x', 'a.b', 'Ünï', '__'].map(normalizeProjectName), ['myapp', 'x', 'ab', 'n', '']);
});
