import type { Span } from '../../text/span.js';
import { blockAt, type Source } from '../syntax/source.js';
import type { Node } from '../syntax/tree.js';

/** What a growing selection at an offset takes, smallest first: the word, the value, its key with it, the block, the file. */
export function selectionRanges(source: Source, offset: number): readonly Span[] {
  const found = blockAt(source, offset);
  if (!found) return [{ start: 0, end: source.content.length }];
  const { block, start } = found;
  const at = offset - start;
  const spans: Span[] = [{ start: 0, end: block.text.trimEnd().length }];
  let node: Node | undefined = block.root;
  while (node) {
    spans.push(node);
    if (node.kind === 'map') {
      const entry: { readonly key: Node; readonly value: Node } | undefined = node.entries.find(
        ({ key, value }) => key.start <= at && at <= Math.max(key.end, value.end),
      );
      if (!entry) break;
      spans.push({ start: entry.key.start, end: Math.max(entry.key.end, entry.value.end) });
      node = at <= entry.key.end ? entry.key : entry.value;
    } else node = node.kind === 'seq' ? node.items.find((it) => it.start <= at && at <= it.end) : undefined;
  }
  const placed = spans
    .filter((span) => span.start <= at && at <= span.end)
    .map((span) => ({ start: span.start + start, end: trimmed(block.text, span.end) + start }));
  const all = [{ start: 0, end: source.content.length }, ...placed].reverse();
  return all.filter(({ start: from, end: to }, i) => {
    const inner = all[i - 1];
    return !inner || from < inner.start || to > inner.end;
  });
}

function trimmed(text: string, end: number): number {
  while (end > 0 && /\s/.test(text.charAt(end - 1))) end--;
  return end;
}
