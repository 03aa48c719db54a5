import type { Span } from '../text/span.js';
import type { Fix } from './rule.js';

/** The one fix that writes another text in the place of a span. */
export function replaceText({ start, end }: Span, text: string, title = `Change to \`${text}\``): readonly Fix[] {
  return [{ title, edits: [{ start, end, text }], preferred: true }];
}

/** The one fix that writes a text before an offset. */
export function insertText(at: number, text: string, title: string): readonly Fix[] {
  return replaceText({ start: at, end: at }, text, title);
}
