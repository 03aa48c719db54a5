import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseExtraHost, parseHostAddress } from '../../../../server/src/compose/model/extraHost.js';

import type { Target } from '../../../../server/src/compose/target.js';

function read(text: string, target: Target): string {
  const { value, problem } = parseExtraHost(text, target);
  if (problem) return `! ${text.slice(problem.start, problem.end)}`;
  return [value.host, ...value.addresses.map(({ address, valid }) => (valid ? address : `${address}?`))].join(' ');
}

const cases: readonly (readonly [text: string, compose: string, stack: string])[] = [
  ['a:10.0.0.1', 'a 10.0.0.1', 'a 10.0.0.1'],
  ['a=10.0.0.1', 'a 10.0.0.1', 'a 10.0.0.1'],
  ['a=::1', 'a ::1', 'a ::1'],
  ['a:::1', 'a ::1', 'a ::1'],
  ['a=[::1]', 'a ::1', 'a ::1'],
  ['host.docker.internal:host-gateway', 'host.docker.internal host-gateway', 'host.docker.internal host-gateway'],
  ['a=10.0.0.1,10.0.0.2', 'a 10.0.0.1 10.0.0.2', 'a 10.0.0.1,10.0.0.2?'],
  ['a:notip', 'a notip?', 'a notip?'],
  ['a', '! a', '! a'],
  ['=10.0.0.1', '! ', '! '],
  ['a:b=10.0.0.1', '! a:b', 'a:b 10.0.0.1'],
];

for (const [text, compose, stack] of cases) {
  void test(text, () => {
    assert.equal(read(text, 'compose'), compose);
    assert.equal(read(text, 'stack'), stack);
  });
}

void test('addresses know their place', () => {
  const text = 'a=10.0.0.1,[::1]';
  const spans = parseExtraHost(text, 'compose').value?.addresses.map(({ start, end }) => text.slice(start, end));
  assert.deepEqual(spans, ['10.0.0.1', '[::1]']);
  assert.deepEqual(parseHostAddress('[]'), { address: '[]', valid: false });
});
