import type { Span } from '../../text/span.js';
import type { EnvEntry, EnvFile } from './envFile.js';
import { interpolate } from './interpolation.js';
import type { Problem } from './problem.js';

/** Reads a file in docker compose's dotenv format. Where the tool stops at a mistake this goes on with the next line. */
export function parseDotenv(text: string, lookup: (name: string) => string | undefined): EnvFile {
  const entries: EnvEntry[] = [];
  const problems: Problem[] = [];
  const traps: Problem[] = [];
  const own = new Map<string, string>();
  const known = (name: string) => lookup(name) ?? own.get(name);

  let at = text.startsWith('\ufeff') ? 1 : 0;
  for (at = statementStart(text, at); at < text.length; at = statementStart(text, at)) {
    const key = readKey(text, at);
    if (key.problem) {
      problems.push(key.problem);
      at = lineEnd(text, at);
      continue;
    }
    const { name, nameSpan } = key;
    at = key.end;
    if (key.alone && at === text.length) {
      const message = `Without a line break behind it, docker compose takes \`${name}\` for a value that has no name.`;
      traps.push({ message, ...nameSpan });
      continue;
    }
    if (key.alone) {
      const value = lookup(name);
      entries.push({ name, nameSpan, ...(value !== undefined && { value }) });
      if (value !== undefined) own.set(name, value);
      continue;
    }
    const written = readValue(text, at);
    at = written.end;
    if (written.problem) {
      problems.push(written.problem);
      continue;
    }
    const { valueSpan, content, literal } = written;
    const expanded = literal ? undefined : interpolate(content, 'compose', known);
    problems.push(...(expanded ? valueProblems(expanded, content, text, valueSpan) : []));
    const value = expanded?.value ?? content;
    own.set(name, value);
    entries.push({ name, nameSpan, value, valueSpan });
  }
  return { entries, problems, traps };
}

/** Skips blanks, empty lines and comments. */
function statementStart(text: string, from: number): number {
  const pattern = /(?:\s|#[^\n]*)*/y;
  pattern.lastIndex = from;
  pattern.test(text);
  return pattern.lastIndex;
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline === -1 ? text.length : newline;
}

interface Key {
  readonly problem?: undefined;
  readonly name: string;
  readonly nameSpan: Span;
  /** Where the value starts, or the next statement. */
  readonly end: number;
  /** A name without a value, which comes from the environment. */
  readonly alone: boolean;
}

function readKey(text: string, from: number): Key | { readonly problem: Problem } {
  const start = /^export\s/.test(text.slice(from, from + 7)) ? skipBlanks(text, from + 'export'.length) : from;
  const end = lineEnd(text, start);
  const line = text.slice(start, end);
  const length = line.search(/[=:]|$/);
  const written = line.slice(0, length);
  const strange = /[^\p{L}\p{N}_.[\]\-\t\v\f\r \u0085\u00a0]/u.exec(written);
  if (strange) {
    const [character] = strange;
    const place = start + strange.index;
    const message = `\`${character}\` cannot stand in the name of a variable.`;
    return { problem: { message, start: place, end: place + character.length } };
  }
  const name = written.trimEnd();
  const nameSpan = { start, end: start + name.length };
  if (name.includes(' ')) return { problem: { message: `The name \`${name}\` has a blank in it.`, ...nameSpan } };
  const alone = length === line.length;
  return { name, nameSpan, alone, end: alone ? end : skipBlanks(text, start + length + 1) };
}

function skipBlanks(text: string, from: number): number {
  const pattern = /[\t\v\f\r \u0085\u00a0]*/y;
  pattern.lastIndex = from;
  pattern.test(text);
  return pattern.lastIndex;
}

interface WrittenValue {
  readonly problem?: undefined;
  readonly valueSpan: Span;
  /** Without quotes, escapes resolved, variables not yet filled in. */
  readonly content: string;
  /** Whether `$` is an ordinary character in it. */
  readonly literal: boolean;
  readonly end: number;
}

function readValue(text: string, start: number): WrittenValue | { readonly problem: Problem; readonly end: number } {
  const quote = text[start];
  const eol = lineEnd(text, start);
  if (quote !== '"' && quote !== "'") {
    const line = text.slice(start, eol);
    const comment = line.indexOf(' #');
    const content = (comment === -1 ? line : line.slice(0, comment)).trimEnd();
    return { valueSpan: { start, end: start + content.length }, content, literal: false, end: eol };
  }
  const quoted = quote === '"' ? /"((?:[^"\\]|\\[^])*)"/y : /'((?:[^'\\]|\\[^])*)'/y;
  quoted.lastIndex = start;
  const inside = quoted.exec(text)?.[1];
  if (inside === undefined) {
    return { problem: { message: `The quote \`${quote}\` is never closed.`, start, end: eol }, end: eol };
  }
  const end = quoted.lastIndex;
  const unquoted = inside.replaceAll(`\\${quote}`, quote);
  const content = quote === '"' ? resolveEscapes(unquoted) : unquoted;
  return { valueSpan: { start, end }, content, literal: quote === "'", end };
}

/** The escapes of double quotes. `\$` becomes `$$`, which stands for a plain `$` when variables are filled in. */
function resolveEscapes(text: string): string {
  return text.replace(/\\(?:([abcfnrtv$"\\])|0(\d{0,3}))/g, (escape: string, letter?: string, octal = '') => {
    if (letter !== undefined) return letterEscapes.get(letter) ?? escape;
    return /^[0-3][0-7]{2}$/.test(octal) ? String.fromCharCode(Number.parseInt(octal, 8)) : `\\${octal}`;
  });
}

const letterEscapes: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['$', '$$'],
  ['"', '"'],
  ['\\', '\\'],
]);

function valueProblems(
  { problems, required }: ReturnType<typeof interpolate>,
  content: string,
  text: string,
  valueSpan: Span,
): readonly Problem[] {
  // Escapes move offsets: then the whole value is pointed at.
  const exact = text.startsWith(content, valueSpan.start);
  const missing = required.map(({ name, message, start, end }) => {
    const reason = message && `: ${message}`;
    return { message: `Variable \`${name}\` is required and not set${reason}.`, start, end };
  });
  return [...problems, ...missing].map(({ message, start, end }) =>
    exact ? { message, start: valueSpan.start + start, end: valueSpan.start + end } : { message, ...valueSpan },
  );
}
