import { applyEdits, type Edit } from '../../text/edit.js';
import { readSource, type Source } from '../syntax/source.js';
import type { Node } from '../syntax/tree.js';
import { layOut, type Lines } from './formatBlock.js';

/**
 * The edits that indent a file evenly, leave one space behind `:` and `-` and none at the ends of lines: only whitespace is
 * touched, none of it in comments or texts over several lines. With `lines`, only what lies wholly in them. Nothing for a file that
 * cannot be read. Before it answers it reads the result: where something would mean anything else, indentation stays as it is.
 */
export function format(source: Source, step: number, lines: Lines = everything): readonly Edit[] {
  if (source.tooLarge || source.blocks.some(({ block }) => block.broken)) return [];
  for (const indents of [true, false]) {
    const edits = editsOf(source, step, lines, indents);
    if (edits.length === 0 || isHarmless(source, applyEdits(source.content.text, edits))) return edits;
  }
  return [];
}

const everything: Lines = { first: 0, last: Infinity };

function editsOf(source: Source, step: number, lines: Lines, indents: boolean): readonly Edit[] {
  const { blocks, starts } = source;
  return blocks.flatMap(({ block }, i) => {
    const line = source.lines[i] ?? 0;
    const start = starts[i] ?? 0;
    const own = { first: lines.first - line, last: lines.last - line };
    const moves = indents && (block.path.length === 0 || isSectionIn(source, i, lines));
    const column = block.path.length > 0 && moves ? step : undefined;
    const edits = layOut(block, { step, lines: own, column, indents });
    return edits.map((edit) => ({ start: start + edit.start, end: start + edit.end, text: edit.text }));
  });
}

/** Whether all entries of the section that a block belongs to lie in some lines: they move together or not at all. */
function isSectionIn({ blocks, lines: starts, content }: Source, index: number, lines: Lines): boolean {
  const section = blocks[index]?.block.path[0];
  const isOfIt = (i: number): boolean => blocks[i]?.block.path[0] === section;
  let [first, next] = [index, index + 1];
  if (lines.first <= 0 && lines.last === Infinity) return true;
  while (isOfIt(first - 1)) first--;
  while (isOfIt(next)) next++;
  const end = starts[next] ?? content.lineCount;
  return lines.first <= (starts[first] ?? 0) && end - 1 <= lines.last;
}

/** Whether a text differs from a file in whitespace alone and means the same: values, styles, tags, anchors and their order. */
function isHarmless(before: Source, text: string): boolean {
  const after = readSource(before.uri, text);
  return (
    text.replace(/\s+/g, '') === before.content.text.replace(/\s+/g, '') &&
    after.blocks.length === before.blocks.length &&
    after.blocks.every(({ block, document }, i) => {
      const other = before.blocks[i];
      return (
        !block.broken &&
        document === other?.document &&
        meaningOf(block.root).join() === meaningOf(other.block.root).join()
      );
    })
  );
}

/** Everything that a tree says but its places. */
function meaningOf(root: Node | undefined): readonly string[] {
  const said: string[] = [];
  const open = root ? [root] : [];
  for (let node = open.pop(); node; node = open.pop()) {
    const { kind, tag = '', anchor = '' } = node;
    const children =
      node.kind === 'map'
        ? node.entries.flatMap(({ key, value }) => [key, value])
        : node.kind === 'seq'
          ? node.items
          : [];
    const own =
      node.kind === 'alias'
        ? [node.name]
        : node.kind === 'scalar'
          ? [node.style, node.text]
          : [node.flow, node.kind === 'map' ? node.entries.length : node.items.length];
    said.push(JSON.stringify([kind, tag, anchor, ...own]));
    open.push(...children);
  }
  return said;
}
