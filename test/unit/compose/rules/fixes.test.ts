import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Project } from '../../../../server/src/compose/model/project.js';
import { aloneLoader, buildProject } from '../../../../server/src/compose/model/project.js';
import { readFile } from '../../../../server/src/compose/model/file.js';
import { DiagnosticWriter, type Diagnostic } from '../../../../server/src/compose/rules/diagnostics.js';
import { ignoring } from '../../../../server/src/compose/rules/ignoring.js';
import { rules } from '../../../../server/src/compose/rules/index.js';
import { Linter } from '../../../../server/src/compose/rules/lint.js';
import { fixesOf } from '../../../../server/src/compose/rules/repairs.js';
import type { Files, PlacedEdit } from '../../../../server/src/compose/rules/rule.js';
import { declareAll, fixTogether } from '../../../../server/src/compose/rules/together.js';
import { placeOf, readSource } from '../../../../server/src/compose/syntax/source.js';
import type { Target } from '../../../../server/src/compose/target.js';
import { applyEdits } from '../../../../server/src/text/edit.js';

const uri = 'file:///compose.yaml';

interface Checked {
  readonly project: Project;
  readonly found: readonly Diagnostic[];
  /** The text after edits. */
  after(edits: readonly PlacedEdit[]): string;
}

function check(text: string, target: Target = 'compose'): Checked {
  const variables = { lookup: () => undefined, final: false };
  const file = readFile(readSource(uri, text), target, variables);
  const project = buildProject([file], target, aloneLoader(uri, variables));
  const linter = new Linter(rules, (message) => assert.fail(message));
  const noFiles: Files = { stat: () => 'unknown', read: () => undefined, dotEnv: undefined };
  const findings = linter.lint(project, { target, format: undefined, settings: { severity: {} } }, noFiles);
  return {
    project,
    found: new DiagnosticWriter().write(project, findings).get(uri) ?? [],
    after: (edits) =>
      applyEdits(
        text,
        edits.map(({ at, text: written }) => {
          const start = placeOf(file.source, at.block)?.start ?? 0;
          return { start: start + at.start, end: start + at.end, text: written };
        }),
      ),
  };
}

function found({ found: all }: Checked, code: string): Diagnostic {
  const it = all.find((other) => other.code === code);
  assert.ok(it, `${code} is not found.`);
  return it;
}

/** The text after each fix of the first finding of a rule. */
function fixed(text: string, code: string, target?: Target): readonly string[] {
  const checked = check(text, target);
  return fixesOf(found(checked, code).finding, checked.project).map(({ edits }) => checked.after(edits));
}

suite('a fix', () => {
  test('ends its lines as the file does', () => {
    const text = 'services:\r\n  web:\r\n    image: nginx:1.27\r\n    networks: [front]\r\n';
    assert.deepEqual(fixed(text, 'undefined-network'), [text.replace(/\r\n$/, '\r\nnetworks:\r\n  front:\r\n')]);
  });

  test('takes no anchor away that an alias means', () => {
    const text = (alias: string): string =>
      `services:\n  web:\n    image: nginx:1.27\n    depends_on: &all [db]\n  db:\n    image: postgres:17\n${alias}`;
    assert.equal(fixed(text(''), 'ignored-in-stack', 'stack').length, 1);
    assert.deepEqual(fixed(text('    depends_on: *all\n'), 'ignored-in-stack', 'stack'), []);
  });

  test('declares nothing in a document that docker stack does not read', () => {
    const text = 'services:\n  web:\n    image: nginx:1.27\n    networks: [front]\n---\nservices: {}\n';
    assert.deepEqual(fixed(text, 'undefined-network', 'stack'), []);
  });
});

suite('fixes together', () => {
  test('declare what is missing, each section once', () => {
    const text = [
      'services:',
      '  web:',
      '    image: nginx:1.27',
      '    networks: [front, back]',
      '    volumes: ["data:/data", "logs:/logs"]',
      'volumes:',
      '  logs:',
      '',
    ].join('\n');
    const checked = check(text);
    const findings = checked.found.map(({ finding }) => finding);
    const after = checked.after(fixTogether(findings, checked.project));
    assert.equal(
      after,
      `${text.trimEnd()}\n  data:\nnetworks:\n  front:\n  back:\n`.replace(
        'volumes:\n  logs:\n  data:',
        'volumes:\n  data:\n  logs:',
      ),
    );
    assert.deepEqual(check(after).found, []);
  });

  test('begin no mapping twice', () => {
    const text = 'services:\n  web:\n    image: nginx:1.27\n    scale: 2\n    mem_limit: 1g\n';
    const checked = check(text, 'stack');
    const findings = checked.found.map(({ finding }) => finding);
    const after = checked.after(fixTogether(findings, checked.project));
    assert.equal(after.match(/deploy:/g)?.length, 1);
  });

  test('guess no names and lose nothing', () => {
    const text =
      'services:\n  web:\n    image: nginx:1.27\n    depends_on: [bd]\n    profiles: [x]\n  db:\n    image: postgres:17\n';
    for (const target of ['compose', 'stack'] as const) {
      const checked = check(text, target);
      assert.deepEqual(
        fixTogether(
          checked.found.map(({ finding }) => finding),
          checked.project,
        ),
        [],
      );
    }
  });

  test('of one kind are offered where several are missing', () => {
    const text = 'services:\n  web:\n    image: nginx:1.27\n    secrets: [a-key, b-key, c-key]\n';
    const checked = check(text);
    const findings = checked.found.map(({ finding }) => finding);
    const fix = declareAll(found(checked, 'undefined-secret').finding, findings, checked.project);
    assert.equal(fix?.title, 'Declare all 3 missing secrets');
    assert.equal(fix.preferred, false);
    assert.match(checked.after(fix.edits), /secrets:\n {2}a-key:\n {4}file: \.\/a-key\n {2}b-key:/);
  });
});

suite('a comment that silences', () => {
  const silenced = (text: string, code: string): readonly string[] => {
    const checked = check(text);
    return ignoring(checked.project, found(checked, code)).map(({ title, edits }) => {
      const after = checked.after(edits);
      assert.ok(!check(after).found.some((it) => it.code === code), after);
      return title;
    });
  };

  test('goes above the line, or to the top of the file', () => {
    const text = 'services:\r\n  web:\r\n    image: nginx:1.27\r\n    privileged: true\r\n';
    assert.deepEqual(silenced(text, 'privileged-container'), [
      'Ignore privileged-container here',
      'Ignore privileged-container in this file',
    ]);
  });

  test('does not go into a text of several lines', () => {
    const text = 'services:\n  web:\n    image: nginx:1.27\n    command: echo\n      a\u00A0b\n';
    assert.deepEqual(silenced(text, 'invisible-character'), ['Ignore invisible-character in this file']);
  });
});
