import { editDistance } from '../../text/words.js';

/** The words that were probably meant, the likeliest first; at most three. Long words are nobody's typing mistakes. */
export function nearest(word: string, among: readonly string[]): readonly string[] {
  if (word.length > 40) return [];
  const plain = normal(word);
  const limit = plain.length < 3 ? 0 : plain.length < 5 ? 1 : 2;
  return among
    .map((candidate) => ({ candidate, steps: editDistance(plain, normal(candidate), limit) }))
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
