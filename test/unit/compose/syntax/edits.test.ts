import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { addEntries, removeEntry, replaceEntry, type Tree } from '../../../../server/src/compose/syntax/edits.js';
import { entryAt } from '../../../../server/src/compose/syntax/find.js';
import { parseBlock } from '../../../../server/src/compose/syntax/parse.js';
import type { Block } from '../../../../server/src/compose/syntax/tree.js';
import { applyEdits, type Edit } from '../../../../server/src/text/edit.js';

const read = (text: string, path: readonly string[] = ['services']): Block => parseBlock('file:///c.yaml', path, text);
const at = (block: Block, key: string) => {
  const found = entryAt(block, block.text.search(new RegExp(`\\b${key}:`)));
  assert.ok(found, key);
  return found;
};
const after = (block: Block, edits: readonly Edit[] | undefined): string | undefined =>
  edits && applyEdits(block.text, edits);

suite('removeEntry', () => {
  const removed = (text: string, key: string, path?: readonly string[]): string | undefined => {
    const block = read(text, path);
    const edit = removeEntry(block, at(block, key));
    return edit && after(block, [edit]);
  };
  test('takes the whole line', () => assert.equal(removed('a:\n  b: 1 # c\n  d: 2\n', 'b'), 'a:\n  d: 2\n'));
  test('takes what stands below', () =>
    assert.equal(removed('a:\n  d: 2\n  b:\n    - 1\n    - 2\n', 'b'), 'a:\n  d: 2\n'));
  test('takes a line without a break', () => assert.equal(removed('a:\n  d: 2\n  b: 1', 'b'), 'a:\n  d: 2'));
  test('takes lines that end like those of Windows', () =>
    assert.equal(removed('a:\r\n  b: 1\r\n  d: 2\r\n', 'b'), 'a:\r\n  d: 2\r\n'));
  test('takes the first key of an item', () =>
    assert.equal(removed('a:\n  - b: 1\n    d: 2\n', 'b'), 'a:\n  - d: 2\n'));
  test('takes a comma along', () => {
    assert.equal(removed('a: { b: 1, d: 2 }\n', 'b'), 'a: { d: 2 }\n');
    assert.equal(removed('a: { b: 1, d: 2 }\n', 'd'), 'a: { b: 1 }\n');
  });
  test('leaves no mapping empty', () => assert.equal(removed('a:\n  b: 1\n', 'b'), undefined));
  test('takes a key of the file with the blank lines below it', () =>
    assert.equal(removed('# c\nb: 1\n\n', 'b', []), '# c\n'));
});

suite('addEntries', () => {
  const added = (text: string, tree: Tree): string | undefined => {
    const block = read(text);
    const { value } = at(block, 'a').entry;
    return value.kind === 'map' ? after(block, addEntries(text, value, tree)) : undefined;
  };
  test('adds at the end', () =>
    assert.equal(added('a:\n  b: 1 # c\n', { d: { e: '2' } }), 'a:\n  b: 1 # c\n  d:\n    e: 2\n'));
  test('indents as the file does', () =>
    assert.equal(
      added('a:\n    b:\n        c: 1\n', { d: { e: '2' } }),
      'a:\n    b:\n        c: 1\n    d:\n        e: 2\n',
    ));
  test('goes into what is there', () =>
    assert.equal(added('a:\n  d:\n    e: 1\n  f: 2\n', { d: { g: '3' } }), 'a:\n  d:\n    e: 1\n    g: 3\n  f: 2\n'));
  test('fills what is empty', () =>
    assert.equal(added('a:\n  d:\n  f: 2\n', { d: { g: '3' } }), 'a:\n  d:\n    g: 3\n  f: 2\n'));
  test('adds items', () => {
    assert.equal(
      added('a:\n  d:\n    - x\n', { d: [{ y: '1', z: '2' }] }),
      'a:\n  d:\n    - x\n    - y: 1\n      z: 2\n',
    );
    assert.equal(added('a:\n  d: [x]\n', { d: ['y'] }), 'a:\n  d: [x, y]\n');
  });
  test('stays in braces', () => assert.equal(added('a: { b: 1 }\n', { d: { e: '2' } }), 'a: { b: 1, d: { e: 2 } }\n'));
  test('keeps what is there', () => assert.equal(added('a:\n  b: 1\n', { b: '2' }), 'a:\n  b: 1\n'));
  test('does not write through an alias', () => assert.equal(added('a:\n  d: *x\n', { d: { e: '1' } }), undefined));
});

suite('replaceEntry', () => {
  const replaced = (text: string, key: string, tree: Tree): string | undefined => {
    const block = read(text);
    return after(block, replaceEntry(block, at(block, key), tree));
  };
  test('writes in its place', () =>
    assert.equal(replaced('a:\n  b: 1 # c\n  d: 2\n', 'b', { e: { f: '1' } }), 'a:\n  e:\n    f: 1 # c\n  d: 2\n'));
  test('moves into what is there', () =>
    assert.equal(replaced('a:\n  b: 1\n  e:\n    g: 2\n', 'b', { e: { f: '1' } }), 'a:\n  e:\n    g: 2\n    f: 1\n'));
});
