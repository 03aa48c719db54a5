import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkGoTemplate, templateFields } from '../../../../server/src/compose/model/goTemplate.js';

const good = [
  'plain',
  '{{.Node.Hostname}}',
  '{{ .Service.Name }}-{{ .Task.Slot }}',
  '{{.Service.Labels.x}}',
  '{{.Node.Platform.OS}}',
  '{{ index .Service.Labels "com.x" }}',
  '{{ printf "%s.Foo" .Task.ID }}',
  '{{/* .Foo */}}',
  '{{ $x := .Node }}{{ $x.Anything }}',
  '{{with .Node}}{{.ID}}{{end}}',
  '}} {',
];

for (const text of good) {
  void test(text, () => {
    assert.deepEqual(checkGoTemplate(text), []);
  });
}

const bad: readonly (readonly [text: string, under: string])[] = [
  ['{{.Foo}}', '.Foo'],
  ['a-{{ .Node.HostName }}-b', '.Node.HostName'],
  ['{{.Node.Platform.Arch}}', '.Node.Platform.Arch'],
  ['{{.Node.Labels.x}}', '.Node.Labels.x'],
  ['{{ join .Task.Names "," }}', '.Task.Names'],
  ['a {{.Task.ID', '{{.Task.ID'],
];

for (const [text, under] of bad) {
  void test(`${text} is refused`, () => {
    const [problem, ...others] = checkGoTemplate(text);
    assert.ok(problem && others.length === 0);
    assert.equal(text.slice(problem.start, problem.end), under);
  });
}

void test('lists the fields a person can use', () => {
  assert.ok(templateFields.includes('.Task.Slot') && templateFields.includes('.Node.Platform.OS'));
  assert.deepEqual(
    templateFields.filter((field) => checkGoTemplate(`{{${field}}}`).length > 0),
    [],
  );
});
