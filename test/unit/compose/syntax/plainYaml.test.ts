import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { cut } from '../../../../server/src/compose/syntax/cut.js';
import { parseAnyBlock, parseBlock } from '../../../../server/src/compose/syntax/parse.js';
import { readPlainYaml } from '../../../../server/src/compose/syntax/plainYaml.js';
import { parseFixture } from '../../../support/fixture.js';
import { editRandomly, pickFrom, randomFrom, type Random } from '../../../support/randomEdits.js';

// There are two readers of YAML, a quick one for what most people write and the `yaml` package for everything. Whatever the
// quick one takes, the other must read the very same way: values, styles, anchors, and where everything begins and ends.

const rounds = Number(process.env['LONGSHORE_SEQUENCES'] ?? 1000);

const texts = readdirSync('test/rules').flatMap((name) =>
  parseFixture(readFileSync(`test/rules/${name}`, 'utf8')).flatMap(({ files }) => [...files.values()]),
);

suite('the quick reader of YAML', () => {
  test('reads every fixture as the yaml package does, and most of them itself', () => {
    const blocks = texts.flatMap(pieces);
    const plain = blocks.filter((it) => same(it));
    assert.ok(plain.length > blocks.length * 0.9, `${plain.length} of ${blocks.length}`);
  });

  test('reads what random edits make of them as the yaml package does', () => {
    for (let seed = 0; seed < rounds; seed++) {
      const random = randomFrom(seed);
      let text = pickFrom(random, texts);
      for (let step = 0; step < 6; step++) {
        text = editRandomly(text, random, texts);
        pieces(text).forEach(same);
        same(text);
      }
    }
  });

  test('reads random lines as the yaml package does', () => {
    let plain = 0;
    for (let seed = 0; seed < rounds * 10; seed++) if (same(randomLines(randomFrom(seed)))) plain++;
    assert.ok(plain > rounds / 2, `${plain} of ${rounds * 10} were plain`);
  });

  for (const [what, text] of Object.entries({
    'a key twice': 'a: 1\na: 2\n',
    'a key that is no text': '1: a\n',
    'a text over two lines': 'a: b\n  c\n',
    'a tag': 'a: !reset null\n',
    'a marker': '---\na: b\n',
    'a mapping in a mapping on one line': 'a: b: c\n',
    'deep nesting': `a: ${'['.repeat(1000)}${']'.repeat(1000)}\n`,
  })) {
    test(`leaves ${what} to the yaml package`, () => assert.equal(readPlainYaml(text), undefined));
  }
});

function pieces(text: string): readonly string[] {
  return cut(text).pieces.map(({ start, end }) => text.slice(start, end));
}

/** Whether the quick reader takes a text; throws where it reads it in another way than the `yaml` package. */
function same(text: string): boolean {
  if (!readPlainYaml(text)) return false;
  assert.deepEqual(parseBlock('x', [], text), parseAnyBlock('x', [], text), JSON.stringify(text));
  return true;
}

/** A few lines that keep mostly to the columns of those above. */
function randomLines(random: Random): string {
  const columns = [0];
  let text = '';
  for (let lines = 1 + Math.floor(random() * 9); lines > 0; lines--) {
    const column = pickFrom(random, columns);
    const line = `${pickFrom(random, heads)}${pickFrom(random, values)}`;
    columns.splice(columns.indexOf(column) + 1);
    columns.push(column + pickFrom(random, [1, 2, 2, 2, 4]), column);
    text += `${' '.repeat(column)}${line}${pickFrom(random, ends)}`;
  }
  return text;
}

const heads = [
  'a: ',
  'b: ',
  'c:',
  'd:\n',
  'e: ',
  '- ',
  '- ',
  '- f: ',
  '-',
  '',
  '# ',
  '"g": ',
  "'h' : ",
  '<<: ',
  'i: &j ',
];
const values = [
  ...[
    'k',
    '',
    '',
    '',
    'l m',
    '1',
    '~',
    'yes',
    '-1',
    'n:o',
    'p#q',
    'r # s',
    '# t',
    '"u"',
    "'v''w'",
    '"x\\ny"',
    '*z',
    '&k l',
  ],
  ...[
    '[]',
    '[a, "b", *c]',
    '{ d: e, f: [g] }',
    '[a,]',
    '{}',
    '[ h:i ]',
    '[j k] # l',
    '{ m: n }x',
    '|',
    '|-',
    '>',
    '>-',
    '|+',
    '|\n       s\n\n        t',
    '>-\n       u\n       v',
  ],
  ...['${o:-p}', '-q', ':r', '?s', '@t', '%u', '"v" w', 'x: y', '- z', ',', ']', '!a b', '"c', '\t', 'd\t', 'é', '\\'],
];
const ends = [
  '\n',
  '\n',
  '\n',
  '\n',
  '\n',
  '\n\n',
  '  \n',
  '\r\n',
  ' # a\n',
  '\n# b\n',
  '\n  # c\n',
  '\n    # d\n',
  '\n \n',
  '',
];
