/** Index of the last of ascending numbers that is not above a value; 0 where all are. */
export function lastUpTo(numbers: ArrayLike<number>, value: number): number {
  return most(numbers.length - 1, (at) => (numbers[at] ?? 0) <= value);
}

/** The greatest number up to which something holds, by halves; it holds for 0. */
export function most(limit: number, holds: (count: number) => boolean): number {
  let low = 0;
  let high = limit;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
