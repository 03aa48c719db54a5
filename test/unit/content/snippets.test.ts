import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { parseDocument } from 'yaml';
import type { Target } from '../../../server/src/compose/target.js';
import { checkCase } from '../../support/checkRules.js';
import { completeSnippet, expandSnippet, readSnippets, snippetFiles, tabStops } from '../../support/snippets.js';

suite('snippets', () => {
  test('are all in the manifest', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
      contributes: { snippets: readonly { language: string; path: string }[] };
    };
    assert.deepEqual(
      manifest.contributes.snippets.map(({ path }) => path),
      snippetFiles.map((file) => `./snippets/${file}.json`),
    );
  });

  test('have prefixes of their own in each language', () => {
    for (const files of [['compose', 'stack'], ['nginx'], ['haproxy']] as const) {
      const prefixes = files.flatMap((file) => readSnippets(file).map(({ prefix }) => prefix));
      assert.deepEqual(prefixes, [...new Set(prefixes)]);
    }
  });

  for (const file of snippetFiles) {
    for (const snippet of readSnippets(file)) {
      test(`${file}: ${snippet.name}`, () => {
        assert.match(snippet.description, /\.$/);
        const stops = [...new Set(tabStops(snippet))].sort((a, b) => a - b);
        assert.deepEqual(
          stops,
          stops.map((_, i) => i),
          'tab stops are numbered without gaps and end with $0',
        );
        const text = expandSnippet(snippet);
        assert.doesNotMatch(text, /\\|\t|[ ]$/m);
        assert.match(text, /\n$/);
        if (file === 'nginx') assert.equal(text.split('{').length, text.split('}').length);
        if (file === 'compose' || file === 'stack') {
          const completed = completeSnippet(file, snippet);
          const { errors, warnings } = parseDocument(completed);
          assert.deepEqual([...errors, ...warnings], []);
          assert.deepEqual(wrong(completed, file), []);
        }
      });
    }
  }
});

/** What the rules refuse in a file. */
function wrong(text: string, target: Target): readonly string[] {
  const files = new Map([['/compose.yaml', text]]);
  const found = checkCase({ title: '', target, variables: {}, files, written: text });
  return found.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}
