/**
 * How deeply a text may be nested, as a parser that recurses would find it: more rather than less, as it does not tell texts from
 * brackets that open them. One pass, no recursion.
 */
export function nesting(text: string): number {
  const indents: number[] = [];
  let brackets = 0;
  let deepest = 0;
  /** Whether a value can begin here, so that a bracket opens one. */
  let begins = true;
  for (let at = 0, column = 0, leading = true; at < text.length; at++, column++) {
    const character = text.charAt(at);
    if (character === '\n') {
      column = -1;
      leading = begins = true;
    } else if (leading && character === '#') {
      while (at + 1 < text.length && text.charAt(at + 1) !== '\n') at++; // a comment
    } else if (character !== ' ' && character !== '\r') {
      if (leading) {
        while ((indents.at(-1) ?? -1) > column) indents.pop();
        if ((indents.at(-1) ?? -1) < column) indents.push(column);
      }
      // What follows a dash is a level further in, on the same line.
      leading &&= (character === '-' || character === '?') && text.charAt(at + 1) === ' ';
      const opens: boolean = begins && '[{'.includes(character);
      if (opens) brackets++;
      else if (']}'.includes(character)) brackets = Math.max(0, brackets - 1);
      begins = opens || ':-?'.includes(character) || (character === ',' && brackets > 0);
      deepest = Math.max(deepest, brackets + indents.length);
    }
  }
  return deepest;
}
