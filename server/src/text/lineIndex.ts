import type { Position, Range, Span } from './span.js';

/** Turns offsets of one text into lines and columns and back. Lines end at `\n`; a `\r` before it belongs to the line's end. */
export class LineIndex {
  readonly #starts: Int32Array;

  constructor(
    readonly text: string,
    starts = lineStarts(text),
  ) {
    this.#starts = starts;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** Offset of the first character of a line; the end of the text for a line beyond it. */
  lineStart(line: number): number {
    return this.#starts[line] ?? this.text.length;
  }

  /** The text of a line without its end. */
  line(line: number): string {
    return this.text.slice(this.lineStart(line), this.lineStart(line + 1)).replace(/\r?\n$/, '');
  }

  position(offset: number): Position {
    const line = this.lineAt(offset);
    return { line, character: offset - this.lineStart(line) };
  }

  /** Offset of a position; a column beyond the line's end means the line's end. */
  offset(position: Position): number {
    const next = this.#starts[position.line + 1];
    return Math.min(
      this.lineStart(position.line) + position.character,
      next === undefined ? this.text.length : next - 1,
    );
  }

  range(span: Span): Range {
    return { start: this.position(span.start), end: this.position(span.end) };
  }

  /** The index after an edit: only the edited text is read. */
  replace({ start, end }: Span, text: string): LineIndex {
    const first = this.lineAt(start) + 1;
    const last = this.lineAt(end) + 1;
    const added = lineStarts(text).subarray(1);
    const starts = new Int32Array(first + added.length + this.#starts.length - last);
    starts.set(this.#starts.subarray(0, first));
    added.forEach((at, i) => (starts[first + i] = start + at));
    const shift = text.length - (end - start);
    for (let from = last, to = first + added.length; from < this.#starts.length; from++, to++) {
      starts[to] = (this.#starts[from] ?? 0) + shift;
    }
    return new LineIndex(this.text.slice(0, start) + text + this.text.slice(end), starts);
  }

  private lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function lineStarts(text: string): Int32Array {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return Int32Array.from(starts);
}
