import type { Source } from '../syntax/source.js';
import type { Node } from '../syntax/tree.js';

export interface Fold {
  /** First and last line of what is folded; the first stays visible. */
  readonly start: number;
  readonly end: number;
  readonly kind?: 'comment';
}

/** What can be folded: keys with something below, and comments of several lines. */
export function foldingRanges(source: Source): readonly Fold[] {
  const folds: Fold[] = [];
  const heading = { name: '', at: -1 };
  source.blocks.forEach(({ block }, i) => {
    const first = source.lines[i] ?? 0;
    const { text } = block;
    const starts = lineStarts(text);
    const lineAt = (offset: number): number => first + lineOf(starts, offset);
    const lastLine = (end: number): number => lineAt(text.slice(0, end).trimEnd().length);
    const walk = (node: Node): void => {
      if (node.kind === 'map') {
        for (const { key, value } of node.entries) {
          const [start, end] = [lineAt(key.start), lastLine(value.end)];
          if (end > start) folds.push({ start, end });
          if (end > start) walk(value);
        }
      } else if (node.kind === 'seq') node.items.forEach(walk);
    };
    if (block.root) walk(block.root);
    folds.push(...comments(text, first));
    // A section is folded with all of its entries, which are blocks of their own.
    const [section] = block.path;
    if (section === undefined) {
      const key = block.root?.kind === 'map' ? block.root.entries.at(-1)?.key : undefined;
      heading.name = key?.text ?? '';
      heading.at = key ? lineAt(key.start) : -1;
    } else if (section === heading.name && heading.at >= 0) {
      const next = source.blocks[i + 1]?.block.path[0];
      if (next !== section) folds.push({ start: heading.at, end: lastLine(text.length) });
    }
  });
  return folds;
}

function* comments(text: string, first: number): Iterable<Fold> {
  if (!text.includes('#')) return;
  let start = -1;
  const lines = text.split('\n');
  for (let line = 0; line <= lines.length; line++) {
    const comment = /^\s*#/.test(lines[line] ?? '');
    if (comment && start < 0) start = line;
    if (!comment && start >= 0) {
      if (line - start > 1) yield { start: first + start, end: first + line - 1, kind: 'comment' };
      start = -1;
    }
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineOf(starts: readonly number[], offset: number): number {
  let line = starts.length - 1;
  while (line > 0 && (starts[line] ?? 0) > offset) line--;
  return line;
}
