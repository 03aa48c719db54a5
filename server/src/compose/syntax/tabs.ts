import { columnOf } from '../../text/lines.js';
import type { Span } from '../../text/span.js';
import type { Node, ScalarNode } from './tree.js';

/**
 * The tabs where go-yaml takes none and the `yaml` package does: on a line without content, before a comment, after a dash. A tab
 * may stand in quotes and brackets, and where it is deep enough to be a part of the text that may go on there.
 */
export function strayTabs(text: string, root: Node | undefined): readonly Span[] {
  const found: Span[] = [];
  let leaves: readonly Leaf[] | undefined;
  for (const { 0: before, index } of text.matchAll(/^(?: |[-?](?=[ \t]))*(?=\t)/gm)) {
    leaves ??= root ? leavesOf(root, text) : [];
    const at = index + before.length;
    if (isAmongComments(text, index, at)) continue;
    const leaf = leaves.findLast(({ node }) => node.start < at);
    if (leaf === undefined || !reaches(leaf, at, at - index, text)) found.push({ start: at, end: at + 1 });
  }
  return found;
}

/** Between a comment on a line of its own and the next one anything blank may stand. */
function isAmongComments(text: string, lineStart: number, at: number): boolean {
  if (!/^\s*#/.test(text.slice(at))) return false;
  const above = text.slice(0, lineStart).trimEnd();
  return /^\s*#/.test(above.slice(above.lastIndexOf('\n') + 1));
}

/** What holds or precedes a tab. `deep`: the column from which on a line may belong to it; -Infinity where every one does. */
interface Leaf {
  readonly node: Node;
  readonly deep: number;
}

function leavesOf(root: Node, text: string): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const visit = (node: Node, parent: number): void => {
    if (node.kind === 'map' && !node.flow) {
      for (const { key, value } of node.entries) {
        visit(key, parent);
        visit(value, columnOf(text, key.start));
      }
    } else if (node.kind === 'seq' && !node.flow) {
      for (const item of node.items) visit(item, columnOf(text, text.lastIndexOf('-', item.start - 1)));
    } else if (node.kind !== 'alias' && node.end > node.start) leaves.push({ node, deep: deepOf(node, parent, text) });
  };
  visit(root, -1);
  return leaves;
}

function deepOf(node: Node, parent: number, text: string): number {
  if (node.kind !== 'scalar' || node.style === 'single' || node.style === 'double') return -Infinity;
  return node.style === 'plain' ? parent + 1 : contentColumn(node, text);
}

/** How far the lines of a block scalar are indented. */
function contentColumn({ start, end }: ScalarNode, text: string): number {
  return /\n( *)[^ \r\n]/.exec(text.slice(start, end))?.[1]?.length ?? Infinity;
}

/** Whether a tab at a column is inside a leaf, or only blanks stand between it and a leaf that may go on there. */
function reaches({ node, deep }: Leaf, at: number, column: number, text: string): boolean {
  if (at >= node.end && (deep === -Infinity || /\S/.test(text.slice(node.end, at)))) return false;
  return column >= deep;
}
