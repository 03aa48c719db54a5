import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Item, TreeNode } from '../../../../client/src/tree/node.js';
import { changes, filterTree, hits, showTree } from '../../../../client/src/tree/shownTree.js';

const node = (id: string, ...children: readonly TreeNode<string>[]): TreeNode<string> => ({ id, value: id, children });
const looks = (value: string): Item => ({
  label: value,
  icon: { name: 'x' },
  contextValue: '',
  accessibleLabel: value,
});
const tree = [node('a', node('a1'), node('a2', node('a2x'))), node('b', node('b1'))];

suite('what changed in a tree', () => {
  const before = showTree(tree, looks);
  const after = (roots: readonly TreeNode<string>[], renamed?: string): ReturnType<typeof changes> =>
    changes(
      before,
      showTree(roots, (value) => ({ ...looks(value), description: value === renamed ? 'new' : '' })),
    );

  test('nothing', () => assert.deepEqual(changes(before, showTree(tree, looks)), []));

  test('how one node looks', () => {
    const plain = showTree(tree, (value) => ({ ...looks(value), description: '' }));
    const changed = showTree(tree, (value) => ({ ...looks(value), description: value === 'a2x' ? 'new' : '' }));
    assert.deepEqual(changes(plain, changed), ['a2x']);
  });

  test('the children of one node, once for all that is below', () => {
    const more = [node('a', node('a1'), node('a2', node('a2x'), node('a2y'))), node('b', node('b1'))];
    assert.deepEqual(changes(before, showTree(more, looks)), ['a2']);
  });

  test('the top level', () => assert.equal(after([...tree, node('c')]), 'all'));

  test('a parent that changed stands for its children', () => assert.deepEqual(after(tree, 'b1'), ['a', 'b']));
});

suite('where a tree begins', () => {
  const open = (count: number): readonly unknown[] => {
    const roots = Array.from({ length: count }, (_, index) => node(`${index}`, node(`${index}x`)));
    const shown = showTree(roots, (value) => ({
      ...looks(value),
      open: value.endsWith('x') ? 'collapsed' : 'expanded',
    }));
    return [...new Set(shown.roots.map((id) => shown.nodes.get(id)?.item.open))];
  };

  test('few neighbours are expanded, many are collapsed', () => {
    assert.deepEqual(open(1), ['expanded']);
    assert.deepEqual(open(5), ['expanded']);
    assert.deepEqual(open(6), ['collapsed']);
  });
});

suite('filter', () => {
  const ids = (text: string): unknown => filterTree(tree, text, (value) => value).map(shape);
  const shape = ({ id, children }: TreeNode<string>): unknown => (children.length ? { [id]: children.map(shape) } : id);

  test('an empty one finds everything', () => assert.equal(filterTree(tree, ' ', String), tree));
  test('a hit keeps what is above and below it', () => assert.deepEqual(ids('A2'), [{ a: [{ a2: ['a2x'] }] }]));
  test('a leaf', () => assert.deepEqual(ids('b1'), [{ b: ['b1'] }]));
  test('nothing', () => assert.deepEqual(ids('zzz'), []));
  test('what was found is named, and not what is below', () => {
    const found = (text: string): readonly string[] => hits(tree, text, (value) => value);
    assert.deepEqual(found('A2'), ['a2']);
    assert.deepEqual(found('1'), ['a1', 'b1']);
    assert.deepEqual([found(' '), found('zzz')], [[], []]);
  });
});
