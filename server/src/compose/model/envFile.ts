import type { Span } from '../../text/span.js';
import { parseDotenv } from './dotenv.js';
import type { Problem } from './problem.js';

/** `dotenv` is docker compose's own format, also of `.env`; `raw` is that of docker stack and of `format: raw`. */
export type EnvFormat = 'dotenv' | 'raw';

/** The variables of a file in the order they stand, with all that is wrong. Offsets count from the start of the file. */
export interface EnvFile {
  readonly entries: readonly EnvEntry[];
  /** Each makes the tool refuse the file. */
  readonly problems: readonly Problem[];
  /** What the tool accepts and reads in another way than it looks. */
  readonly traps: readonly Problem[];
}

export interface EnvEntry {
  readonly name: string;
  readonly nameSpan: Span;
  /** Without quotes and with variables filled in; absent when the name stands alone and the environment has no such variable. */
  readonly value?: string;
  /** As written, with quotes; absent when the name stands alone. */
  readonly valueSpan?: Span;
}

/**
 * Reads a file of `KEY=VALUE` lines. `lookup` knows the environment: it gives names without a value theirs, and to variables in
 * dotenv values before the file's own earlier lines do.
 */
export function parseEnvFile(text: string, format: EnvFormat, lookup: (name: string) => string | undefined): EnvFile {
  return format === 'dotenv' ? parseDotenv(text, lookup) : parseRaw(text, lookup);
}

/** What the file sets: the last line of a name counts. */
export function valuesOf({ entries }: EnvFile): ReadonlyMap<string, string> {
  const set = entries.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]));
  return new Map(set);
}

function parseRaw(text: string, lookup: (name: string) => string | undefined): EnvFile {
  const entries: EnvEntry[] = [];
  const problems: Problem[] = [];
  const traps: Problem[] = [];
  for (const { 0: line, index } of text.matchAll(/[^\n]+/g)) {
    const content = line.replace(/\r$/, '');
    const start = index + content.length - content.trimStart().length;
    const end = index + content.length;
    if (start === end || text[start] === '#') continue;
    const equals = content.indexOf('=');
    const nameSpan = { start, end: equals === -1 ? end : index + equals };
    const name = text.slice(nameSpan.start, nameSpan.end);
    if (name === '') {
      problems.push({ message: 'There is no name before the `=`.', start, end });
    } else if (/[ \t]/.test(name)) {
      problems.push({ message: `The name \`${name}\` has a blank in it.`, ...nameSpan });
    } else if (equals === -1) {
      const value = lookup(name);
      entries.push({ name, nameSpan, ...(value !== undefined && { value }) });
    } else {
      const valueSpan = { start: nameSpan.end + 1, end };
      const value = text.slice(valueSpan.start, valueSpan.end);
      entries.push({ name, nameSpan, value, valueSpan });
      const trap = rawTrap(name, value);
      if (trap) traps.push({ message: trap, ...valueSpan });
    }
  }
  return { entries, problems, traps };
}

/** What docker compose would read in another way than it stands. */
function rawTrap(name: string, value: string): string | undefined {
  const quote = /^(["'])(?:.*)\1\s*$/s.exec(value)?.[1];
  if (quote !== undefined) return `The quotes become part of the value of \`${name}\`.`;
  const comment = /\s#.*$/.exec(value)?.[0].trim();
  if (comment !== undefined) return `\`${comment}\` is no comment but part of the value of \`${name}\`.`;
  const variable = /\$(?:\{[A-Za-z_][^}]*\}|[A-Za-z_]\w*)/.exec(value)?.[0];
  return variable === undefined ? undefined : `\`${variable}\` in \`${name}\` is not filled in.`;
}
