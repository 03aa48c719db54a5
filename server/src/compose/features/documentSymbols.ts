import { LineIndex } from '../../text/lineIndex.js';
import type { Range, Span } from '../../text/span.js';
import { sections } from '../syntax/cut.js';
import { perBlock } from '../syntax/perBlock.js';
import type { Source } from '../syntax/source.js';
import { entriesOf, type Entry, type Node } from '../syntax/tree.js';

/** A line of the outline. */
export interface OutlineSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'section' | 'service' | 'resource' | 'key';
  readonly range: Range;
  readonly nameRange: Range;
  readonly children: readonly OutlineSymbol[];
}

/** The outline of a file: its sections, what they hold, and the keys of each service. */
export function documentSymbols(source: Source): readonly OutlineSymbol[] {
  const roots: OutlineSymbol[] = [];
  /** What stands in blocks of its own below a heading, by the heading's place among the roots. */
  const below = new Map<number, OutlineSymbol[]>();
  let heading = -1;
  source.blocks.forEach(({ block }, i) => {
    const symbols = symbolsIn(block, source.lines[i] ?? 0);
    const [section] = block.path;
    if (section === undefined) {
      roots.push(...symbols);
      heading = -1;
    } else {
      if (roots[heading]?.name !== section) heading = roots.findLastIndex(({ name }) => name === section);
      const known = below.get(heading);
      if (known) known.push(...symbols);
      else if (heading >= 0) below.set(heading, [...symbols]);
    }
  });
  for (const [at, symbols] of below) {
    const root = roots[at];
    const end = symbols.at(-1)?.range.end;
    if (root && end) roots[at] = { ...root, range: { ...root.range, end }, children: [...root.children, ...symbols] };
  }
  return roots;
}

const symbolsIn = perBlock((block, line): readonly OutlineSymbol[] => {
  const lines = new LineIndex(block.text);
  const [section] = block.path;
  return entriesOf(block.root).map((entry) => {
    if (section !== undefined) return symbolOf(entry, section);
    const inner = sections.includes(entry.key.text) ? entriesOf(entry.value) : [];
    const children = inner.map((it) => symbolOf(it, entry.key.text));
    return { ...symbolOf(entry, undefined), kind: 'section', children };
  });

  function symbolOf({ key, value }: Entry, within: string | undefined): OutlineSymbol {
    const end = Math.max(key.end, block.text.slice(key.end, value.end).trimEnd().length + key.end);
    return {
      name: key.text || '""',
      detail: detailOf(value),
      kind: within === 'services' ? 'service' : within === undefined ? 'key' : 'resource',
      range: rangeOf({ start: key.start, end }),
      nameRange: rangeOf(key),
      children: within === 'services' ? entriesOf(value).map((it) => symbolOf(it, undefined)) : [],
    };
  }

  function rangeOf(span: Span): Range {
    const { start, end } = lines.range(span);
    return {
      start: { line: start.line + line, character: start.character },
      end: { line: end.line + line, character: end.character },
    };
  }
});

/** A scalar's text, or the image of a service. */
function detailOf(value: Node): string {
  if (value.kind === 'scalar') return value.text.length > 60 ? '' : value.text;
  const image = entriesOf(value).find(({ key }) => key.text === 'image')?.value;
  return image?.kind === 'scalar' ? image.text : '';
}
