import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Alias, ParsedNode, Scalar, YAMLMap, YAMLParseError, YAMLSeq } from 'yaml';
import type { Span } from '../../text/span.js';
import { colonAtBracket, leadingColon, textWithColon } from './flowColon.js';
import { closingQuote, joinLines } from './joinLines.js';
import { nesting } from './nesting.js';
import { readPlainYaml } from './plainYaml.js';
import { strayTabs } from './tabs.js';
import { isTextKey, resolveScalar } from './yamlScalar.js';
import type {
  AliasNode,
  Anchor,
  Block,
  Entry,
  MapNode,
  Node,
  Primitive,
  ScalarNode,
  SeqNode,
  YamlError,
} from './tree.js';

/** Parses the text of one block and never fails: what cannot be read is in `errors`. */
export function parseBlock(uri: string, path: readonly string[], text: string, hint = 0): Block {
  const plain = readPlainYaml(text);
  if (!plain) return parseAnyBlock(uri, path, text, hint);
  return { uri, path, text, ...plain, errors: [], broken: false, directives: text.includes('longshore:'), hint };
}

/**
 * Parses a block that may hold anything. The `yaml` package reads the text, with every scalar as a string; what a plain scalar
 * means, which keys are allowed and what counts as a duplicate follow go-yaml, the parser of both tools.
 */
export function parseAnyBlock(uri: string, path: readonly string[], text: string, hint = 0): Block {
  const errors: YamlError[] = [];
  const anchors: Anchor[] = [];
  let root: Node | undefined;
  let broken = false;
  try {
    if (nesting(text) > deepest) throw new RangeError();
    const { contents, faults } = readLeniently(text);
    errors.push(...faults);
    if (contents) root = new Converter(errors, anchors, text).node(contents);
    if (faults.length === 0 && text.includes('\t')) errors.push(...strayTabs(text, root).map(tabError));
    broken = errors.some(({ code }) => !readable.has(code));
    if (broken) blameOpening(errors, root, text);
  } catch (error) {
    // The parser recurses: what is nested beyond the stack would end here at the latest.
    if (!(error instanceof RangeError)) throw error;
    const start = text.search(/\S/);
    return tooDeep(uri, path, text, hint, { start: Math.max(0, start), end: Math.max(0, start) + 1 });
  }
  return { uri, path, text, root, errors, broken, anchors, directives: text.includes('longshore:'), hint };
}

interface Reading {
  readonly contents: ParsedNode | null;
  readonly faults: readonly YamlError[];
}

/** Reads a text, and what the `yaml` package only holds against the indentation inside quotes and brackets once more without that. */
function readLeniently(text: string): Reading {
  let joined = text;
  const first = readText(joined);
  let reading = first;
  for (let round = 0; reading.faults.length > 0 && round < mostJoined; round++) {
    const opening = openingOf(reading, joined);
    const next = opening && joinLines(joined, opening.start);
    if (next === undefined) return first;
    joined = next;
    reading = readText(joined);
  }
  return reading.faults.length > 0 ? first : reading;
}

/** Texts and collections over several lines in one block; each costs a reading. */
const mostJoined = 10;

function openingOf({ contents, faults }: Reading, text: string): Node | undefined {
  const root = contents ? new Converter([], [], text).node(contents) : undefined;
  for (const { message, start } of faults) {
    const closing = closingIn(message);
    if (closing !== undefined) return unclosedBefore(root, start, closing, text);
  }
  return undefined;
}

function readText(text: string): Reading {
  const { contents, errors } = parseDocument(text, {
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  if (errors.some(({ message }) => overflow.test(message))) throw new RangeError();
  const faults = errors
    .filter(
      (error) => !isTolerated(error) && !(error.message.startsWith('Missing directives-end') && isDirective(text)),
    )
    .map(({ code, message, pos: [start, end] }) => ({ code, message, start, end: Math.max(start, end) }));
  return { contents, faults };
}

/** Levels. Near the end of the stack Node ends the process where it compiles an expression, so the parser must not get there. */
const deepest = 400;

/** What the `yaml` package says when it caught the overflow itself. */
const overflow = /call stack/;

function tooDeep(uri: string, path: readonly string[], text: string, hint: number, at: Span): Block {
  const errors = [{ code: 'TOO_DEEP', message: 'This is nested too deeply to be checked.', ...at }];
  return { uri, path, text, root: undefined, errors, broken: true, anchors: [], directives: false, hint };
}

/**
 * A quote or bracket that is never closed is found where the text ends, after much that is misread because of it. The finding
 * belongs to the opening, and what follows from it is not worth saying.
 */
function blameOpening(errors: YamlError[], root: Node | undefined, text: string): void {
  for (const [i, error] of errors.entries()) {
    const closing = closingIn(error.message);
    if (closing === undefined) continue;
    const opening = unclosedBefore(root, error.start, closing, text);
    const start = opening?.start ?? error.start;
    const unclosed = neverClosed(text, start);
    const earlier = errors.slice(0, i).filter((it) => it.start < start);
    errors.splice(0, errors.length, ...earlier, opening ? unclosed : { ...unclosed, message: error.message });
    return;
  }
}

function neverClosed(text: string, start: number): YamlError {
  const lineEnd = text.indexOf('\n', start);
  const message = `The \`${text.charAt(start)}\` that opens here is never closed.`;
  return { code: 'UNCLOSED', message, start, end: lineEnd < 0 ? text.length : lineEnd };
}

/** The quote or bracket whose absence a message of the `yaml` package is about. */
function closingIn(message: string): string | undefined {
  return (/^Missing closing (["'])/.exec(message) ?? /end with a? ?([\]}])$/.exec(message))?.[1];
}

/** The last quoted text or flow collection that begins before an offset and does not end as it must. */
function unclosedBefore(root: Node | undefined, offset: number, closing: string, text: string): Node | undefined {
  let found: Node | undefined;
  const visit = (node: Node): void => {
    if (node.start > offset) return;
    const quoted = node.kind === 'scalar' && (node.style === 'single' || node.style === 'double');
    const opens = { '"': '"', "'": "'", '[': ']', '{': '}' }[text.charAt(node.start)] === closing;
    const closed = node.end - node.start > 1 && text.charAt(node.end - 1) === closing && node.end <= offset;
    if ((quoted || (node.kind !== 'scalar' && node.kind !== 'alias' && node.flow)) && opens && !closed) found = node;
    if (node.kind === 'map') for (const { key, value } of node.entries) [key, value].forEach(visit);
    if (node.kind === 'seq') node.items.forEach(visit);
  };
  if (root) visit(root);
  return found;
}

/** What the `yaml` package calls an error and go-yaml reads without complaint: unknown tags, a comment right behind a quote. */
function isTolerated({ code, message }: YAMLParseError): boolean {
  return (
    (code === 'TAG_RESOLVE_FAILED' && !message.includes('has no suffix')) ||
    message.startsWith('Comments must be separated')
  );
}

/** A directive's line is a block of its own: `---` stands in the next one. go-yaml knows no more than these two. */
function isDirective(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.startsWith('%'));
  return lines.length > 0 && lines.every((line) => /^%(?:YAML[ \t]+1\.1|TAG[ \t]+\S+[ \t]+\S+)\s*(?:#.*)?$/.test(line));
}

/** Mistakes that leave no doubt about the tree. */
const readable: ReadonlySet<string> = new Set(['DUPLICATE_KEY', 'INVALID_KEY', 'NON_STRING_KEY', 'TAG_MISMATCH']);

function tabError(at: Span): YamlError {
  return { code: 'TAB_AS_INDENT', message: 'Tabs are not allowed as indentation', ...at };
}

class Converter {
  constructor(
    private readonly errors: YamlError[],
    private readonly anchors: Anchor[],
    private readonly written: string,
  ) {}

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

  private report(code: string, message: string, at: Span): void {
    this.errors.push({ code, message, start: at.start, end: at.end });
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
