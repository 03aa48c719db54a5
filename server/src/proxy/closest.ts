import { editDistance } from '../text/words.js';

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
    const distance = editDistance(lower, candidate.toLowerCase(), least - 1);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}
