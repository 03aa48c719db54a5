import { lastUpTo, most } from './halves.js';
import type { Position, Range, Span } from './span.js';

/**
 * A text that turns offsets into lines and columns and back. Lines end at `\n`; a `\r` before it belongs to the line's end.
 * A long text is kept in chunks of whole lines, so that an edit copies one of them and leaves the others the very objects they were.
 */
export class LineIndex {
  /** Each ends with the end of a line, but for the last, which never does: it may be empty. */
  readonly #chunks: readonly Chunk[];
  /** Offset at which each chunk starts. */
  readonly #offsets: readonly number[];
  /** Line at which each chunk starts, made when first asked for. */
  #lines: readonly number[] | undefined;
  #text: string | undefined;

  /** `chunkSize` in characters: a copy of as many as it is by itself costs a microsecond. */
  constructor(
    text: string | readonly Chunk[],
    private readonly chunkSize = 8192,
  ) {
    this.#chunks = typeof text === 'string' ? closed(chunksOf(text, chunkSize)) : text;
    this.#offsets = sums(this.#chunks, (chunk) => chunk.text.length);
    if (typeof text === 'string') this.#text = text;
  }

  /** All of it in one string, which for a long text is a copy after an edit: who needs a part asks for `slice`. */
  get text(): string {
    return (this.#text ??= this.#chunks.map(({ text }) => text).join(''));
  }

  get length(): number {
    const last = this.#chunks.length - 1;
    return this.start(last) + this.chunk(last).text.length;
  }

  get lineCount(): number {
    const last = this.#chunks.length - 1;
    return this.firstLine(last) + this.chunk(last).starts.length;
  }

  /** Offset of the first character of a line; the end of the text for a line beyond it. */
  lineStart(line: number): number {
    if (line >= this.lineCount) return this.length;
    const at = lastUpTo(this.lines, line);
    return this.start(at) + (this.chunk(at).starts[line - this.firstLine(at)] ?? 0);
  }

  /** The text of a line without its end. */
  line(line: number): string {
    return this.slice(this.lineStart(line), this.lineStart(line + 1)).replace(/\r?\n$/, '');
  }

  slice(start: number, end = this.length): string {
    let text = '';
    for (let at = lastUpTo(this.#offsets, start); at < this.#chunks.length && this.start(at) < end; at++) {
      const from = this.start(at);
      text += this.chunk(at).text.slice(Math.max(0, start - from), end - from);
    }
    return text;
  }

  position(offset: number): Position {
    const at = lastUpTo(this.#offsets, offset);
    const { starts } = this.chunk(at);
    const inChunk = offset - this.start(at);
    const line = lastUpTo(starts, inChunk);
    return { line: this.firstLine(at) + line, character: inChunk - (starts[line] ?? 0) };
  }

  /** Offset of a position; a column beyond the line's end means the line's end. */
  offset({ line, character }: Position): number {
    const end = line + 1 < this.lineCount ? this.lineStart(line + 1) - 1 : this.length;
    return Math.min(this.lineStart(line) + character, end);
  }

  range(span: Span): Range {
    return { start: this.position(span.start), end: this.position(span.end) };
  }

  /** The text after an edit. */
  replace({ start, end }: Span, text: string): LineIndex {
    const first = lastUpTo(this.#offsets, start);
    let next = lastUpTo(this.#offsets, end);
    let edited = this.chunk(first).text.slice(0, start - this.start(first)) + text;
    edited += this.chunk(next).text.slice(end - this.start(next));
    while (++next < this.#chunks.length && !edited.endsWith('\n')) edited += this.chunk(next).text;
    const fresh = chunksOf(edited, this.chunkSize);
    return new LineIndex(
      closed([...this.#chunks.slice(0, first), ...fresh, ...this.#chunks.slice(next)]),
      this.chunkSize,
    );
  }

  /**
   * As many characters at the beginning, and at the end, as are surely those of another text: all but those around the edits between
   * them. Chunks that both hold are not read.
   */
  shared(other: LineIndex): { readonly head: number; readonly tail: number } {
    const [a, b] = [this.#chunks, other.#chunks];
    const limit = Math.min(a.length, b.length);
    let first = 0;
    while (first < limit && a[first] === b[first]) first++;
    let last = 0;
    while (last < limit - first && a.at(-1 - last) === b.at(-1 - last)) last++;
    const [x, y] = [this, other].map((it) => it.slice(it.start(first), it.start(it.#chunks.length - last))) as [
      string,
      string,
    ];
    const length = Math.min(x.length, y.length);
    return {
      head: this.start(first) + most(length, (count) => x.slice(0, count) === y.slice(0, count)),
      tail:
        this.length -
        this.start(a.length - last) +
        most(length, (count) => x.slice(x.length - count) === y.slice(y.length - count)),
    };
  }

  private chunk(at: number): Chunk {
    return this.#chunks[at] ?? empty;
  }

  private start(chunk: number): number {
    return this.#offsets[chunk] ?? this.length;
  }

  private firstLine(chunk: number): number {
    return this.lines[chunk] ?? 0;
  }

  private get lines(): readonly number[] {
    return (this.#lines ??= sums(this.#chunks, ({ starts }) => starts.length));
  }
}

class Chunk {
  #starts: readonly number[] | undefined;

  constructor(readonly text: string) {}

  /** Offsets at which lines start. */
  get starts(): readonly number[] {
    return (this.#starts ??= lineStarts(this.text));
  }
}

const empty = new Chunk('');

function chunksOf(text: string, size: number): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let start = 0; start < text.length;) {
    const newline = start + size < text.length ? text.indexOf('\n', start + size) : -1;
    const end = newline < 0 ? text.length : newline + 1;
    chunks.push(new Chunk(text.slice(start, end)));
    start = end;
  }
  return chunks;
}

/** The last line of a text that ends with a line's end is empty. */
function closed(chunks: readonly Chunk[]): readonly Chunk[] {
  return chunks.at(-1)?.text.endsWith('\n') === false ? chunks : [...chunks, empty];
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n') + 1; at > 0 && at < text.length; at = text.indexOf('\n', at) + 1) starts.push(at);
  return starts;
}

/** What stands before each item. */
function sums<T>(items: readonly T[], size: (item: T) => number): readonly number[] {
  let sum = 0;
  return items.map((item) => (sum += size(item)) - size(item));
}
