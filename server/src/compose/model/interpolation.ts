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

/** Puts the values of variables into a text, as the target's tool does. A default counts as used only where it is taken. */
export function interpolate(text: string, target: Target, lookup: (name: string) => string | undefined): Interpolated {
  const used = new Set<string>();
  const unset = new Set<string>();
  const required: RequiredVariable[] = [];
  const { parts, problems, traps } = parseTemplate(text, target);

  const expand = (pieces: readonly TemplatePart[]): string => pieces.map(expandPart).join('');
  const expandPart = (part: TemplatePart): string => {
    switch (part.kind) {
      case 'literal':
        return part.text;
      case 'escape':
        return '$';
      case 'invalid':
        return '';
      case 'variable':
        return expandVariable(part);
    }
  };
  const expandVariable = (part: VariablePart): string => {
    const { name, operator = '', argument = [] } = part;
    const value = part.misread ? undefined : lookup(name);
    if (!part.misread) used.add(name);
    const missing = value === undefined || (operator.startsWith(':') && value === '');
    switch (operator) {
      case ':-':
      case '-':
        return missing ? expand(argument) : value;
      case ':+':
      case '+':
        return missing ? '' : expand(argument);
      case ':?':
      case '?':
        if (!missing) return value;
        if (!part.ignored) required.push({ name, message: expand(argument), start: part.start, end: part.end });
        return '';
      case '':
        if (value === undefined) unset.add(name);
        return value ?? '';
    }
  };

  const value = expand(parts);
  return { value, changed: value !== text, used: [...used], unset: [...unset], required, problems, traps };
}
