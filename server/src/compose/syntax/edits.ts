import type { Edit } from '../../text/edit.js';
import type { Span } from '../../text/span.js';
import type { EntryPlace } from './find.js';
import type { Block, Entry, MapNode, Node, SeqNode } from './tree.js';

/**
 * Keys to add below a mapping. A leaf is a value as it is to be written, with its quotes; lines of it after the first are indented
 * as if its key stood in the first column.
 */
export interface Tree {
  readonly [key: string]: Leaf;
}
export type Leaf = string | Tree | readonly (string | Tree)[];

/** Takes an entry away, with its line where it has one of its own; undefined where its mapping would be left empty. */
export function removeEntry(block: Block, { parent, entry }: EntryPlace): Edit | undefined {
  const { text } = block;
  const index = parent.entries.indexOf(entry);
  const span = { start: entry.key.start, end: endOf(text, entry) };
  // The rest of the file stands in other blocks. What is blank behind the key goes with it.
  if (parent === block.root && block.path.length === 0 && parent.entries.length === 1) {
    const blank = /\s*$/.exec(text.slice(endOfLine(text, span.end)))?.index === 0;
    return { start: startOfLine(text, span.start), end: blank ? text.length : nextLine(text, span.end), text: '' };
  }
  const spans = parent.entries.map((it) => ({ start: it.key.start, end: endOf(text, it) }));
  return parent.flow ? removeFlow(spans, index) : removeLines(text, span, spans[index + 1], spans.length);
}

/** Leaves nothing of an entry but its key. */
export function emptyEntry(text: string, entry: Entry): Edit {
  return { start: text.indexOf(':', entry.key.end) + 1, end: endOf(text, entry), text: '' };
}

/** Takes an item out of a list; undefined where the list would be left empty. */
export function removeItem(text: string, list: SeqNode, index: number): Edit | undefined {
  const spans = list.items.map((item) => ({
    start: list.flow ? item.start : text.lastIndexOf('-', item.start - 1),
    end: endOfNode(text, item),
  }));
  const span = spans[index];
  if (!span) return undefined;
  return list.flow ? removeFlow(spans, index) : removeLines(text, span, spans[index + 1], spans.length);
}

/** Adds keys below a mapping, in its own style; what is there already stays. Undefined where an alias or another kind of value is in the way. */
export function addEntries(text: string, parent: MapNode, tree: Tree): readonly Edit[] | undefined {
  const edits: Edit[] = [];
  const fresh: [string, Leaf][] = [];
  for (const [key, leaf] of Object.entries(tree)) {
    const entry = parent.entries.find((it) => it.key.text === key);
    if (!entry) {
      fresh.push([key, leaf]);
      continue;
    }
    const more = addInto(text, parent, entry, leaf);
    if (!more) return undefined;
    edits.push(...more);
  }
  if (fresh.length > 0) edits.push(append(text, parent, Object.fromEntries(fresh)));
  return edits;
}

/** Puts other keys in the place of an entry: where it stands if the mapping has none of them, else into those that are there. */
export function replaceEntry(block: Block, { parent, entry }: EntryPlace, tree: Tree): readonly Edit[] | undefined {
  const { text } = block;
  const span = { start: entry.key.start, end: endOf(text, entry) };
  const taken = parent.entries.some((it) => it !== entry && it.key.text in tree);
  if (!taken) {
    const written = parent.flow
      ? flowEntries(tree)
      : blockLines(tree, columnOf(text, entry.key.start), stepOf(text, parent)).trimStart();
    return [{ ...span, text: written }];
  }
  const removed = removeEntry(block, { parent, entry });
  const added = addEntries(text, { ...parent, entries: parent.entries.filter((it) => it !== entry) }, tree);
  return removed && added && [removed, ...added];
}

/** The value of an entry as a leaf to be written elsewhere; undefined where a line of it is not indented as far as its key. */
export function leafOf(text: string, entry: Entry): string | undefined {
  const column = columnOf(text, entry.key.start);
  const from = entry.value.end > entry.value.start ? text.indexOf(':', entry.key.end) + 1 : entry.value.start;
  const [first = '', ...lines] = text.slice(from, endOf(text, entry)).split(/\r?\n/);
  const far = lines.every((line) => /^ *$/.test(line.slice(0, column)));
  return far ? [first.trimStart(), ...lines.map((line) => line.slice(column))].join('\n') : undefined;
}

function addInto(text: string, parent: MapNode, { key, value }: Entry, leaf: Leaf): readonly Edit[] | undefined {
  if (typeof leaf === 'string') return [];
  if (value.kind === 'seq' && isList(leaf)) return leaf.map((item) => appendItem(text, value, item));
  if (value.kind === 'map' && !isList(leaf)) return addEntries(text, value, leaf);
  if (value.kind !== 'scalar' || value.value !== null || value.start !== value.end || parent.flow) return undefined;
  const colon = text.indexOf(':', key.end) + 1;
  const step = stepOf(text, parent);
  return [{ start: colon, end: colon, text: `\n${blockLeaf(leaf, columnOf(text, key.start) + step, step)}` }];
}

function append(text: string, parent: MapNode, tree: Tree): Edit {
  const last = parent.entries.at(-1);
  if (parent.flow || !last) {
    const at = last ? endOf(text, last) : parent.start + 1;
    return { start: at, end: at, text: last ? `, ${flowEntries(tree)}` : ` ${flowEntries(tree)} ` };
  }
  const at = endOfLine(text, endOf(text, last));
  return { start: at, end: at, text: `\n${blockLines(tree, columnOf(text, last.key.start), stepOf(text, parent))}` };
}

function appendItem(text: string, list: SeqNode, item: string | Tree): Edit {
  const last = list.items.at(-1);
  if (list.flow || !last) {
    const at = last ? endOfNode(text, last) : list.start + 1;
    return { start: at, end: at, text: `${last ? ', ' : ''}${flowLeaf(item)}` };
  }
  const at = endOfLine(text, endOfNode(text, last));
  const column = columnOf(text, text.lastIndexOf('-', last.start - 1));
  return { start: at, end: at, text: `\n${blockItem(item, column, 2)}` };
}

/** Offset behind an entry: behind its colon where it has no value. */
function endOf(text: string, { key, value }: Entry): number {
  if (value.end > value.start || value.kind === 'alias') return endOfNode(text, value);
  return text.indexOf(':', key.end) + 1;
}

/** Offset behind a node, without the comments that follow its last line. */
function endOfNode(text: string, node: Node): number {
  if (node.kind === 'map' && !node.flow) {
    const last = node.entries.at(-1);
    if (last) return endOf(text, last);
  }
  if (node.kind === 'seq' && !node.flow) {
    const last = node.items.at(-1);
    if (last) return endOfNode(text, last);
  }
  return trimmed(text, node.end);
}

function trimmed(text: string, end: number): number {
  while (end > 0 && /\s/.test(text.charAt(end - 1))) end--;
  return end;
}

function removeFlow(spans: readonly Span[], index: number): Edit | undefined {
  const [before, span, after] = [spans[index - 1], spans[index], spans[index + 1]];
  if (!span) return undefined;
  if (after) return { start: span.start, end: after.start, text: '' };
  return before && { start: before.end, end: span.end, text: '' };
}

function removeLines(text: string, span: Span, after: Span | undefined, count: number): Edit | undefined {
  if (count < 2) return undefined;
  const start = startOfLine(text, span.start);
  if (text.slice(start, span.start).trim() === '') {
    const newline = text.indexOf('\n', span.end);
    // The last line of a text has no break of its own: the one before it goes.
    return newline < 0
      ? { start: Math.max(start - 1, 0), end: text.length, text: '' }
      : { start, end: newline + 1, text: '' };
  }
  // The first key of a list item shares its line with the dash.
  return after && { start: span.start, end: after.start, text: '' };
}

function startOfLine(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

function nextLine(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline < 0 ? text.length : newline + 1;
}

/** Before the line break, and before the `\r` of one. */
function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  if (end < 0) return text.length;
  return text.charAt(end - 1) === '\r' && end > at ? end - 1 : end;
}

function columnOf(text: string, at: number): number {
  return at - startOfLine(text, at);
}

/** By how much the file indents. */
function stepOf(text: string, parent: MapNode): number {
  for (const { key, value } of parent.entries) {
    const first = value.kind === 'map' && !value.flow ? value.entries[0] : undefined;
    const step = first ? columnOf(text, first.key.start) - columnOf(text, key.start) : 0;
    if (step > 0) return step;
  }
  return 2;
}

function isList(leaf: Leaf): leaf is readonly (string | Tree)[] {
  return Array.isArray(leaf);
}

function blockLines(tree: Tree, column: number, step: number): string {
  return Object.entries(tree)
    .map(
      ([key, leaf]) =>
        `${' '.repeat(column)}${key}:${typeof leaf === 'string' ? lineLeaf(leaf, column) : `\n${blockLeaf(leaf, column + step, step)}`}`,
    )
    .join('\n');
}

function lineLeaf(leaf: string, column: number): string {
  return `${/^(?:\n|$)/.test(leaf) ? '' : ' '}${leaf.replace(/\n(?=.)/g, `\n${' '.repeat(column)}`)}`;
}

function blockLeaf(leaf: Exclude<Leaf, string>, column: number, step: number): string {
  return isList(leaf) ? leaf.map((item) => blockItem(item, column, step)).join('\n') : blockLines(leaf, column, step);
}

function blockItem(item: string | Tree, column: number, step: number): string {
  const dash = `${' '.repeat(column)}- `;
  return dash + (typeof item === 'string' ? item : blockLines(item, column + 2, step).trimStart());
}

function flowEntries(tree: Tree): string {
  return Object.entries(tree)
    .map(([key, leaf]) => `${key}: ${flowLeaf(leaf)}`)
    .join(', ');
}

function flowLeaf(leaf: Leaf): string {
  if (typeof leaf === 'string') return leaf;
  return isList(leaf) ? `[${leaf.map(flowLeaf).join(', ')}]` : `{ ${flowEntries(leaf)} }`;
}
