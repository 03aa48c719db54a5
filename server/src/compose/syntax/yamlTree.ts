import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Alias, ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Span } from '../../text/span.js';
import { colonAtBracket, leadingColon, textWithColon } from './flowColon.js';
import { closingQuote } from './joinLines.js';
import type { AliasNode, Anchor, Entry, MapNode, Node, Primitive, ScalarNode, SeqNode, YamlError } from './tree.js';
import { neverClosed } from './unclosed.js';
import { isTextKey, resolveScalar } from './yamlScalar.js';

/** Our tree of what the `yaml` package read in a text, with what go-yaml holds against keys, tags and quotes. */
export function treeOf(
  contents: ParsedNode | null,
  text: string,
): { readonly root: Node | undefined; readonly anchors: readonly Anchor[]; readonly errors: readonly YamlError[] } {
  const converter = new Converter(text);
  const root = contents ? converter.node(contents) : undefined;
  return { root, anchors: converter.anchors, errors: converter.errors };
}

class Converter {
  readonly errors: YamlError[] = [];
  readonly anchors: Anchor[] = [];

  constructor(private readonly written: string) {}

  node(source: ParsedNode): Node {
    if (isAlias(source)) return this.alias(source);
    const node = isMap(source)
      ? this.map(source as YAMLMap.Parsed)
      : isSeq(source)
        ? this.seq(source as YAMLSeq.Parsed)
        : this.scalar(source as Scalar.Parsed);
    if (node.anchor !== undefined) this.anchors.push({ name: node.anchor, node });
    return node;
  }

  private map(source: YAMLMap.Parsed): MapNode {
    const entries: Entry[] = [];
    const seen = new Set<string>();
    for (const { key, value } of source.items) {
      const keyNode = this.key(key);
      if (!keyNode) continue;
      if (source.flow === true) this.misplaced(colonAtBracket(key, this.written) ?? leadingColon(value));
      if (seen.has(keyNode.text)) {
        this.report('DUPLICATE_KEY', `Key \`${keyNode.text}\` is already defined in this mapping.`, keyNode);
      }
      seen.add(keyNode.text);
      entries.push({ key: keyNode, value: value ? this.node(value) : absent(keyNode.end) });
    }
    return { kind: 'map', ...base(source), flow: source.flow === true, entries };
  }

  private key(source: ParsedNode | null): ScalarNode | undefined {
    if (source && isAlias(source)) return undefined;
    if (!source || !isScalar(source)) {
      if (source) this.report('INVALID_KEY', 'A key must be a plain word.', span(source));
      return undefined;
    }
    const key = this.scalar(source);
    if (!isTextKey(key)) {
      this.report('NON_STRING_KEY', `Key \`${key.text}\` is not a string; put it in quotes.`, key);
    }
    return key;
  }

  private seq(source: YAMLSeq.Parsed): SeqNode {
    const items = source.items.map((item) => {
      if (source.flow === true) this.misplaced(leadingColon(item as ParsedNode));
      const text = source.flow === true ? textWithColon(item as ParsedNode, this.written) : undefined;
      return text ?? this.node(item as ParsedNode);
    });
    return { kind: 'seq', ...base(source), flow: source.flow === true, items };
  }

  private scalar(source: Scalar.Parsed): ScalarNode {
    // What is tagged `!!merge` has a symbol for its value.
    const text = String((typeof source.value === 'symbol' ? source.source : source.value) ?? '');
    const style = styles[source.type ?? 'PLAIN'] ?? 'plain';
    const common = base(source);
    if (style === 'single' || style === 'double') this.closed(common);
    const plain = style === 'plain' && !makesText(common.tag);
    const value = plain ? resolveScalar(text) : text;
    const fits = plain && common.tag !== undefined ? tagged[common.tag] : undefined;
    if (fits?.(value) === false) this.report('TAG_MISMATCH', `\`${text}\` is no \`${common.tag ?? ''}\`.`, common);
    return { kind: 'scalar', ...common, value, text, style };
  }

  /** The `yaml` package looks only at the last character, which may be a quote that belongs to the text. */
  private closed({ start, end }: Span): void {
    const isOpen = closingQuote(this.written.slice(0, end), start) === undefined;
    if (isOpen && this.written.charAt(end - 1) === this.written.charAt(start))
      this.errors.push(neverClosed(this.written, start));
  }

  private misplaced(colon: Span | undefined): void {
    if (colon)
      this.report('COLON_IN_BRACKETS', 'In brackets a colon stands behind a key, with a blank behind it', colon);
  }

  private alias(source: Alias.Parsed): AliasNode {
    return { kind: 'alias', ...span(source), name: source.source };
  }

  private report(code: string, message: string, { start, end }: Span): void {
    this.errors.push({ code, message, start, end });
  }
}

/** A tag of one's own makes a plain scalar a text; `!` alone changes nothing, as in go-yaml. */
function makesText(tag: string | undefined): boolean {
  return tag !== undefined && tag !== '!' && (tag === '!!str' || !tag.startsWith('!!'));
}

/** Whether a tag of YAML's own takes what a plain scalar means; go-yaml refuses the file otherwise. */
const tagged: Readonly<Record<string, ((value: Primitive) => boolean) | undefined>> = {
  '!!int': Number.isInteger,
  '!!float': (value) => typeof value === 'number',
  '!!bool': (value) => typeof value === 'boolean',
  '!!null': (value) => value === null,
};

const styles: Readonly<Record<string, ScalarNode['style']>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

function absent(at: number): ScalarNode {
  return { kind: 'scalar', start: at, end: at, value: null, text: '', style: 'plain' };
}

function base(source: ParsedNode): Span & { anchor?: string; tag?: string } {
  const anchor = 'anchor' in source ? source.anchor : undefined;
  return {
    ...span(source),
    ...(anchor === undefined ? undefined : { anchor }),
    ...(source.tag === undefined ? undefined : { tag: shortTag(source.tag) }),
  };
}

function span(source: ParsedNode): Span {
  const [start, end] = source.range;
  return { start, end };
}

function shortTag(tag: string): string {
  return tag.startsWith('tag:yaml.org,2002:') ? `!!${tag.slice('tag:yaml.org,2002:'.length)}` : tag;
}
