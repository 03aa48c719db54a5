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

/** How many neighbours may begin expanded: with more of them the tree is read by their names first. */
const few = 5;

/** Neighbours that would begin expanded begin collapsed where they are many. What somebody opened or closed is VS Code's to keep. */
export function showTree<T>(roots: readonly TreeNode<T>[], present: (value: T) => Item): ShownTree<T> {
  const nodes = new Map<string, Shown<T>>();
  const add = (level: readonly TreeNode<T>[], parent: string | undefined): void => {
    const items = level.map((node) => ({ node, item: present(node.value) }));
    const many = items.filter(({ item }) => item.open === 'expanded').length > few;
    for (const { node, item } of items) {
      const shown: Item = many && item.open === 'expanded' ? { ...item, open: 'collapsed' } : item;
      nodes.set(node.id, { value: node.value, item: shown, parent, children: node.children.map(({ id }) => id) });
      add(node.children, node.id);
    }
  };
  add(roots, undefined);
  return { roots: roots.map(({ id }) => id), nodes };
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
  const isHit = finder(text, words);
  if (!isHit) return roots;
  const keep = (node: TreeNode<T>): readonly TreeNode<T>[] => {
    if (isHit(node.value)) return [node];
    const children = node.children.flatMap(keep);
    return children.length > 0 ? [{ ...node, children }] : [];
  };
  return roots.flatMap(keep);
}

/** The ids of the nodes that a text is found in, none below another; none for an empty text. */
export function hits<T>(roots: readonly TreeNode<T>[], text: string, words: (value: T) => string): readonly string[] {
  const isHit = finder(text, words);
  if (!isHit) return [];
  const find = ({ id, value, children }: TreeNode<T>): readonly string[] =>
    isHit(value) ? [id] : children.flatMap(find);
  return roots.flatMap(find);
}

function finder<T>(text: string, words: (value: T) => string): ((value: T) => boolean) | undefined {
  const wanted = text.trim().toLowerCase();
  return wanted ? (value) => words(value).toLowerCase().includes(wanted) : undefined;
}
