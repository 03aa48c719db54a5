import { LineIndex } from '../../text/lineIndex.js';
import type { Edit } from '../../text/edit.js';
import type { Block, Entry, MapNode, Node, SeqNode } from '../syntax/tree.js';

/** First and last line, counted from 0. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

export interface Layout {
  /** Columns that something stands further in than what it belongs to. */
  readonly step: number;
  /** Lines of the block that may be touched. */
  readonly lines: Lines;
  /** The column for the block's own keys; where they are, without one. */
  readonly column: number | undefined;
  /** Whether indentation is touched at all. */
  readonly indents: boolean;
}

/** The edits that lay a block out; their offsets count from its start. They may well be wrong for what hardly anybody writes. */
export function layOut(block: Block, layout: Layout): readonly Edit[] {
  return new Formatter(block, layout).run();
}

class Formatter {
  readonly #lines: LineIndex;
  /** By how many columns each line moves. */
  readonly #shift: number[];
  /** Lines that go on with a text or a flow collection begun above. */
  readonly #inside = new Set<number>();
  readonly #edits: Edit[] = [];

  constructor(
    private readonly block: Block,
    private readonly layout: Layout,
  ) {
    this.#lines = new LineIndex(block.text);
    this.#shift = new Array<number>(this.#lines.lineCount).fill(0);
  }

  run(): readonly Edit[] {
    const { root } = this.block;
    if (root) this.findInside(root);
    if (root?.kind === 'map' && !root.flow) {
      const column = this.layout.column ?? this.columnOf(root.start);
      this.map(root, column);
    }
    this.moveComments();
    for (let line = 0; line < this.#lines.lineCount; line++) this.line(line);
    return this.#edits;
  }

  private map(node: MapNode, column: number): void {
    const old = this.columnOf(node.entries[0]?.key.start ?? node.start);
    this.move(node, column - old);
    for (const entry of node.entries) {
      this.colon(entry);
      const { value } = entry;
      if (value.kind === 'map' && !value.flow)
        this.map(value, this.columnFor(value, old, column, column + this.layout.step));
      else if (value.kind === 'seq' && !value.flow) {
        // Many write the dashes of a list below its key, and they stay there.
        const wanted = this.columnOf(value.start) === old ? column : column + this.layout.step;
        this.seq(value, this.columnFor(value, old, column, wanted));
      } else this.flow(value);
    }
  }

  private seq(node: SeqNode, column: number): void {
    const old = this.columnOf(node.start);
    this.move(node, column - old);
    const dashes = this.dashesOf(node, old);
    node.items.forEach((item, i) => {
      const dash = dashes[i];
      if (dash === undefined) return;
      const isCollection = (item.kind === 'map' || item.kind === 'seq') && !item.flow;
      const inner = isCollection ? this.columnFor(item, old, column, column + 2) : column + 2;
      const gap = /^[ \t]+(?=[^\s#])/.exec(this.block.text.slice(dash + 1))?.[0];
      const isBeside = this.#lines.position(dash).line === this.#lines.position(item.start).line;
      const moves = !isCollection || !isBeside || inner === column + 2;
      if (gap !== undefined && moves) this.replace(dash + 1, gap, ' ');
      if (item.kind === 'map' && !item.flow) this.map(item, inner);
      else if (item.kind === 'seq' && !item.flow) this.seq(item, inner);
      else this.flow(item);
    });
  }

  /** Inside braces only the space behind a colon. */
  private flow(node: Node): void {
    if (node.kind === 'seq') for (const item of node.items) this.flow(item);
    if (node.kind !== 'map') return;
    for (const entry of node.entries) {
      this.colon(entry);
      this.flow(entry.value);
    }
  }

  /** The column that a collection gets: the wanted one, or as far from its parent as it was where it must not be touched. */
  private columnFor(node: Node, oldParent: number, newParent: number, wanted: number): number {
    const { line: first } = this.#lines.position(node.start);
    const isWhole = this.isTouchable(first) && this.isTouchable(this.lastLine(node));
    return this.layout.indents && isWhole ? wanted : this.columnOf(node.start) + newParent - oldParent;
  }

  /** Offsets of the dashes of a list, in their order. */
  private dashesOf(node: SeqNode, column: number): readonly number[] {
    const found = [node.start];
    const { line: first } = this.#lines.position(node.start);
    for (let line = first + 1; line <= this.lastLine(node); line++) {
      const at = this.#lines.lineStart(line) + column;
      if (
        this.indentOf(line) === column &&
        !this.#inside.has(line) &&
        /^-(\s|$)/.test(this.block.text.slice(at, at + 2))
      )
        found.push(at);
    }
    return found;
  }

  private colon({ key, value }: Entry): void {
    const [whole, before = '', behind = ''] = /^([ \t]*):([ \t]*)/.exec(this.block.text.slice(key.end)) ?? [];
    if (whole === undefined) return;
    if (before !== '') this.replace(key.end, before, '');
    const next = this.block.text.charAt(key.end + whole.length);
    const isBeside = !/[\s#]/.test(next) && next !== '' && value.end > key.end;
    if (behind !== '' && isBeside) this.replace(key.end + before.length + 1, behind, ' ');
  }

  private move(node: Node, by: number): void {
    const { line: first, character } = this.#lines.position(node.start);
    // What begins behind a dash moves its other lines only.
    const from = this.indentOf(first) === character ? first : first + 1;
    for (let line = from; line <= this.lastLine(node); line++) this.#shift[line] = by;
  }

  /** A comment goes with the line whose column it has: the next one, or else the one before. */
  private moveComments(): void {
    const isComment = (line: number): boolean => !this.#inside.has(line) && /^[ ]*#/.test(this.#lines.line(line));
    const content = Array.from({ length: this.#lines.lineCount }, (_, line) => line).filter(
      (line) => !this.#inside.has(line) && this.#lines.line(line).trim() !== '' && !isComment(line),
    );
    for (let line = 0; line < this.#lines.lineCount; line++) {
      if (!isComment(line)) continue;
      const next = content.find((it) => it > line);
      const before = content.findLast((it) => it < line);
      const like = [next, before].find((it) => it !== undefined && this.indentOf(it) === this.indentOf(line));
      this.#shift[line] = this.#shift[like ?? next ?? before ?? line] ?? 0;
    }
  }

  /** Indents a line and takes the spaces at its end away. */
  private line(line: number): void {
    if (!this.isTouchable(line)) return;
    const text = this.#lines.line(line);
    const start = this.#lines.lineStart(line);
    const indent = this.indentOf(line);
    const shift = this.#shift[line] ?? 0;
    const isBlank = text.trim() === '';
    if (!this.#inside.has(line)) {
      const [space = ''] = /[ \t]+$/.exec(text) ?? [];
      if (space !== '' && !/(^|\s)#/.test(text)) this.replace(start + text.length - space.length, space, '');
      if (isBlank) return;
    }
    if (shift > 0 && text !== '') this.#edits.push({ start, end: start, text: ' '.repeat(shift) });
    if (shift < 0 && indent > 0) this.#edits.push({ start, end: start + Math.min(indent, -shift), text: '' });
  }

  private findInside(node: Node): void {
    const isText = node.kind === 'scalar';
    const isFlow = (node.kind === 'map' || node.kind === 'seq') && node.flow;
    if (isText || isFlow) {
      const { line: first } = this.#lines.position(node.start);
      for (let line = first + 1; line <= this.lastLine(node); line++) this.#inside.add(line);
      if (isText && (node.style === 'literal' || node.style === 'folded')) this.addBlankLines(this.lastLine(node) + 1);
    }
    if (node.kind === 'map') for (const { value } of node.entries) this.findInside(value);
    if (node.kind === 'seq') node.items.forEach((item) => this.findInside(item));
  }

  /** Empty lines below a block scalar may be part of it. */
  private addBlankLines(from: number): void {
    for (let line = from; line < this.#lines.lineCount && this.#lines.line(line).trim() === ''; line++)
      this.#inside.add(line);
  }

  private replace(start: number, old: string, text: string): void {
    const { line } = this.#lines.position(start);
    if (old !== text && this.isTouchable(line)) this.#edits.push({ start, end: start + old.length, text });
  }

  private isTouchable(line: number): boolean {
    return this.layout.lines.first <= line && line <= this.layout.lines.last;
  }

  /** The last line with something of a node in it. */
  private lastLine({ start, end }: Node): number {
    return this.#lines.position(start + this.block.text.slice(start, end).trimEnd().length).line;
  }

  private columnOf(offset: number): number {
    return this.#lines.position(offset).character;
  }

  private indentOf(line: number): number {
    return /^ */.exec(this.#lines.line(line))?.[0].length ?? 0;
  }
}
