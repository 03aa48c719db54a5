import type { Span } from '../../text/span.js';
import type { SyntaxFault, Word } from '../word.js';
import { isLuaBlock, luaCode } from './luaBlock.js';

/** One directive. Its span reaches from the name to the `;` or the `}`, or to the last thing read where that is missing. */
export interface Directive extends Span {
  readonly name: Word;
  readonly args: readonly Word[];
  readonly block?: Block;
  readonly parent?: Directive;
  /** Whether its `;` or `{` is there. */
  readonly ended: boolean;
}

/** What stands between the braces; the span includes those that are there. */
export interface Block extends Span {
  readonly closed: boolean;
  readonly directives: readonly Directive[];
  /** Text that is not nginx's: the code of a `…_by_lua_block`. */
  readonly raw?: Span;
}

export interface NginxFile {
  readonly kind: 'nginx';
  readonly text: string;
  readonly directives: readonly Directive[];
  readonly comments: readonly Span[];
  readonly errors: readonly SyntaxFault[];
}

/** Reads an nginx configuration. Never fails, takes linear time, and nests as deep as the text does. Spans are offsets of the text. */
export function parseNginx(text: string): NginxFile {
  const errors: SyntaxFault[] = [];
  const comments: Span[] = [];
  const top: Directive[] = [];
  const open: Building[] = [];
  const reader = { text, comments, errors, lastQuote: { '"': text.lastIndexOf('"'), "'": text.lastIndexOf("'") } };
  let words: Word[] = [];
  let at = skipSpace(reader, 0);

  const end = (stop: number, ended: boolean, block?: Block) => {
    const [name, ...args] = words;
    words = [];
    if (name === undefined) return undefined;
    const parent = open.at(-1)?.directive;
    const directive: Directive = {
      name,
      args,
      ended,
      start: name.start,
      end: stop,
      ...(block && { block }),
      ...(parent && { parent }),
    };
    (open.at(-1)?.directives ?? top).push(directive);
    return directive;
  };
  const unfinished = () => words.at(-1)?.end ?? at;

  for (; at < text.length; at = skipSpace(reader, at)) {
    const char = text[at];
    if (char === ';') {
      if (end(at + 1, true) === undefined) errors.push(unexpected(at, ';'));
      at++;
    } else if (char === '{') {
      if (words.length === 0) {
        errors.push(unexpected(at, '{'));
        words = [{ start: at, end: at, value: '' }];
      }
      const raw = isLuaBlock(words[0]?.value) ? luaCode(text, at + 1) : undefined;
      const directives: Directive[] = [];
      const block: Writable<Block> = { start: at, end: raw ? raw.end : at + 1, closed: false, directives };
      if (raw) block.raw = raw;
      const directive = end(block.end, true, block);
      if (directive) open.push({ directive, block, directives });
      at = block.end;
    } else if (char === '}') {
      if (words.length > 0) {
        errors.push(unended({ start: at, end: at + 1 }, words));
        end(unfinished(), false);
      }
      const closing = open.pop();
      if (closing) close(closing, at + 1, true);
      else errors.push(unexpected(at, '}'));
      at++;
    } else {
      const word = readWord(reader, at);
      words.push(word);
      at = word.end;
    }
  }
  if (words.length > 0) {
    const last = words.at(-1);
    errors.push(unended({ start: last?.start ?? at, end: last?.end ?? at }, words));
    end(unfinished(), false);
  }
  for (let building = open.pop(); building; building = open.pop()) {
    errors.push({
      at: { start: building.block.start, end: building.block.start + 1 },
      message: `The block of \`${building.directive.name.value}\` is never closed: \`}\` is missing.`,
    });
    close(building, text.length, false);
  }
  return { kind: 'nginx', text, directives: top, comments, errors };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

interface Building {
  readonly directive: Writable<Directive>;
  readonly block: Writable<Block>;
  readonly directives: Directive[];
}

interface Reader {
  readonly text: string;
  readonly comments: Span[];
  readonly errors: SyntaxFault[];
  /** Where the last quote of each kind stands, so that an open one is not looked for to the end of the file again and again. */
  readonly lastQuote: { '"': number; "'": number };
}

function close(building: Building, end: number, closed: boolean): void {
  building.block.end = end;
  building.block.closed = closed;
  building.directive.end = end;
}

function unexpected(at: number, char: string): SyntaxFault {
  return { at: { start: at, end: at + 1 }, message: `Unexpected \`${char}\`: nginx refuses the file.` };
}

function unended(at: Span, words: readonly Word[]): SyntaxFault {
  return { at, message: `\`${words[0]?.value ?? ''}\` is not ended: \`;\` is missing.`, missing: ';' };
}

function isSpace(char: string | undefined): boolean {
  return char === ' ' || char === '\n' || char === '\t' || char === '\r';
}

function skipSpace(reader: Reader, from: number): number {
  const { text } = reader;
  let at = from;
  for (;;) {
    while (isSpace(text[at])) at++;
    if (text[at] !== '#') return at;
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    reader.comments.push({ start: at, end });
    at = end;
  }
}

function readWord(reader: Reader, start: number): Word {
  const first = reader.text[start];
  return first === '"' || first === "'" ? readQuoted(reader, start, first) : readBare(reader.text, start);
}

/** A bare word goes on through quotes, `#` and `}`; a `{` right after a `$` belongs to a variable. */
function readBare(text: string, start: number): Word {
  let at = start;
  let escaped = false;
  for (; at < text.length; at++) {
    const char = text[at];
    if (char === '\\') {
      escaped = true;
      at++;
    } else if (
      isSpace(char) ||
      char === ';' ||
      (char === '{' && text[at - 1] !== '$') ||
      (char === '{' && at === start)
    ) {
      break;
    }
  }
  const end = Math.min(at, text.length);
  const inner = text.slice(start, end);
  return { start, end, value: escaped ? unescape(inner) : inner };
}

function readQuoted(reader: Reader, start: number, quote: '"' | "'"): Word {
  const { text } = reader;
  let at = start + 1;
  if (at <= reader.lastQuote[quote]) {
    while (at < text.length && text[at] !== quote) at += text[at] === '\\' ? 2 : 1;
  } else {
    at = text.length;
  }
  if (at >= text.length) {
    reader.lastQuote[quote] = -1;
    const newline = text.indexOf('\n', start);
    const line = text.slice(start, newline < 0 ? text.length : newline);
    const end = start + line.replace(/[;{\s]*$/, '').length;
    reader.errors.push({ at: { start, end }, message: `The string that starts with ${quote} is never closed.` });
    return { start, end, value: unescape(text.slice(start + 1, end)), quote };
  }
  const end = at + 1;
  const next = text[end];
  if (next !== undefined && !isSpace(next) && next !== ';' && next !== '{' && next !== ')') {
    reader.errors.push({
      at: { start: end, end: end + 1 },
      message: `Unexpected \`${next}\` after a string: a space or \`;\` is missing.`,
    });
  }
  return { start, end, value: unescape(text.slice(start + 1, at)), quote };
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['t', '\t'],
  ['r', '\r'],
  ['n', '\n'],
]);

function unescape(inner: string): string {
  return inner.replace(/\\([\s\S])/g, (both, char: string) => escapes.get(char) ?? both);
}
