import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { semanticTokens } from '../../../server/src/compose/features/semanticTokens.js';
import { featureCase } from '../../support/featureCase.js';
import { composeGrammar } from '../../support/composeGrammar.js';

/** A line of carets under a line of text, as in the fixture. */
const note = /^#( *)(\^+) (.*)$/;

interface Case {
  readonly title: string;
  readonly text: string;
  readonly expected: readonly string[];
}

const cases = readFileSync('test/fixtures/semanticTokens.yaml', 'utf8')
  .split(/^(?=#== )/m)
  .map((written): Case => {
    const lines = written.split('\n').slice(1);
    const expected: string[] = [];
    let line = -1;
    for (const it of lines) {
      const [, space = '', carets = '', type = ''] = note.exec(it) ?? [];
      if (type) expected.push(`${line}:${space.length + 1} ${carets.length} ${type}`);
      else line++;
    }
    const text = [written.split('\n')[0], ...lines.filter((it) => !note.test(it))].join('\n');
    return { title: /^#== (.*)$/m.exec(written)?.[1] ?? '', text, expected };
  });

function tokensOf(written: string, lines?: { readonly first: number; readonly last: number }): readonly string[] {
  const { checked, uri } = featureCase(written);
  return semanticTokens(checked.project, uri, lines).map(
    ({ line, character, length, type, declares }) =>
      `${line}:${character} ${length} ${type}${declares ? ' declaration' : ''}`,
  );
}

suite('semantic tokens', () => {
  for (const { title, text, expected } of cases) {
    test(title, () => {
      assert.ok(expected.length > 0);
      assert.deepEqual(tokensOf(text), expected);
    });
  }

  test('of some lines are those of their blocks', () => {
    const [{ text } = { text: '' }] = cases;
    const all = tokensOf(text);
    const some = tokensOf(text, { first: 12, last: 12 });
    assert.ok(some.length > 0 && some.length < all.length);
    assert.ok(some.every((it) => all.includes(it)));
  });

  test('say of variables what the grammar says, and leave it the punctuation', async () => {
    const grammar = await composeGrammar();
    const scopes = { variable: 'variable.other.readwrite.compose', operator: 'keyword.operator.interpolation.compose' };
    const [, { text } = { text: '' }] = cases;
    const { checked, uri } = featureCase(text);
    const written = checked.project.files.get(uri)?.source.text.split('\n') ?? [];
    const found = semanticTokens(checked.project, uri);
    let compared = 0;
    for (const { line, character, length, type } of found) {
      // The stand-in for VS Code's YAML grammar knows no lists and no text over several lines.
      if ((type !== 'variable' && type !== 'operator') || !/^ +\w+: [^|]/.test(written[line] ?? '')) continue;
      const there = grammar
        .tokenizeLine(written[line] ?? '', null)
        .tokens.find((it) => it.startIndex <= character && character < it.endIndex);
      assert.deepEqual([there?.startIndex, there?.endIndex], [character, character + length], written[line]);
      assert.ok(there?.scopes.includes(scopes[type]), `${written[line]}: ${there?.scopes.join(' ')}`);
      compared++;
    }
    assert.ok(compared >= 5);
  });
});
