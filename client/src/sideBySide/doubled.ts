/** What of a finding counts here; a range as in an editor. */
export interface Finding {
  readonly range: { readonly start: Place; readonly end: Place };
  readonly isError: boolean;
}

interface Place {
  readonly line: number;
  readonly character: number;
}

/**
 * Our findings without those that another extension has too: an error at the same words is the same mistake, and what is no
 * error to us nobody else says.
 */
export function findingsLeft<T extends Finding>(ours: readonly T[], theirs: readonly Finding[]): readonly T[] {
  return ours.filter((our) => !our.isError || !theirs.some((their) => their.isError && touch(our.range, their.range)));
}

/** Our completions without those that another extension offers by the same name: some write `image`, some `image:`. */
export function completionsLeft<T>(
  ours: readonly T[],
  theirs: readonly string[],
  label: (item: T) => string,
): readonly T[] {
  const taken = new Set(theirs.map(plain));
  return ours.filter((item) => !taken.has(plain(label(item))));
}

function plain(label: string): string {
  return label.trim().replace(/:$/, '');
}

function touch(a: Finding['range'], b: Finding['range']): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
