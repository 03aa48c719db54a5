/** Offset at which the line of an offset starts. */
export function startOfLine(text: string, at: number): number {
  // A negative index would be taken for 0.
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** Offset at which the line of an offset ends: before its line break, be that `\n` or `\r\n`. */
export function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  if (end < 0) return text.length;
  return text.charAt(end - 1) === '\r' && end > at ? end - 1 : end;
}

export function columnOf(text: string, at: number): number {
  return at - startOfLine(text, at);
}
