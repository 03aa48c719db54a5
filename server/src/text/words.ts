/** The words as a part of a sentence: `a, b or c`. */
export function listed(words: readonly string[], last: 'and' | 'or'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;
}

/** The question behind a message, with the blank before it; empty where nothing is likely. */
export function didYouMean(name: string | undefined): string {
  return name ? ` Did you mean \`${name}\`?` : '';
}

/** Letters added, left out, changed or swapped with their neighbour; `limit + 1` for anything beyond `limit`. */
export function editDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let steps = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        steps = Math.min(steps, (before[column - 2] ?? 0) + 1);
      }
      current.push(steps);
    }
    if (Math.min(...current) > limit && Math.min(...last) > limit) return limit + 1;
    before = last;
    last = current;
  }
  return Math.min(last[to.length] ?? 0, limit + 1);
}
