/** The words that were probably meant, the likeliest first; at most three. Long words are nobody's typing mistakes. */
export function nearest(word: string, among: readonly string[]): readonly string[] {
  if (word.length > 40) return [];
  const plain = normal(word);
  const limit = plain.length < 3 ? 0 : plain.length < 5 ? 1 : 2;
  return among
    .map((candidate) => ({ candidate, steps: distance(plain, normal(candidate), limit) }))
    .filter(({ steps }) => steps <= limit)
    .sort((one, other) => one.steps - other.steps)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** `updateConfig`, `Update-Config` and `update_config` are the same word to a person. */
function normal(word: string): string {
  return word
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll(/[-\s]/g, '_')
    .toLowerCase();
}

/** Damerau-Levenshtein distance with adjacent swaps; anything beyond `limit` is `limit + 1`. */
export function distance(from: string, to: string, limit: number): number {
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
    before = last;
    last = current;
  }
  return Math.min(last[to.length] ?? 0, limit + 1);
}
