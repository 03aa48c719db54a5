import type { Block } from '../syntax/tree.js';

/** What comments of a block silence: `# longshore: ignore ID…` on the line or the one above, `# longshore: ignore-file ID…`. */
export interface Suppressions {
  /** Rule ids for the whole file; `*` is every rule. */
  readonly file: ReadonlySet<string>;
  /** Rule ids by line of the block. */
  readonly lines: ReadonlyMap<number, ReadonlySet<string>>;
}

export function suppressionsOf(block: Block): Suppressions {
  const file = new Set<string>();
  const lines = new Map<number, Set<string>>();
  block.text.split('\n').forEach((text, line) => {
    const match = /^(.*?)#\s*longshore:\s*ignore(-file)?\b([^#]*)/.exec(text);
    if (!match) return;
    const [, before = '', whole, list = ''] = match;
    const ids = list.split(/[\s,]+/).filter(Boolean);
    if (ids.length === 0) ids.push('*');
    if (whole) ids.forEach((id) => file.add(id));
    else {
      const about = before.trim() === '' ? line + 1 : line;
      lines.set(about, new Set([...(lines.get(about) ?? []), ...ids]));
    }
  });
  return { file, lines };
}

export function silences(ids: ReadonlySet<string> | undefined, rule: string): boolean {
  return ids !== undefined && (ids.has(rule) || ids.has('*'));
}
