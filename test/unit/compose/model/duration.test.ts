import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeDuration, parseDuration } from '../../../../server/src/compose/model/duration.js';
import type { Target } from '../../../../server/src/compose/target.js';

/** Milliseconds, or `!` and what is pointed at. */
function read(text: string, target: Target): string | number {
  const { value, problem } = parseDuration(text, target);
  return problem ? `! ${text.slice(problem.start, problem.end)}` : value.nanoseconds / 1e6;
}

const both: readonly (readonly [text: string, expected: string | number])[] = [
  ['30s', 30000],
  ['1m30s', 90000],
  ['1.5h', 5400000],
  ['90s30ms', 90030],
  ['-5s', -5000],
  ['+1s', 1000],
  ['0', 0],
  ['0s', 0],
  ['.5s', 500],
  ['5.s', 5000],
  ['1us', 0.001],
  ['1µs', 0.001],
  ['1μs', 0.001],
  ['100ns', 0.0001],
  ['2562047h47m16s', 9223372036000],
  ['2562048h', '! 2562048h'],
  ['', '! '],
  ['-', '! -'],
  ['00', '! 00'],
  ['30', '! 30'],
  ['1m30', '! 30'],
  ['abc', '! abc'],
  ['s', '! s'],
  ['.s', '! .s'],
  ['1.2.3s', '! 1.2'],
  ['10S', '! S'],
  ['10 s', '!  s'],
  ['1min', '! min'],
  ['1e3s', '! e'],
  ['1h-1m', '! h-'],
  ['300y', '! y'],
];

for (const target of ['compose', 'stack'] as const) {
  for (const [text, expected] of both) {
    void test(`${target}: ${JSON.stringify(text)}`, () => {
      assert.equal(read(text, target), expected);
    });
  }
}

void test('days and weeks are for docker compose', () => {
  assert.equal(read('1w2d', 'compose'), 9 * 24 * 3600e3);
  assert.equal(read('1d', 'stack'), '! 1d');
  assert.match(parseDuration('1d', 'stack').problem?.message ?? '', /no unit of time to docker stack/);
});

void test('says a duration in words', () => {
  const words = (text: string) => describeDuration(parseDuration(text, 'compose').value ?? { nanoseconds: NaN });
  assert.equal(words('90s'), '1 minute 30 seconds');
  assert.equal(words('1.5h'), '1 hour 30 minutes');
  assert.equal(words('25h1ms'), '1 day 1 hour 1 millisecond');
  assert.equal(words('-5s'), 'minus 5 seconds');
  assert.equal(words('0s'), '0 seconds');
});
