/** As much of the end of a path as tells it from the others: its name, or folders before it where the names are the same. */
export function shortPath(path: string, others: readonly string[]): string {
  const parts = path.split('/');
  const end = (of: readonly string[], count: number): string => of.slice(-count).join('/');
  const rivals = others.filter((other) => other !== path).map((other) => other.split('/'));
  let count = 1;
  while (count < parts.length && rivals.some((rival) => end(rival, count) === end(parts, count))) count++;
  return end(parts, count);
}
