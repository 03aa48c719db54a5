import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { format } from '../../../server/src/compose/features/format.js';
import { readSource } from '../../../server/src/compose/syntax/source.js';
import { applyEdits } from '../../../server/src/text/edit.js';
import { parseFixture } from '../../support/fixture.js';
import { editRandomly, pickFrom, randomFrom } from '../../support/randomEdits.js';

const uri = 'file:///code/compose.yaml';

function formatted(text: string, lines?: { readonly first: number; readonly last: number }, step = 2): string {
  return applyEdits(text, format(readSource(uri, text), step, lines));
}

/** What another parser makes of a text, and everything in it but the space between: the whole of its comments, for one. */
function meaning(text: string): unknown {
  const documents = parseAllDocuments(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
  const values = [...documents].map((document) => {
    const codes = document.errors.map(({ code }) => code);
    if (codes.length > 0) return codes; // the rest is a guess
    try {
      return [codes, JSON.stringify(document.toJS({ maxAliasCount: -1 }))];
    } catch (error) {
      return [codes, String(error)]; // an alias of nothing
    }
  });
  return { values, written: text.replace(/\s+/g, ''), comments: text.match(/(?<=^|\s)#.*/gm) };
}

suite('formatting', () => {
  for (const [title, before, after] of [
    [
      'indents evenly, with what belongs to it',
      'services:\n    # the web\n    web:\n        image:   nginx   \n        # how\n        command: >\n            a\n              b\n\n            c\n        ports:\n            -   "80:80"\n            - target:  1\n              published: 2\n',
      'services:\n  # the web\n  web:\n    image: nginx\n    # how\n    command: >\n        a\n          b\n\n        c\n    ports:\n      - "80:80"\n      - target: 1\n        published: 2\n',
    ],
    [
      'leaves dashes below their key',
      'services:\n   web:\n      ports:\n      -  80\n      -  - a\n         -   b\n',
      'services:\n  web:\n    ports:\n    - 80\n    - - a\n      - b\n',
    ],
    [
      'leaves comments, quotes, texts over several lines and columns in braces',
      'services:\n  web:  # why  \n    image:  "a"  # because  \n    command: |  \n      x   \n        y: 1   \n    x-a: { a:   1,b: 2 }\n    x-b: "a\n       b  \n      c"\n',
      'services:\n  web:  # why  \n    image: "a"  # because  \n    command: |\n      x   \n        y: 1   \n    x-a: { a: 1,b: 2 }\n    x-b: "a\n       b  \n      c"\n',
    ],
    [
      'keeps anchors, merge keys and tags',
      'x-a:   &a\n    k :  1\nservices:\n  web:\n      << :  *a\n      x-c: !reset   null\n',
      'x-a: &a\n  k: 1\nservices:\n  web:\n    <<: *a\n    x-c: !reset   null\n',
    ],
    [
      'moves nothing out of a text with a given indentation',
      'a:\n    b: |2\n          x\n         y\n',
      'a:\n  b: |2\n        x\n       y\n',
    ],
    ['keeps the line ends', 'a:  1 \r\nb:\r\n    c:  2\r\n \r\n', 'a: 1\r\nb:\r\n  c: 2\r\n\r\n'],
    [
      'moves comments with the line they are beside',
      'a:\n    b: 1\n    # of b\n# of c\nc: 1\n',
      'a:\n  b: 1\n  # of b\n# of c\nc: 1\n',
    ],
    ['leaves alone what cannot be read', 'a:  1 \nb: [\n', 'a:  1 \nb: [\n'],
    ['leaves alone what is right', 'services:\n  web:\n    image: a\n', 'services:\n  web:\n    image: a\n'],
  ] as const) {
    test(title, () => {
      assert.equal(formatted(before), after);
      assert.equal(formatted(after), after);
      if (before !== after) assert.deepEqual(meaning(before), meaning(after));
    });
  }

  test('takes the step of the editor', () => {
    const text = 'services:\n  web:\n    ports:\n      - 80\n';
    assert.equal(formatted(text, undefined, 4), 'services:\n    web:\n        ports:\n            - 80\n');
  });

  test('of some lines touches no other, and what is only partly there stays where it is', () => {
    const text =
      'services:\n    web:\n        image:  a \n        x-a:\n            b:  1\n    api:\n        image:  b \n';
    assert.equal(
      formatted(text, { first: 2, last: 4 }),
      'services:\n    web:\n      image: a\n      x-a:\n        b: 1\n    api:\n        image:  b \n',
    );
    assert.equal(formatted(text, { first: 2, last: 2 }), text.replace('  a ', ' a'));
  });

  test('changes no meaning of any fixture, edited at random, whole or in part, and is done after one time', () => {
    const texts = readdirSync('test/rules').flatMap((name) =>
      parseFixture(readFileSync(`test/rules/${name}`, 'utf8')).flatMap(({ files }) => [...files.values()]),
    );
    let changed = 0;
    for (let seed = 0; seed < 600; seed++) {
      const random = randomFrom(seed);
      let text = pickFrom(random, texts);
      for (let edits = Math.floor(random() * 4); edits > 0; edits--) text = editRandomly(text, random, texts);
      const first = Math.floor(random() * text.split('\n').length);
      const step = pickFrom(random, [2, 4, 3]);
      for (const lines of [undefined, { first, last: first + Math.floor(random() * 12) }]) {
        const result = formatted(text, lines, step);
        if (result === text) continue;
        changed++;
        const said = `Sequence ${seed}, ${JSON.stringify(lines)}:\n${text}\n=>\n${result}`;
        assert.deepEqual(meaning(result), meaning(text), said);
        assert.equal(formatted(result, lines, step), result, said);
        const [old, now] = [text.split('\n'), result.split('\n')];
        for (const [i, line] of old.entries())
          assert.ok(now[i] === line || !lines || (lines.first <= i && i <= lines.last), said);
      }
    }
    assert.ok(changed > 200, `${changed} texts were changed.`);
  });
});
