import type { Span } from '../text/span.js';

/** A word of a proxy's file. The span includes quotes; `value` is what the proxy sees after quotes and escapes. */
export interface Word extends Span {
  readonly value: string;
  readonly quote?: '"' | "'";
}

/** Text that the proxy's own parser refuses. */
export interface SyntaxFault {
  readonly at: Span;
  readonly message: string;
  /** What is missing at its end, where that is plain. */
  readonly missing?: ';' | '\n';
}

/** Where a part of a word's value stands in the file; the whole word where quotes or escapes hide that. */
export function partOf(word: Word, start: number, end: number): Span {
  const inner = word.start + (word.quote ? 1 : 0);
  const plain = word.end - word.start === word.value.length + (word.quote ? 2 : 0);
  return plain ? { start: inner + start, end: inner + end } : { start: word.start, end: word.end };
}
