/** Of how many of a file's own names a hint is looked for: a file has any number of them, and of mistakes. */
export const ownNames = 200;

/** The candidate a misspelt word most likely means, of the first `most`: at most a third of its letters differ. */
export function closest(word: string, candidates: Iterable<string>, most = 1000): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  const lower = word.toLowerCase();
  let looked = 0;
  for (const candidate of candidates) {
    if (++looked > most) break;
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const distance = editDistance(lower, candidate.toLowerCase(), least);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** Letters added, left out, changed or swapped with their neighbour; `most` for that many and more. */
function editDistance(a: string, b: string, most: number): number {
  let older: number[] = [];
  let old = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((old[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (old[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (older[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    if (Math.min(...row) >= most && Math.min(...old) >= most) return most;
    older = old;
    old = row;
  }
  return old[b.length] ?? 0;
}
