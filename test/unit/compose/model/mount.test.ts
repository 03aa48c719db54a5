import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMount } from '../../../../server/src/compose/model/mount.js';

/** Type, source, target and options that mean something; `!` for what is refused. */
const cases: readonly (readonly [text: string, expected: string])[] = [
  ['/x', 'volume - /x'],
  ['x', 'volume - x'],
  ['a:', 'volume - a:'],
  ['::', 'volume - ::'],
  ['data:/x', 'volume data /x'],
  ['data:/x:ro', 'volume data /x ro'],
  ['data:/x:rw', 'volume data /x rw'],
  ['data:/x:nocopy', 'volume data /x nocopy'],
  ['data:/x:ro,rshared', 'volume data /x ro rshared'],
  ['data:/x:RO,cached,foo', 'volume data /x'],
  ['data:/x:ro,z', 'volume data /x ro z'],
  ['a/b:/x', 'volume a/b /x'],
  ['data:rel', 'volume data rel'],
  ['./a:/x', 'bind ./a /x'],
  ['../a:/x:rw', 'bind ../a /x rw'],
  ['~/a:/x', 'bind ~/a /x'],
  ['.:/x', 'bind . /x'],
  ['/a:/x', 'bind /a /x'],
  ['C:\\a:/x', 'bind C:\\a /x'],
  ['C:\\a:C:\\b:ro', 'bind C:\\a C:\\b ro'],
  ['\\\\.\\pipe\\x:/x', 'bind \\\\.\\pipe\\x /x'],
  ['v:/x', 'volume - v:/x'],
  ['a:b:c', 'bind a:b c'],
  ['', '! '],
  [':/x', '! :'],
  ['/a:', '! :'],
  ['/a::ro', '! ::'],
  ['/a:/x:', '! :'],
  ['/a:/x:ro:rw', '! :rw'],
];

for (const [text, expected] of cases) {
  void test(JSON.stringify(text), () => {
    const { value, problem } = parseMount(text, 'compose');
    const found = problem
      ? `! ${text.slice(problem.start, problem.end)}`
      : [
          value.type,
          value.source ?? '-',
          value.target,
          ...value.options.filter(({ kind }) => kind !== 'unknown').map(({ name }) => name),
        ].join(' ');
    assert.equal(found, expected);
  });
}

void test('the last of `ro` and `rw` counts', () => {
  assert.equal(parseMount('a1:/x:rw,ro', 'stack').value?.readOnly, true);
  assert.equal(parseMount('a1:/x:ro,rw', 'stack').value?.readOnly, false);
});

void test('docker stack knows no SELinux labels', () => {
  assert.equal(parseMount('/a:/x:z', 'compose').value?.options[0]?.kind, 'selinux');
  assert.equal(parseMount('/a:/x:z', 'stack').value?.options[0]?.kind, 'unknown');
});

void test('spans cover their text', () => {
  const text = 'data:/x:ro,foo';
  const { value } = parseMount(text, 'compose');
  const spans = [value?.sourceSpan, value?.targetSpan, ...(value?.options ?? [])];
  assert.deepEqual(
    spans.map((span) => text.slice(span?.start, span?.end)),
    ['data', '/x', 'ro', 'foo'],
  );
});
