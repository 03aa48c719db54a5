import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nesting } from '../../../../server/src/compose/syntax/nesting.js';
import { parseBlock } from '../../../../server/src/compose/syntax/parse.js';

const stairs = (levels: number): string => Array.from({ length: levels }, (_, i) => `${' '.repeat(i)}a:\n`).join('');

test('nesting counts levels of every kind, and no brackets in the middle of a text', () => {
  assert.equal(nesting('a: 1\nb: 2\n'), 1);
  assert.equal(nesting('a:\n  b:\n    - c: 1\n    - d\ne: 1\n'), 4);
  assert.equal(nesting('a: [[{ b: [] }]]\nc: [1]\n'), 5);
  assert.equal(nesting('- - - a\n'), 4);
  assert.equal(nesting(`# ${'['.repeat(1000)}\na:\n  # ${'['.repeat(1000)}\n  b: 1\n`), 2);
  assert.ok(nesting(`a: |\n${'  say "[" and x[ {\n'.repeat(600)}`) < 10);
});

for (const [kind, deep] of [
  ['brackets', `a: ${'['.repeat(20_000)}`],
  ['brackets that are closed', `a: ${'{b: '.repeat(5000)}${'}'.repeat(5000)}\n`],
  ['brackets on lines of their own', `a:\n${' [\n'.repeat(5000)}`],
  ['dashes', `a:\n ${'- '.repeat(20_000)}b\n`],
  ['indentation', stairs(1200)],
] as const) {
  test(`what is nested too deeply by ${kind} is said to be, and not read`, () => {
    const { errors, broken, root } = parseBlock('file:///a.yaml', [], deep);
    assert.deepEqual([errors.map(({ code }) => code), broken, root], [['TOO_DEEP'], true, undefined]);
  });
}

test('what is nested as deeply as a person would never do is read', () => {
  assert.equal(parseBlock('file:///a.yaml', [], stairs(300)).broken, false);
  assert.equal(parseBlock('file:///a.yaml', [], `a: ${'['.repeat(300)}${']'.repeat(300)}\n`).broken, false);
});
