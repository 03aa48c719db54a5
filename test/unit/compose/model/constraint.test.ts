import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  constraintValueProblem,
  isConstraintKey,
  parseConstraint,
} from '../../../../server/src/compose/model/constraint.js';

const accepted: readonly (readonly [text: string, key: string, operator: string, value: string])[] = [
  ['node.role==manager', 'node.role', '==', 'manager'],
  ['node.role == manager', 'node.role', '==', 'manager'],
  [' node.role != worker ', 'node.role', '!=', 'worker'],
  ['node.hostname==a/b', 'node.hostname', '==', 'a/b'],
  ['node.hostname==a b', 'node.hostname', '==', 'a b'],
  ['node.labels.zone == eu.*', 'node.labels.zone', '==', 'eu.*'],
  ['node.ip==10.0.0.0/8', 'node.ip', '==', '10.0.0.0/8'],
];

for (const [text, ...parts] of accepted) {
  void test(text, () => {
    const { value } = parseConstraint(text);
    assert.deepEqual([value?.key, value?.operator, value?.value], parts);
    assert.equal(text.slice(value?.keySpan.start, value?.keySpan.end), parts[0]);
    assert.equal(text.slice(value?.valueSpan.start, value?.valueSpan.end), parts[2]);
  });
}

const refused: readonly (readonly [text: string, under: string])[] = [
  ['node.role=manager', '='],
  ['node.role', 'node.role'],
  ['node.labels.x>1', '>'],
  ['node.labels.x=~a', '=~'],
  ['node.role===manager', '=manager'],
  ['node.labels.a b==c', 'node.labels.a b'],
  ['node.labels.x==a==b', 'a==b'],
  ['node.labels.x==', 'node.labels.x=='],
  ['node.labels.é==x', 'node.labels.é'],
  ['node.labels.x == "y"', '"y"'],
  ['==x', ''],
];

for (const [text, under] of refused) {
  void test(`${text} is refused`, () => {
    const { problem } = parseConstraint(text);
    assert.ok(problem);
    assert.equal(text.slice(problem.start, problem.end), under);
  });
}

void test('knows the keys a node can match', () => {
  const known = ['node.id', 'Node.Role', 'node.platform.arch', 'node.labels.x', 'engine.labels.a.b'];
  const unknown = ['node.rol', 'node.label.x', 'node.labels.', 'foo', 'node.platform'];
  assert.deepEqual(
    known.filter((key) => !isConstraintKey(key)),
    [],
  );
  assert.deepEqual(unknown.filter(isConstraintKey), []);
});

void test('knows values that no node can match', () => {
  const says = (text: string) => {
    const { value } = parseConstraint(text);
    assert.ok(value);
    return constraintValueProblem(value);
  };
  assert.match(says('node.role==leader') ?? '', /`worker`/);
  assert.match(says('node.ip==10.0.0.0/33') ?? '', /subnet/);
  assert.equal(says('node.role!=Manager'), undefined);
  assert.equal(says('node.ip==10.0.0.0/8'), undefined);
});
