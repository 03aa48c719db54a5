import type { Span } from '../../text/span.js';

/** Why a text does not fit its grammar. Offsets count from the start of that text. */
export interface Problem extends Span {
  readonly message: string;
  /** What to write in its place, where that is plain. */
  readonly cure?: string;
}

/** What a text means, or why it means nothing. */
export type Parsed<T> =
  { readonly value: T; readonly problem?: undefined } | { readonly value?: undefined; readonly problem: Problem };

export function success<T>(value: T): Parsed<T> {
  return { value };
}

/** Without a span the whole text is at fault. */
export function failure(
  message: string,
  text: string,
  span: Span = { start: 0, end: text.length },
  cure?: string,
): Parsed<never> {
  return { problem: { message, start: span.start, end: span.end, ...(cure === undefined ? {} : { cure }) } };
}
