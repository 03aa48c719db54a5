import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { semanticTokens, type SemanticToken } from '../../../server/src/compose/features/semanticTokens.js';
import { caretCases } from '../../support/carets.js';
import { featureCase } from '../../support/featureCase.js';
import { composeGrammar } from '../../support/composeGrammar.js';

const cases = caretCases(readFileSync('test/fixtures/semanticTokens.yaml', 'utf8'));

/** With the lines of the file. */
function placed(...asked: Parameters<typeof semanticTokens>): readonly SemanticToken[] {
  return semanticTokens(...asked).flatMap((it) => it.tokens.map((token) => ({ ...token, line: it.line + token.line })));
}

function tokensOf(written: string, lines?: { readonly first: number; readonly last: number }): readonly string[] {
  const { checked, uri } = featureCase(written);
  return placed(checked.project, uri, lines).map(
    ({ line, character, length, type, declares }) =>
      `${line}:${character} ${length} ${type}${declares ? ' declaration' : ''}`,
  );
}

suite('semantic tokens', () => {
  for (const { title, text, marks } of cases) {
    test(title, () => {
      assert.ok(marks.length > 0);
      const expected = marks.map(({ line, character, length, says }) => `${line}:${character} ${length} ${says}`);
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
    const written = checked.project.files.get(uri)?.source.content.text.split('\n') ?? [];
    const found = placed(checked.project, uri);
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
