import { startOfLine } from '../../text/lines.js';
import type { Span } from '../../text/span.js';
import type { SyntaxFault, Word } from '../word.js';

/** One line that says something. `no` and `default` before a keyword are taken apart, as HAProxy does. */
export interface Line extends Span {
  readonly keyword: Word;
  readonly args: readonly Word[];
  readonly prefix?: 'no' | 'default';
}

/** A section with its lines; the span reaches to the end of its last line. */
export interface Section extends Span {
  readonly kind: string;
  readonly header: Line;
  /** The first argument of the header. */
  readonly name?: Word;
  readonly lines: readonly Line[];
}

export interface HaproxyFile {
  readonly kind: 'haproxy';
  readonly text: string;
  readonly sections: readonly Section[];
  /** Lines before the first section. */
  readonly stray: readonly Line[];
  readonly comments: readonly Span[];
  readonly errors: readonly SyntaxFault[];
}

/** Reads a HAProxy configuration, line by line. Never fails and takes linear time. Spans are offsets of the text. */
export function parseHaproxy(text: string): HaproxyFile {
  const comments: Span[] = [];
  const errors: SyntaxFault[] = [];
  const stray: Line[] = [];
  const sections: Writable<Section>[] = [];
  let lines = stray;

  for (let at = 0; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = toLine(readWords(text, at, end, comments, errors));
    if (line && !isMacro(line)) {
      const section = sections.at(-1);
      if (sectionKinds.has(line.keyword.value) && line.prefix === undefined) {
        lines = [];
        const [name] = line.args;
        sections.push({
          kind: line.keyword.value,
          header: line,
          ...(name && { name }),
          lines,
          start: line.start,
          end: line.end,
        });
      } else {
        lines.push(line);
        if (section) section.end = line.end;
      }
    }
    at = end + 1;
  }
  if (text.length > 0 && !text.endsWith('\n')) {
    errors.push({
      at: { start: startOfLine(text, text.length), end: text.length },
      message: 'The last line has no line break at its end: HAProxy takes the file for a truncated one and refuses it.',
      missing: '\n',
    });
  }
  return { kind: 'haproxy', text, sections, stray, comments, errors };
}

/** Sections that hold servers, rules and bindings. */
export function isProxySection(section: Section): boolean {
  return proxyKinds.has(section.kind);
}

/** The lines of those sections. */
export function proxyLines({ sections }: HaproxyFile): readonly Line[] {
  return sections.filter(isProxySection).flatMap(({ lines }) => lines);
}

const proxyKinds: ReadonlySet<string> = new Set(['defaults', 'frontend', 'backend', 'listen']);

export const sectionKinds: ReadonlySet<string> = new Set([
  ...proxyKinds,
  'acme',
  'cache',
  'crt-store',
  'fcgi-app',
  'global',
  'healthcheck',
  'http-errors',
  'log-forward',
  'log-profile',
  'mailers',
  'namespace_list',
  'peers',
  'program',
  'resolvers',
  'ring',
  'traces',
  'userlist',
]);

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** `.if`, `.else`, `.notice` … decide at start which lines count; every line is read here. */
function isMacro(line: Line): boolean {
  return line.keyword.value.startsWith('.');
}

function toLine(words: readonly Word[]): Line | undefined {
  const [first, second] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const span = { start: first.start, end: last.end };
  if (second && (first.value === 'no' || first.value === 'default')) {
    return { ...span, prefix: first.value, keyword: second, args: words.slice(2) };
  }
  return { ...span, keyword: first, args: words.slice(1) };
}

function readWords(text: string, from: number, end: number, comments: Span[], errors: SyntaxFault[]): readonly Word[] {
  const words: Word[] = [];
  let at = from;
  for (;;) {
    while (at < end && isSpace(text[at])) at++;
    if (at >= end) return words;
    if (text[at] === '#') {
      comments.push({ start: at, end });
      return words;
    }
    const word = readWord(text, at, end, errors);
    words.push(word);
    at = word.end;
  }
}

/** A word ends at an unquoted space or `#`; quoted and bare parts may follow each other. */
function readWord(text: string, start: number, end: number, errors: SyntaxFault[]): Word {
  let value = '';
  let quote: '"' | "'" | undefined;
  let opened = start;
  let quoted = false;
  let at = start;
  while (at < end) {
    const char = text[at] ?? '';
    if (quote === undefined && (isSpace(char) || char === '#')) break;
    if (quote === undefined ? char === '"' || char === "'" : char === quote) {
      quote = quote === undefined ? (char as '"' | "'") : undefined;
      opened = at;
      quoted = true;
      at++;
    } else if (char === '\\' && quote !== "'") {
      const escape = readEscape(text.slice(at, Math.min(at + 4, end)));
      value += escape.value;
      at += escape.length;
    } else {
      value += char;
      at++;
    }
  }
  if (quote) {
    errors.push({
      at: { start: opened, end: at },
      message: `The string that starts with ${quote} is not closed on its line: HAProxy refuses it.`,
    });
  }
  const first = text[start];
  const whole = quoted && (first === '"' || first === "'") && text[at - 1] === first && value.length === at - start - 2;
  return { start, end: at, value, ...(whole && { quote: first }) };
}

const controls: ReadonlyMap<string, string> = new Map([
  ['t', '\t'],
  ['r', '\r'],
  ['n', '\n'],
]);

function readEscape(text: string): { readonly value: string; readonly length: number } {
  const next = text[1] ?? '';
  if (next === 'x' && /^\\x[0-9a-f]{2}$/i.test(text)) {
    return { value: String.fromCharCode(parseInt(text.slice(2), 16)), length: 4 };
  }
  const control = controls.get(next);
  if (control !== undefined) return { value: control, length: 2 };
  return ' \\#"\'$'.includes(next) && next !== '' ? { value: next, length: 2 } : { value: '\\', length: 1 };
}

function isSpace(char: string | undefined): boolean {
  return char === ' ' || char === '\t' || char === '\r';
}
