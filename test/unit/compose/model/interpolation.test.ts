import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interpolate } from '../../../../server/src/compose/model/interpolation.js';
import type { Target } from '../../../../server/src/compose/target.js';

const environment: Readonly<Record<string, string>> = { FULL: 'first', EMPTY: '', JSON: '{"a":2}', lower: 'small' };
const run = (text: string, target: Target) => interpolate(text, target, (name) => environment[name]);

/** The text and what it becomes; `!` refuses, `?NAME: message` misses a required variable. */
type Case = readonly [text: string, value: string];

const both: readonly Case[] = [
  ['', ''],
  ['plain', 'plain'],
  ['$$', '$'],
  ['$$$$', '$$'],
  ['$${FULL}', '${FULL}'],
  ['$$FULL', '$FULL'],
  ['$FULL', 'first'],
  ['a $FULL b', 'a first b'],
  ['${FULL}${FULL}', 'firstfirst'],
  ['$FULL/$lower', 'first/small'],
  ['$FULLX', ''],
  ['$FULL.x', 'first.x'],
  ['${lower}', 'small'],
  ['$_x', ''],
  ['${NONE:-def}', 'def'],
  ['${NONE-def}', 'def'],
  ['${EMPTY:-def}', 'def'],
  ['${EMPTY-def}', ''],
  ['${FULL:-def}', 'first'],
  ['${FULL-def}', 'first'],
  ['${NONE:-}', ''],
  ['${EMPTY:-/a:-b}', '/a:-b'],
  ['${NONE:-x?y}', 'x?y'],
  ['${FULL:?need}', 'first'],
  ['${FULL?need}', 'first'],
  ['${EMPTY?need}', ''],
  ['${EMPTY:?need it}', '?EMPTY: need it'],
  ['${NONE:?}', '?NONE: '],
  ['${NONE?need}', '?NONE: need'],
  ['${', '!'],
  ['${}', '!'],
  ['${ }', '!'],
  ['${ FULL}', '!'],
  ['${FULL }', '!'],
  ['${FULL!}', '!'],
  ['${1}', '!'],
  ['${a b}', '!'],
  ['${A.B}', '!'],
  ['${#A}', '!'],
  ['${A%x}', '!'],
  ['${A:=x}', '!'],
  ['${A:}', '!'],
  ['${A', '!'],
  ['${A:-x', '!'],
  ['$${A} ${A', '!'],
];

const compose: readonly Case[] = [
  ['a $ b', 'a $ b'],
  ['^x$', '^x$'],
  ['$}', '$}'],
  ['$5', '$5'],
  ['$(date)', '$(date)'],
  ['$-$%A', '$-$%A'],
  ['$FULL-bar', 'first-bar'],
  ['$NONE:-x', ':-x'],
  ['${NONE+x}', ''],
  ['${NONE:+x}', ''],
  ['${EMPTY+x}', 'x'],
  ['${EMPTY:+x}', ''],
  ['${FULL:+x}', 'x'],
  ['${NONE-$FULL}', 'first'],
  ['${NONE:-${FULL}}', 'first'],
  ['${NONE:-${FULL} ${FULL}}', 'first first'],
  ['${NONE:-${ALSO:-${EMPTY:-deep}}}', 'deep'],
  ['${EMPTY+$FULL ${FULL:+second}}', 'first second'],
  ['+ok ${NONE:-${EMPTY-def}}', '+ok '],
  ['${NONE:-$$FULL}', '$FULL'],
  ['${NONE:-$5}', '$5'],
  ['${NONE:-{"a":1}}', '{"a":1}'],
  ['${JSON:-{"a":1}}', '{"a":2}'],
  ['${NONE:-{}}', '{}'],
  ['${NONE:-{}} x}', '{}} x'],
  ['${NONE:-{}} ${FULL}', '!'],
  ['${NONE:-{x}', '{x'],
  ['${NONE:-x} }', 'x }'],
  ['${NONE:-a} ${NONE:-b}', 'a b'],
  ['${NONE:-a\nb}', '!'],
  ['${NONE:-a}\n${NONE:-b}', 'a\nb'],
  ['${FULL}\n}', 'first\n}'],
  ['${NONE:?need ${FULL}}', '?NONE: need first'],
  ['${NONE?bar-baz}', '?NONE: bar-baz'],
  ['${NONE-err?msg}', 'err?msg'],
  ['${NONE:-${A!}}', '!'],
  ['${FULL:-${NONE:?need}}', '?NONE: need'],
  ['${NONE:+${ALSO?need}}', '?ALSO: need'],
  ['${FULL:?${NONE:?need}}', '?NONE: need'],
  ['${FULL:-${NONE}}', 'first'],
];

const stack: readonly Case[] = [
  ['a $ b', '!'],
  ['a$', '!'],
  ['$}', '!'],
  ['$5', '!'],
  ['$(date)', '!'],
  ['$-', '!'],
  ['$%A', '!'],
  ['${FULL:+x}', '!'],
  ['${FULL+x}', '!'],
  ['$FULL:+x', 'first:+x'],
  ['$FULL-bar and all', 'first'],
  ['$NONE-bar and $FULL', 'bar and $FULL'],
  ['{$NONE-bar} x', '{bar} x'],
  ['$NONE?gone', '?NONE: gone'],
  ['${NONE:-${FULL}}', '${FULL}'],
  ['${FULL:-${lower}}', 'first}'],
  ['${NONE:-$FULL}', '$FULL'],
  ['${NONE:-$$x}', '$$x'],
  ['${NONE:-a\nb}', 'a\nb'],
  ['${NONE:-{x}', '{x'],
  ['${FULL-x:-y}', 'y'],
  ['${FULL?need a-b}', 'b'],
  ['${FULL:?use :- or}', ' or'],
  ['${FULL?a:?b}', '?FULL: b'],
  ['x$5 ${FULL}', 'x5 first'],
  ['$5 $$', '!'],
  ['${NONE:?need} ${FULL}', ' first'],
  ['${FULL} ${NONE:?need}', '?NONE: need'],
];

function check(target: Target, [text, expected]: Case): void {
  void test(`${target}: ${JSON.stringify(text)}`, () => {
    const result = run(text, target);
    if (expected === '!') {
      assert.notEqual(result.problems.length, 0);
      return;
    }
    assert.deepEqual(result.problems, []);
    const [missing] = result.required;
    assert.equal(missing ? `?${missing.name}: ${missing.message}` : result.value, expected);
  });
}

for (const it of [...both, ...compose]) check('compose', it);
for (const it of [...both, ...stack]) check('stack', it);

void test('lists what it looked up and what has no value', () => {
  const { used, unset, changed } = run('$A $A ${B:-$C} ${FULL} ${D:+$E}', 'compose');
  assert.deepEqual({ used, unset, changed }, { used: ['A', 'B', 'C', 'FULL', 'D'], unset: ['A', 'C'], changed: true });
});

void test('an escape changes the text, a plain text does not', () => {
  assert.equal(run('$$', 'compose').changed, true);
  assert.equal(run('$5', 'compose').changed, false);
});

/** The text under a problem and a part of what is said about it. */
const problems: readonly (readonly [target: Target, text: string, under: string, says: RegExp])[] = [
  ['compose', 'a ${} b', '${}', /names no variable/],
  ['compose', 'a ${A b', '${A b', /no closing/],
  ['compose', 'a ${A!x} b', '${A!x}', /is no variable/],
  ['compose', '${X:-${1}}', '${1}', /is no variable/],
  ['stack', "awk '{print $1}'", '$1', /Write `\$\$` for a plain `\$`/],
  ['stack', 'a $', '$', /plain/],
  ['stack', 'a ${A:+x} b', '${A:+x}', /knows no `\+`/],
];

for (const [target, text, under, says] of problems) {
  void test(`${target} points at ${under} in ${text}`, () => {
    const [problem, ...others] = run(text, target).problems;
    assert.ok(problem && others.length === 0);
    assert.equal(text.slice(problem.start, problem.end), under);
    assert.match(problem.message, says);
  });
}

const traps: readonly (readonly [text: string, under: string, says: RegExp])[] = [
  ['a ${A:-${B:-c}}', '${A:-${B:-c}', /default `\$\{B:-c` literally/],
  ['$A-b c', '$A-b c', /write `\$\{A\}`/],
  ['${A?need a-b}', '${A?need a-b}', /splits .* at `-`/],
  ['$5 $A', '$5', /drops this/],
  ['${A:?x} $B', '${A:?x}', /only the last variable/],
];

for (const [text, under, says] of traps) {
  void test(`stack accepts ${text} and misreads it`, () => {
    const { traps: found, problems: refused } = run(text, 'stack');
    assert.deepEqual(refused, []);
    const [trap, ...others] = found;
    assert.ok(trap && others.length === 0);
    assert.equal(text.slice(trap.start, trap.end), under);
    assert.match(trap.message, says);
  });
}
