import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTemplate, variablesOf } from '../../../../server/src/compose/model/template.js';

void test('a text without variables is one literal', () => {
  assert.deepEqual(parseTemplate('a', 'compose').parts, [{ kind: 'literal', text: 'a', start: 0, end: 1 }]);
  assert.deepEqual(parseTemplate('', 'stack').parts, []);
});

void test('parts cover the text in order', () => {
  for (const target of ['compose', 'stack'] as const) {
    const text = 'a $$ ${B:-c} $D';
    const { parts } = parseTemplate(text, target);
    assert.deepEqual(
      parts.map((part) => `${part.kind} ${text.slice(part.start, part.end)}`),
      ['literal a ', 'escape $$', 'literal  ', 'variable ${B:-c}', 'literal  ', 'variable $D'],
    );
  }
});

void test('variables carry their names and places, nested ones too', () => {
  const text = 'x ${A:-y ${B:?z}} $c';
  const found = [...variablesOf(parseTemplate(text, 'compose').parts)];
  assert.deepEqual(
    found.map(({ name, operator, braced, nameSpan }) => [
      name,
      operator,
      braced,
      text.slice(nameSpan.start, nameSpan.end),
    ]),
    [
      ['A', ':-', true, 'A'],
      ['B', ':?', true, 'B'],
      ['c', undefined, false, 'c'],
    ],
  );
});

void test('an argument keeps offsets of the whole text', () => {
  const text = 'x ${A:-y ${B}}';
  const [, variable] = parseTemplate(text, 'compose').parts;
  assert.ok(variable?.kind === 'variable');
  assert.deepEqual(
    variable.argument?.map((part) => text.slice(part.start, part.end)),
    ['y ', '${B}'],
  );
});

void test('a long line is not told once for each of its mistakes', () => {
  const told = (count: number) =>
    parseTemplate('${A:-'.repeat(count), 'compose').problems.reduce((sum, { message }) => sum + message.length, 0);
  assert.equal(parseTemplate('${A:-'.repeat(1000), 'compose').problems.length, 1000);
  assert.ok(told(1000) < 11 * told(100));
});

void test('defaults within defaults end where no person writes them', () => {
  const depth = 20_000;
  const { parts, problems } = parseTemplate('${A:-'.repeat(depth) + '}'.repeat(depth), 'compose');
  assert.deepEqual(problems, []);
  assert.ok([...variablesOf(parts)].length >= 100);
});
