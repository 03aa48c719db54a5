import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { inlayHints, type InlayHintSettings } from '../../../server/src/compose/features/inlayHints.js';
import { DiagnosticWriter } from '../../../server/src/compose/rules/diagnostics.js';
import { caretCases } from '../../support/carets.js';
import { featureCase } from '../../support/featureCase.js';

const cases = caretCases(readFileSync('test/fixtures/inlayHints.yaml', 'utf8'));
const everything = { first: 0, last: Infinity };
const writer = new DiagnosticWriter();

function hintsOf(written: string, wanted: Partial<InlayHintSettings>, lines = everything): readonly string[] {
  const { checked, uri } = featureCase(written);
  const settings = { variables: false, replicas: false, ports: false, ...wanted };
  return inlayHints(checked.project, uri, lines, settings).map(({ at, label }) => {
    const end = writer.range(checked.project, at)?.end;
    return `${end?.line}:${end?.character} ${label}`;
  });
}

suite('inlay hints', () => {
  for (const { title, text, marks } of cases) {
    test(title, () => {
      const wanted = /published/.test(title)
        ? { ports: true, variables: true }
        : /secret|value/.test(title)
          ? { variables: true }
          : { replicas: true };
      const expected = marks.map(({ line, character, says }) => `${line}:${character} ${says}`);
      assert.deepEqual(hintsOf(text, wanted), expected);
      assert.deepEqual(hintsOf(text, {}), []);
    });
  }

  test('one of a global service that is so by another file', () => {
    const base =
      'services:\n  web:\n    image: a\n#- /compose.override.yaml\nservices:\n  web: { deploy: { mode: global } }\n';
    assert.deepEqual(hintsOf(base, { replicas: true }), ['1:6 on every node']);
  });

  test('of some lines are those of their blocks', () => {
    const written = 'services:\n  a:\n    image: $I\n  b:\n    image: $I\n#- /.env\nI=x\n';
    assert.deepEqual(hintsOf(written, { variables: true }, { first: 0, last: 2 }), ['2:13 = x']);
  });
});
