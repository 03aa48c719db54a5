import type { Span } from '../../text/span.js';
import type { Target } from '../target.js';
import type { Problem } from './problem.js';
import { parseTemplate } from './template.js';
import type { TemplatePart, VariablePart } from './template.js';

export interface Interpolated {
  readonly value: string;
  readonly changed: boolean;
  /** The variables whose values were looked up. */
  readonly used: readonly string[];
  /** Variables that have no value and no default and so became an empty text. */
  readonly unset: readonly string[];
  /** Variables without the value their `?` demands, with the author's message: the tool refuses the file. */
  readonly required: readonly RequiredVariable[];
  /** What the tool refuses. */
  readonly problems: readonly Problem[];
  /** What the tool accepts and reads in another way than it looks. */
  readonly traps: readonly Problem[];
}

export interface RequiredVariable extends Span {
  readonly name: string;
  readonly message: string;
}

/**
 * Puts the values of variables into a text, as the target's tool does. docker compose works out every default, alternative and message,
 * and so misses what is required there even where it takes another; `used` and `unset` count only what is taken.
 */
export function interpolate(text: string, target: Target, lookup: (name: string) => string | undefined): Interpolated {
  const used = new Set<string>();
  const unset = new Set<string>();
  const required: RequiredVariable[] = [];
  const { parts, problems, traps } = parseTemplate(text, target);

  const expand = (pieces: readonly TemplatePart[], taken: boolean): string =>
    pieces.map((part) => expandPart(part, taken)).join('');
  const expandPart = (part: TemplatePart, taken: boolean): string => {
    switch (part.kind) {
      case 'literal':
        return part.text;
      case 'escape':
        return '$';
      case 'invalid':
        return '';
      case 'variable':
        return expandVariable(part, taken);
    }
  };
  const expandVariable = (part: VariablePart, taken: boolean): string => {
    const { name, operator = '', argument = [] } = part;
    const value = part.misread ? undefined : lookup(name);
    if (!part.misread && taken) used.add(name);
    const missing = value === undefined || (operator.startsWith(':') && value === '');
    const other = expand(argument, taken && missing !== operator.endsWith('+'));
    switch (operator) {
      case ':-':
      case '-':
        return missing ? other : value;
      case ':+':
      case '+':
        return missing ? '' : other;
      case ':?':
      case '?':
        if (!missing) return value;
        if (!part.ignored) required.push({ name, message: other, start: part.start, end: part.end });
        return '';
      case '':
        if (value === undefined && taken) unset.add(name);
        return value ?? '';
    }
  };

  const value = expand(parts, true);
  return { value, changed: value !== text, used: [...used], unset: [...unset], required, problems, traps };
}
