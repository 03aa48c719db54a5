import {
  carriageReturn,
  colon,
  dash,
  documentMarker,
  hash,
  isBreak,
  isFlowIndicator,
  lineFeed,
  space,
} from './characters.js';
import { notPlain, skipSpaces } from './plainScalar.js';

/** Where a reader of plain YAML stands in its text, and what it went over. */
export class PlainCursor {
  /** Offset of what is read next and, where that is the first on its line, its column; -1 at the end of the text. */
  protected at = 0;
  protected column = -1;
  /** Where the node read last is over, with the comments that belong to it; a collection ends where its last node does. */
  protected end = 0;
  /** Column of the deepest comment between that node and what is read next, until a collection takes it; -1 for none. */
  protected comment = -1;

  constructor(protected readonly text: string) {}

  /** The name behind `&` or `*`. */
  protected name(): string {
    const start = ++this.at;
    while (!isBreak(this.code()) && !isFlowIndicator(this.code())) this.at++;
    if (this.at === start || this.code(-1) === colon) throw notPlain;
    return this.text.slice(start, this.at);
  }

  /** Goes over the end of a line; see `toContent`. */
  protected toNextLine(column: number): void {
    this.spaces();
    if (!this.isLineEnd() || (this.code() === hash && this.code(-1) !== space)) throw notPlain;
    this.toContent(this.lineAfter(this.at), column);
  }

  /** From the beginning of a line to the next content. Comments deeper than a column belong to the node before them. */
  protected toContent(from: number, column: number): void {
    this.end = from;
    this.comment = -1;
    for (let line = from; ; line = this.lineAfter(this.at)) {
      this.at = skipSpaces(this.text, line);
      const indent = this.at - line;
      const comment = this.code() === hash;
      if (this.at >= this.text.length || !this.isLineEnd()) {
        this.column = this.at < this.text.length ? indent : -1;
        if (indent === 0 && documentMarker(this.text, line)) throw notPlain;
        return;
      }
      if (comment && this.comment < 0 && indent > column) this.end = this.lineAfter(this.at);
      else if (comment) this.comment = Math.max(this.comment, indent);
    }
  }

  private lineAfter(at: number): number {
    const newline = this.text.indexOf('\n', at);
    return newline < 0 ? this.text.length : newline + 1;
  }

  /** At a comment, or where a line or the text is over. */
  protected isLineEnd(): boolean {
    const code = this.code();
    return (
      code === lineFeed ||
      code === hash ||
      (code === carriageReturn && this.code(1) === lineFeed) ||
      this.at >= this.text.length
    );
  }

  protected isDash(): boolean {
    return this.code() === dash && isBreak(this.code(1));
  }

  protected spaces(): void {
    this.at = skipSpaces(this.text, this.at);
  }

  protected takeComments(): void {
    this.end = this.at;
    this.comment = -1;
  }

  protected code(ahead = 0): number {
    return this.text.charCodeAt(this.at + ahead);
  }
}
