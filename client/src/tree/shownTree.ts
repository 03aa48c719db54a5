import type { Item, TreeNode } from './node.js';

/** A tree as it was shown, by id, so that the next one can be compared with it. */
export interface ShownTree<T> {
  readonly roots: readonly string[];
  readonly nodes: ReadonlyMap<string, Shown<T>>;
}

export interface Shown<T> {
  readonly value: T;
  readonly item: Item;
  readonly parent: string | undefined;
  readonly children: readonly string[];
}

export function showTree<T>(roots: readonly TreeNode<T>[], present: (value: T) => Item): ShownTree<T> {
  const nodes = new Map<string, Shown<T>>();
  const add = ({ id, value, children }: TreeNode<T>, parent: string | undefined): string => {
    nodes.set(id, { value, item: present(value), parent, children: children.map((child) => child.id) });
    for (const child of children) add(child, id);
    return id;
  };
  return { roots: roots.map((root) => add(root, undefined)), nodes };
}

/**
 * The ids to show anew, none below another; `all` where the top level itself changed. An id is among them when it looks
 * different or has other children.
 */
export function changes<T>(before: ShownTree<T>, after: ShownTree<T>): readonly string[] | 'all' {
  if (!same(before.roots, after.roots)) return 'all';
  const changed: string[] = [];
  const visit = (id: string): void => {
    const old = before.nodes.get(id);
    const now = after.nodes.get(id);
    if (!now) return;
    if (!old || !same(old.children, now.children) || !sameItem(old.item, now.item)) changed.push(id);
    else now.children.forEach(visit);
  };
  after.roots.forEach(visit);
  return changed;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

function sameItem(a: Item, b: Item): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The nodes that a text is found in or below, with the whole of what is below a hit. An empty text finds everything. */
export function filterTree<T>(
  roots: readonly TreeNode<T>[],
  text: string,
  words: (value: T) => string,
): readonly TreeNode<T>[] {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return roots;
  const keep = (node: TreeNode<T>): readonly TreeNode<T>[] => {
    if (words(node.value).toLowerCase().includes(wanted)) return [node];
    const children = node.children.flatMap(keep);
    return children.length > 0 ? [{ ...node, children }] : [];
  };
  return roots.flatMap(keep);
}
