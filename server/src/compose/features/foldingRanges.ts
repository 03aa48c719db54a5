import { LineIndex } from '../../text/lineIndex.js';
import { perBlock } from '../syntax/perBlock.js';
import type { Source } from '../syntax/source.js';
import { entriesOf, type Node } from '../syntax/tree.js';

export interface Fold {
  /** First and last line of what is folded; the first stays visible. */
  readonly startLine: number;
  readonly endLine: number;
  readonly kind?: 'comment';
}

/** What can be folded: keys with something below, and comments of several lines. */
export function foldingRanges(source: Source): readonly Fold[] {
  const folds: Fold[] = [];
  const heading = { name: '', at: -1 };
  source.blocks.forEach(({ block }, i) => {
    const line = source.lines[i] ?? 0;
    for (const fold of foldsIn(block, line)) folds.push(fold);
    // A section is folded with all of its entries, which are blocks of their own.
    const [section] = block.path;
    if (section === undefined) {
      const key = entriesOf(block.root).at(-1)?.key;
      heading.name = key?.text ?? '';
      heading.at = key ? line + new LineIndex(block.text).position(key.start).line : -1;
    } else if (section === heading.name && heading.at >= 0 && source.blocks[i + 1]?.block.path[0] !== section) {
      const endLine = line + new LineIndex(block.text).position(block.text.trimEnd().length).line;
      folds.push({ startLine: heading.at, endLine });
    }
  });
  return folds;
}

const foldsIn = perBlock(({ text, root }, line): readonly Fold[] => {
  const folds: Fold[] = [];
  const lines = new LineIndex(text);
  const lineAt = (offset: number): number => line + lines.position(offset).line;
  const walk = (node: Node): void => {
    if (node.kind === 'map') {
      for (const { key, value } of node.entries) {
        const startLine = lineAt(key.start);
        const endLine = lineAt(key.end + text.slice(key.end, value.end).trimEnd().length);
        if (endLine > startLine) {
          folds.push({ startLine, endLine });
          walk(value);
        }
      }
    } else if (node.kind === 'seq') node.items.forEach(walk);
  };
  if (root) walk(root);
  folds.push(...comments(text, line));
  return folds;
});

function* comments(text: string, first: number): Iterable<Fold> {
  if (!text.includes('#')) return;
  let start = -1;
  const lines = text.split('\n');
  for (let line = 0; line <= lines.length; line++) {
    const comment = /^\s*#/.test(lines[line] ?? '');
    if (comment && start < 0) start = line;
    if (!comment && start >= 0) {
      if (line - start > 1) yield { startLine: first + start, endLine: first + line - 1, kind: 'comment' };
      start = -1;
    }
  }
}
