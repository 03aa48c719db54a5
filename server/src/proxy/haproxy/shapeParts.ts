import { didYouMean } from '../../text/words.js';
import { closest } from '../closest.js';
import type { Word } from '../word.js';

/** What is wrong with the words after a keyword; `at` is undefined where one is missing. */
export interface ShapeFault {
  readonly at?: Word;
  readonly message: string;
  /** HAProxy takes the line, and not as it is meant. */
  readonly lenient?: true;
}

/** Reads words from an index on: the index after those it took, or what is wrong with them. */
export type Part = (words: readonly Word[], index: number) => number | ShapeFault;

/** Finds what HAProxy refuses in the words after a keyword; undefined for what is right or not known. */
export function faultOf(shape: readonly Part[], words: readonly Word[]): ShapeFault | undefined {
  // One quoted variable may stand for several words.
  if (words.some(({ value }) => value.includes('[*]'))) return undefined;
  let index = 0;
  for (const part of shape) {
    const next = part(words, index);
    if (typeof next !== 'number') return next;
    index = next;
  }
  const extra = words[index];
  return extra && { at: extra, message: `\`${extra.value}\` is one word too many` };
}

/** One word of each kind. */
export const word: Part = one('a value', () => true);
export const number: Part = one('a number', (text) => /^-?\d+$/.test(text));
export const time: Part = one('a time such as `30s`', isTime);
export const size: Part = one('a size such as `10m`', (text) => /^\d+[kmgKMG]?$/.test(text));
/** Whatever stands there, for other rules to judge. */
export const judged: Part = (words, index) => Math.min(index + 1, words.length);
/** Words that HAProxy does not look at. */
export const ignored: Part = (words, index) => {
  const found = words[index];
  return found ? { at: found, message: `\`${found.value}\` is ignored`, lenient: true } : index;
};
/** All that is left. */
export const rest: Part = (words) => words.length;

/** A time that HAProxy reads: a whole number with `us`, `ms`, `s`, `m`, `h` or `d`. */
function isTime(text: string): boolean {
  return /^\d+(?:$|us|[smhd])/.test(text);
}

function one(what: string, fits: (text: string) => boolean): Part {
  return (words, index) => {
    const found = words[index];
    if (found === undefined) return { message: `${what} is missing` };
    return fits(found.value) || isOpen(found) ? index + 1 : { at: found, message: `\`${found.value}\` is not ${what}` };
  };
}

/** A number that HAProxy reads as far as it is one. */
export const begun: Part = (words, index) => {
  const fault = number(words, index);
  const found = words[index];
  if (typeof fault === 'number' || !found) return fault;
  const read = /^-?\d+/.exec(found.value)?.[0] ?? '0';
  return { at: found, message: `\`${found.value}\` is read as ${read}`, lenient: true };
};

/** One of some words, which are parted by blanks here. */
export function oneOf(list: string): Part {
  const names = list.split(' ');
  return (words, index) => {
    const found = words[index];
    if (found === undefined) return { message: `one of ${quoted(names)} is missing` };
    return names.includes(found.value) || isOpen(found) ? index + 1 : unknown(found, names);
  };
}

/** The part, where anything is left. */
export function maybe(part: Part): Part {
  return (words, index) => (index < words.length ? part(words, index) : index);
}

/** Names in any order, each with the values after it: `domain=word` for one. */
export function options(list: string): Part {
  const named = new Map(
    list.split(' ').map((text) => {
      const [name = '', kind] = text.split('=');
      return [name, kind === undefined ? [] : kind.split('+').map((it) => parts[it] ?? word)] as const;
    }),
  );
  return (words, start) => {
    let index = start;
    for (let found = words[index]; found && !isCondition(found); found = words[index]) {
      const values = named.get(found.value);
      if (!values) return isOpen(found) ? words.length : unknown(found, [...named.keys()]);
      index++;
      for (const value of values) {
        const next = value(words, index);
        if (typeof next !== 'number')
          return next.at ? next : { at: found, message: `after \`${found.value}\` ${next.message}` };
        index = next;
      }
    }
    return index;
  };
}

function isCondition({ value, quote }: Word): boolean {
  return quote === undefined && (value === 'if' || value === 'unless');
}

/** `if` or `unless` with a condition, or nothing. */
export const condition: Part = (words, index) => {
  const found = words[index];
  if (found === undefined) return index;
  if (!isCondition(found))
    return { at: found, message: `\`if\` or \`unless\` has to stand in the place of \`${found.value}\`` };
  return index + 1 < words.length
    ? words.length
    : { at: found, message: `the condition after \`${found.value}\` is missing`, lenient: true };
};

const parts: Readonly<Record<string, Part>> = {
  word,
  number: begun,
  time,
  size,
  lax: judged,
  octal: one('a mode such as `660`', (text) => /^-?[0-7]+$/.test(text)),
  level: oneOf('user operator admin'),
};

function unknown(found: Word, names: readonly string[]): ShapeFault {
  const meant = closest(found.value, names);
  const known = meant === undefined && names.length <= 12 ? `; it knows ${quoted(names)}` : '';
  return {
    at: found,
    message: `\`${found.value}\` is not known here${meant ? `.${didYouMean(meant)}` : known}`,
  };
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

/** What a variable, or a format, will be is known to HAProxy only. */
function isOpen({ value }: Word): boolean {
  return /\$|%\[/.test(value);
}
