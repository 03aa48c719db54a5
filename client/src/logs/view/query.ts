/** What is looked for: by a filter, or by find. */
export type Query =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'pattern'; readonly pattern: RegExp }
  /** An expression that is none; the engine's own words. */
  | { readonly kind: 'wrong'; readonly message: string };

/** Small and capital letters are the same. The pattern has the flag `g`, so that a match of nothing moves on. */
export function readQuery(text: string, isExpression: boolean): Query {
  if (text === '') return { kind: 'nothing' };
  try {
    return { kind: 'pattern', pattern: new RegExp(isExpression ? text : escaped(text), 'gi') };
  } catch (error) {
    return { kind: 'wrong', message: error instanceof Error ? error.message : String(error) };
  }
}

export function matches({ pattern }: { readonly pattern: RegExp }, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}

/** Where it is in a text, without matches of nothing. */
export function ranges(
  { pattern }: { readonly pattern: RegExp },
  text: string,
): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  pattern.lastIndex = 0;
  for (const { 0: match, index } of text.matchAll(pattern)) {
    if (match) found.push([index, index + match.length]);
  }
  return found;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
