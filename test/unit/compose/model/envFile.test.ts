import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseEnvFile, valuesOf } from '../../../../server/src/compose/model/envFile.js';
import type { EnvFormat } from '../../../../server/src/compose/model/envFile.js';

const environment: Readonly<Record<string, string>> = { HOST: 'host' };
const read = (text: string, format: EnvFormat) => parseEnvFile(text, format, (name) => environment[name]);

/** A file, and what each format makes of it; a text is what is pointed at and refused. */
type Outcome = Readonly<Record<string, string>> | string;
const files: readonly (readonly [text: string, dotenv: Outcome, raw: Outcome])[] = [
  ['', {}, {}],
  ['# c\n\n  # d\nA=b', { A: 'b' }, { A: 'b' }],
  ['A=b\n', { A: 'b' }, { A: 'b' }],
  ['A=\nB=', { A: '', B: '' }, { A: '', B: '' }],
  ['A=1\nA=2\n', { A: '2' }, { A: '2' }],
  ['A=b=c\n', { A: 'b=c' }, { A: 'b=c' }],
  ['A==b\n', { A: '=b' }, { A: '=b' }],
  ['  A=b\n', { A: 'b' }, { A: 'b' }],
  ['A=b  \n', { A: 'b' }, { A: 'b  ' }],
  ['\ufeffA=b\r\nB=c\r\n', { A: 'b', B: 'c' }, { A: 'b', B: 'c' }],
  ['A = b\n', { A: 'b' }, 'A '],
  ['export A=b\n', { A: 'b' }, 'export A'],
  ['exportA=b\n', { exportA: 'b' }, { exportA: 'b' }],
  ['A: b\n', { A: 'b' }, 'A: b'],
  ['A B=c\n', 'A B', 'A B'],
  ['A\tB=c\n', { 'A\tB': 'c' }, 'A\tB'],
  ['=b\n', { '': 'b' }, '=b'],
  ['A="b c"\n', { A: 'b c' }, { A: '"b c"' }],
  ["A='b $H'\n", { A: 'b $H' }, { A: "'b $H'" }],
  ['A=$HOST\n', { A: 'host' }, { A: '$HOST' }],
  ['A=${HOST}x\n', { A: 'hostx' }, { A: '${HOST}x' }],
  ['A=1\nB=$A\n', { A: '1', B: '1' }, { A: '1', B: '$A' }],
  ['HOST=own\nB=$HOST\n', { HOST: 'own', B: 'host' }, { HOST: 'own', B: '$HOST' }],
  ['A=${NONE:-def}\n', { A: 'def' }, { A: '${NONE:-def}' }],
  ['A=x ${NONE:?need}\n', '${NONE:?need}', { A: 'x ${NONE:?need}' }],
  ['A=x${1}\n', '${1}', { A: 'x${1}' }],
  ['A="x${1}"\n', '"x${1}"', { A: '"x${1}"' }],
  ['A=b # x\n', { A: 'b' }, { A: 'b # x' }],
  ['A=b#x\n', { A: 'b#x' }, { A: 'b#x' }],
  ['A= # x\n', { A: '# x' }, { A: ' # x' }],
  ['A="b # c" # d\nB=1\n', { A: 'b # c', B: '1' }, { A: '"b # c" # d', B: '1' }],
  ['A="b" C=d\n', { A: 'b', C: 'd' }, { A: '"b" C=d' }],
  ['A="unterminated\nB=c\n', '"unterminated', { A: '"unterminated', B: 'c' }],
  ['A="two\nlines"\n', { A: 'two\nlines' }, { A: '"two' }],
  ['A="x\\ty\\"z\\\\n"\n', { A: 'x\ty"z\\n' }, { A: '"x\\ty\\"z\\\\n"' }],
  ["A='x\\ty\\'z'\n", { A: "x\\ty'z" }, { A: "'x\\ty\\'z'" }],
  ['A="\\0123 \\012 \\0777"\n', { A: 'S \\12 \\777' }, { A: '"\\0123 \\012 \\0777"' }],
  ['A="\\$HOST $$HOST"\n', { A: '$HOST $HOST' }, { A: '"\\$HOST $$HOST"' }],
  ['HOST\n', { HOST: 'host' }, { HOST: 'host' }],
  ['NONE\n', {}, {}],
  [
    '1A=b\nA.B=1\nC-D=2\nE[0]=3\n',
    { '1A': 'b', 'A.B': '1', 'C-D': '2', 'E[0]': '3' },
    { '1A': 'b', 'A.B': '1', 'C-D': '2', 'E[0]': '3' },
  ],
  ['A*=b\n', '*', { 'A*': 'b' }],
  ['{A}=b\n', '{', { '{A}': 'b' }],
  ['"A"=b\n', '"', { '"A"': 'b' }],
];

for (const [text, dotenv, raw] of files) {
  for (const [format, expected] of [
    ['dotenv', dotenv],
    ['raw', raw],
  ] as const) {
    void test(`${format}: ${JSON.stringify(text)}`, () => {
      const file = read(text, format);
      const [problem] = file.problems;
      const found = problem ? text.slice(problem.start, problem.end) : Object.fromEntries(valuesOf(file));
      assert.deepEqual(found, expected);
    });
  }
}

void test('goes on behind a mistake', () => {
  const file = read('A*=1\nB=2\nC="open\nD=4\n', 'dotenv');
  assert.equal(file.problems.length, 2);
  assert.deepEqual(Object.fromEntries(valuesOf(file)), { B: '2', D: '4' });
});

void test('spans cover names and values as written', () => {
  const text = '\ufeff# c\nexport A = "b c" # d\nB\nC= x \n';
  const { entries } = read(text, 'dotenv');
  assert.deepEqual(
    entries.map(({ nameSpan, valueSpan }) => [
      text.slice(nameSpan.start, nameSpan.end),
      valueSpan && text.slice(valueSpan.start, valueSpan.end),
    ]),
    [
      ['A', '"b c"'],
      ['B', undefined],
      ['C', 'x'],
    ],
  );
});

void test('a name on an unfinished last line is a trap', () => {
  const { entries, traps } = read('A=1\nHOST', 'dotenv');
  assert.deepEqual(
    entries.map(({ name }) => name),
    ['A'],
  );
  assert.deepEqual(
    traps.map(({ start, end }) => [start, end]),
    [[4, 8]],
  );
});
