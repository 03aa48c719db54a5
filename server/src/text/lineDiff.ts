import type { Edit } from './edit.js';

/** Cells of the comparison table; beyond it everything between the first and the last difference is one edit. */
const largestTable = 16_000_000;

/** Edits of whole lines that turn one text into another: few and small where the texts are much alike. */
export function lineDiff(before: string, after: string): readonly Edit[] {
  if (before === after) return [];
  const [old, now] = [linesOf(before), linesOf(after)];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const [from, to] = [old.slice(head, old.length - tail), now.slice(head, now.length - tail)];
  let at = old.slice(0, head).join('').length;
  const edits: Edit[] = [];
  let open: { start: number; text: string } | undefined;
  const close = (): void => {
    if (open) edits.push({ start: open.start, end: at, text: open.text });
    open = undefined;
  };
  for (const [i, j] of steps(from, to)) {
    const [removed, added] = [from[i ?? -1], to[j ?? -1]];
    if (removed !== undefined && added !== undefined) {
      close();
    } else {
      open ??= { start: at, text: '' };
      open.text += added ?? '';
    }
    at += removed?.length ?? 0;
  }
  close();
  return edits;
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}

/** A longest common subsequence: pairs of lines that stay, and lines of one side alone. */
function steps(
  from: readonly string[],
  to: readonly string[],
): readonly (readonly [number | undefined, number | undefined])[] {
  const width = to.length + 1;
  if (from.length * to.length > largestTable) {
    return [...from.map((_, i) => [i, undefined] as const), ...to.map((_, j) => [undefined, j] as const)];
  }
  const longest = new Uint32Array((from.length + 1) * width);
  const lengthAt = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = from.length - 1; i >= 0; i--) {
    for (let j = to.length - 1; j >= 0; j--) {
      longest[i * width + j] =
        from[i] === to[j] ? lengthAt(i + 1, j + 1) + 1 : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1));
    }
  }
  const path: [number | undefined, number | undefined][] = [];
  let [i, j] = [0, 0];
  while (i < from.length || j < to.length) {
    if (i < from.length && j < to.length && from[i] === to[j]) path.push([i++, j++]);
    else if (i < from.length && (j === to.length || lengthAt(i + 1, j) >= lengthAt(i, j + 1)))
      path.push([i++, undefined]);
    else path.push([undefined, j++]);
  }
  return path;
}
