/** Whether two lists hold the very same items. */
export function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a === b || (a.length === b.length && a.every((it, i) => it === b[i]));
}
