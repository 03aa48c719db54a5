import type { Target } from '../target.js';
import { failure, success } from './problem.js';
import type { Parsed } from './problem.js';

/** A `command` or `entrypoint` that is one text. No shell reads it: the tool splits it into words itself. */
export interface CommandLine {
  readonly words: readonly string[];
  /** Where docker compose stops reading: at the first `;`, `&`, `|`, `<` or `>` outside of quotes. What follows is dropped. */
  readonly dropped?: number;
}

/** Splits a text as go-shellwords does for docker compose, and as google/shlex does for a stack. */
export function parseCommandLine(text: string, target: Target): Parsed<CommandLine> {
  return target === 'compose' ? splitForCompose(text) : splitForStack(text);
}

const isSpace = (char: string): boolean => char === ' ' || char === '\t' || char === '\n' || char === '\r';

/** What stands open: a quote, a pair of backquotes, or `$(`. Within the last two, words go on over spaces. */
type Open = '"' | "'" | '`' | '$(' | undefined;

function splitForCompose(text: string): Parsed<CommandLine> {
  const words: string[] = [];
  let word: string | undefined;
  let open: Open;
  let openedAt = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\' && open !== "'") {
      if (at + 1 === text.length) return unfinished(text, at);
      word = (word ?? '') + text.charAt(++at);
      continue;
    }
    if (isSpace(char)) {
      if (open) word = (word ?? '') + char;
      else if (word !== undefined) {
        words.push(word);
        word = undefined;
      }
      continue;
    }
    const toggled = toggles(char, open, word);
    if (toggled === 'wrong') {
      return failure('A `(` outside of quotes opens nothing here; put it in quotes.', text, { start: at, end: at + 1 });
    }
    if (toggled) {
      open = open === toggled ? undefined : toggled;
      openedAt = at;
      word ??= '';
      if (toggled === '"' || toggled === "'") continue;
    } else if (!open && ';&|<>'.includes(char)) {
      // A number right before `>` belongs to the redirection.
      if (word !== undefined && !(char === '>' && /^\d/.test(word))) words.push(word);
      return success({ words, dropped: at });
    }
    word = (word ?? '') + char;
  }
  if (open) return unclosed(text, openedAt, open === '$(' && text.charAt(openedAt) === ')' ? ')' : open);
  if (word !== undefined) words.push(word);
  return success({ words });
}

/** What a character opens or closes. A `)` does so even where nothing was opened. */
function toggles(char: string, open: Open, word: string | undefined): Exclude<Open, undefined> | 'wrong' | undefined {
  switch (char) {
    case '"':
      return open === "'" || open === '$(' ? undefined : '"';
    case "'":
      return open === '"' || open === '$(' ? undefined : "'";
    case '`':
      return open === undefined || open === '`' ? '`' : undefined;
    case '(':
      if (open !== undefined && open !== '$(') return undefined;
      return open === undefined && word?.endsWith('$') === true ? '$(' : 'wrong';
    case ')':
      return open === undefined || open === '$(' ? '$(' : undefined;
    default:
      return undefined;
  }
}

function splitForStack(text: string): Parsed<CommandLine> {
  const words: string[] = [];
  let word: string | undefined;
  let open: '"' | "'" | undefined;
  let openedAt = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\' && open !== "'") {
      if (at + 1 === text.length) return open ? unclosed(text, openedAt, open) : unfinished(text, at);
      word = (word ?? '') + text.charAt(++at);
    } else if (open) {
      if (char === open) open = undefined;
      else word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      open = char;
      openedAt = at;
      word ??= '';
    } else if (isSpace(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (char === '#' && word === undefined) {
      const newline = text.indexOf('\n', at);
      at = newline < 0 ? text.length : newline;
    } else word = (word ?? '') + char;
  }
  if (open) return unclosed(text, openedAt, open);
  if (word !== undefined) words.push(word);
  return success({ words });
}

function unfinished(text: string, at: number): Parsed<never> {
  return failure('Nothing stands behind the last backslash.', text, { start: at, end: at + 1 });
}

function unclosed(text: string, at: number, open: string): Parsed<never> {
  const span = { start: at, end: at + 1 };
  if (open === ')') return failure('A `)` outside of quotes closes nothing here; put it in quotes.', text, span);
  const name = open === '$(' ? '`$(`' : open === '`' ? 'A backquote' : `\`${open}\``;
  return failure(`${name} is opened here and never closed.`, text, span);
}
