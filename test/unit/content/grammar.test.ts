import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { INITIAL, type IGrammar } from 'vscode-textmate';
import { composeGrammar } from '../../support/composeGrammar.js';

suite('Compose grammar', () => {
  let grammar: IGrammar;

  before(async () => {
    grammar = await composeGrammar();
  });

  /** The pieces of a line that Compose's part of the grammar names, with the last part of their innermost name. */
  const pieces = (line: string): readonly string[] =>
    grammar.tokenizeLine(line, INITIAL).tokens.flatMap(({ startIndex, endIndex, scopes }) => {
      const own = scopes.filter((scope) => scope.endsWith('.compose') && scope !== 'source.yaml.compose').at(-1);
      return own ? [`${line.slice(startIndex, endIndex)} ${own.replace(/\.compose$/, '')}`] : [];
    });

  const begin = '${ punctuation.definition.template-expression.begin';
  const end = '} punctuation.definition.template-expression.end';
  const variable = (name: string): string => `${name} variable.other.readwrite`;
  const operator = (text: string): string => `${text} keyword.operator.interpolation`;

  test('names a variable in braces', () => {
    assert.deepEqual(pieces("image: 'nginx:${TAG}'"), [begin, variable('TAG'), end]);
  });

  test('names a variable without braces', () => {
    assert.deepEqual(pieces('image: x$TAG-alpine'), ['$ punctuation.definition.variable', variable('TAG')]);
  });

  for (const sign of [':-', '-', ':?', '?', ':+', '+']) {
    test(`names the operator ${sign}`, () => {
      const line = `image: 'x\${TAG${sign}1.27}'`;
      assert.deepEqual(pieces(line), [begin, variable('TAG'), operator(sign), '1.27 meta.interpolation', end]);
    });
  }

  test('goes into defaults', () => {
    assert.deepEqual(pieces("image: '${A:-${B}}'"), [
      begin,
      variable('A'),
      operator(':-'),
      begin,
      variable('B'),
      end,
      end,
    ]);
  });

  test('takes `$$` for a dollar', () => {
    assert.deepEqual(pieces("command: 'echo $$HOME $${HOME}'"), Array(2).fill('$$ constant.character.escape.dollar'));
  });

  for (const line of ["a: '${1}'", "a: '${A'", "a: '${A:=x}'", 'a: x # ${A}', '${A}: x', "a: 'cost 5$'"]) {
    test(`leaves ${line} alone`, () => {
      assert.deepEqual(pieces(line), []);
    });
  }
});
