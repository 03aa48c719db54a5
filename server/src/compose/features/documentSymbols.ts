import type { Span } from '../../text/span.js';
import type { Source } from '../syntax/source.js';
import { sections } from '../syntax/cut.js';
import type { Entry, Node } from '../syntax/tree.js';

/** A line of the outline. Offsets count from the start of the file. */
export interface OutlineSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'section' | 'service' | 'resource' | 'key';
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly OutlineSymbol[];
}

/** The outline of a file: its sections, what they hold, and the keys of each service. */
export function documentSymbols(source: Source): readonly OutlineSymbol[] {
  const roots: (OutlineSymbol & { readonly children: OutlineSymbol[] })[] = [];
  source.blocks.forEach(({ block }, i) => {
    const start = source.starts[i] ?? 0;
    if (block.root?.kind !== 'map') return;
    for (const entry of block.root.entries) {
      const [section] = block.path;
      const heading = section === undefined ? undefined : roots.findLast(({ name }) => name === section);
      if (section !== undefined) {
        const symbol = symbolOf(entry, start, section, block.text);
        heading?.children.push(symbol);
        if (heading)
          roots.splice(roots.lastIndexOf(heading), 1, { ...heading, span: { ...heading.span, end: symbol.span.end } });
      } else {
        const inner = sections.includes(entry.key.text) ? entriesOf(entry.value) : [];
        const children = inner.map((it) => symbolOf(it, start, entry.key.text, block.text));
        roots.push({ ...symbolOf(entry, start, undefined, block.text), kind: 'section', children });
      }
    }
  });
  return roots;
}

function symbolOf({ key, value }: Entry, start: number, section: string | undefined, text: string): OutlineSymbol {
  const nameSpan = { start: start + key.start, end: start + key.end };
  return {
    name: key.text || '""',
    detail: detailOf(value),
    kind: section === 'services' ? 'service' : section === undefined ? 'key' : 'resource',
    span: { start: nameSpan.start, end: Math.max(nameSpan.end, start + text.slice(0, value.end).trimEnd().length) },
    nameSpan,
    children: section === 'services' ? entriesOf(value).map((it) => symbolOf(it, start, undefined, text)) : [],
  };
}

/** A scalar's text, or the image of a service. */
function detailOf(value: Node): string {
  if (value.kind === 'scalar') return value.text.length > 60 ? '' : value.text;
  const image = entriesOf(value).find(({ key }) => key.text === 'image')?.value;
  return image?.kind === 'scalar' ? image.text : '';
}

function entriesOf(node: Node): readonly Entry[] {
  return node.kind === 'map' ? node.entries : [];
}
