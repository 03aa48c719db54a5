import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { LineIndex } from '../../../server/src/text/lineIndex.js';
import { pickFrom, randomFrom } from '../../support/randomEdits.js';

suite('a text in lines', () => {
  const lines = new LineIndex('one\r\ntwo\n\nfour');

  test('knows where each line is', () => {
    assert.equal(lines.lineCount, 4);
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((line) => lines.lineStart(line)),
      [0, 5, 9, 10, 14],
    );
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((line) => lines.line(line)),
      ['one', 'two', '', 'four', ''],
    );
    assert.deepEqual(lines.position(7), { line: 1, character: 2 });
    assert.deepEqual(lines.range({ start: 0, end: 14 }), {
      start: { line: 0, character: 0 },
      end: { line: 3, character: 4 },
    });
  });

  test('ends a column beyond a line at its end, and a line beyond the text at the end of that', () => {
    assert.equal(lines.offset({ line: 1, character: 99 }), 8);
    assert.equal(lines.offset({ line: 9, character: 3 }), 14);
  });

  test('has a last line even where it is empty', () => {
    for (const [text, count] of [
      ['', 1],
      ['\n', 2],
      ['a', 1],
      ['a\n', 2],
    ] as const)
      assert.equal(new LineIndex(text).lineCount, count, JSON.stringify(text));
  });
});

test('a text in chunks is the text, after any edits', () => {
  for (let seed = 0; seed < 300; seed++) {
    const random = randomFrom(seed);
    const upTo = (limit: number): number => Math.floor(random() * (limit + 1));
    const any = (most: number): string =>
      Array.from({ length: upTo(most) }, () => pickFrom(random, ['a', 'bc', '\n', '\r\n', 'key: value\n'])).join('');
    let text = any(60);
    let index = new LineIndex(text, 16);
    for (let step = 0; step < 12; step++) {
      const start = upTo(text.length);
      const end = start + upTo(random() < 0.8 ? Math.min(12, text.length - start) : text.length - start);
      const put = any(6);
      const [before, old] = [index, text];
      text = text.slice(0, start) + put + text.slice(end);
      index = index.replace({ start, end }, put);
      const fresh = new LineIndex(text);
      const note = `Sequence ${seed}, step ${step}: ${JSON.stringify(text)}`;
      assert.equal(index.text, text, note);
      assert.equal(index.length, text.length, note);
      assert.equal(index.lineCount, fresh.lineCount, note);
      const at = upTo(text.length);
      assert.deepEqual(index.position(at), naive(text, at), note);
      assert.equal(
        index.offset(index.position(at)),
        text[at] === '\n' || at === text.length ? at : fresh.offset(naive(text, at)),
        note,
      );
      assert.equal(index.slice(at, at + 20), text.slice(at, at + 20), note);
      const { head, tail } = index.shared(before);
      assert.ok(text.startsWith(old.slice(0, head)) && text.endsWith(old.slice(old.length - tail)), note);
      assert.ok(text.length - head - tail <= put.length + 40, note);
    }
  }
});

function naive(text: string, at: number): { line: number; character: number } {
  const before = text.slice(0, at).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}
