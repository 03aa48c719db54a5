import type { Span } from '../../text/span.js';
import { refuses, type Target } from '../target.js';
import type { Problem } from './problem.js';
import { composeOperators, explain, stackOperators } from './templateFault.js';

/** A text with variables, taken apart. All offsets count from the start of the text. */
export interface Template {
  readonly parts: readonly TemplatePart[];
  /** What the tool refuses. */
  readonly problems: readonly Problem[];
  /** What the tool accepts and reads in another way than it looks. */
  readonly traps: readonly Problem[];
}

export type TemplatePart = LiteralPart | EscapePart | InvalidPart | VariablePart;

export interface LiteralPart extends Span {
  readonly kind: 'literal';
  readonly text: string;
}

/** `$$`, which stands for a plain `$`. */
export interface EscapePart extends Span {
  readonly kind: 'escape';
}

/** A `$` that starts nothing. What follows it is read on. */
export interface InvalidPart extends Span {
  readonly kind: 'invalid';
}

/** `$NAME`, `${NAME}` or `${NAME` operator argument `}`. */
export interface VariablePart extends Span {
  readonly kind: 'variable';
  readonly name: string;
  readonly nameSpan: Span;
  readonly braced: boolean;
  readonly operator?: Operator;
  /** The default, the alternative or the message. docker stack takes it literally, so there it is one literal part. */
  readonly argument?: readonly TemplatePart[];
  /** docker stack only: it looks for a variable of another, impossible name, so the value is always missing. */
  readonly misread: boolean;
  /** docker stack only: a later variable in the same text makes it forget that this one is required. */
  readonly ignored: boolean;
}

export type Operator = ':-' | '-' | ':?' | '?' | ':+' | '+';

/** Takes a text with variables apart, as the target's tool does. */
export function parseTemplate(text: string, target: Target): Template {
  if (!text.includes('$')) return { parts: literal(text, 0, text.length), problems: [], traps: [] };
  return target === 'compose' ? parseForCompose(text) : parseForStack(text);
}

/** Every variable of a template, those in arguments included. */
export function* variablesOf(parts: readonly TemplatePart[]): Iterable<VariablePart> {
  for (const part of parts) {
    if (part.kind !== 'variable') continue;
    yield part;
    yield* variablesOf(part.argument ?? []);
  }
}

/** Defaults within defaults beyond which nothing is read: no person writes them, and each is a call within a call. */
const deepest = 200;

function parseForCompose(text: string): Template {
  const problems: Problem[] = [];

  const parse = (start: number, end: number, depth: number): TemplatePart[] =>
    depth > deepest ? literal(text, start, end) : split(text, start, end, (at) => substitution(at, end, depth));

  const substitution = (at: number, end: number, depth: number): TemplatePart | undefined => {
    if (text[at + 1] !== '{') {
      const name = nameAt(text, at + 1);
      return name && variable(at, name.end, name, false);
    }
    const name = nameAt(text, at + 2);
    if (!name || name.end >= end) return invalid(at, end);
    if (text[name.end] === '}') return variable(at, name.end + 1, name, true);
    const operator = operatorAt(text, name.end, composeOperators);
    if (!operator) return invalid(at, end);
    const argument = name.end + operator.length;
    const newline = text.indexOf('\n', argument);
    const lineEnd = newline === -1 ? end : Math.min(newline, end);
    const last = text.lastIndexOf('}', lineEnd - 1);
    if (last < argument) return invalid(at, end);
    const close = closingBrace(text, at, last) ?? last;
    return { ...variable(at, close + 1, name, true), operator, argument: parse(argument, close, depth + 1) };
  };

  const invalid = (at: number, end: number): InvalidPart => {
    const problem = explain(text, at, end, 'compose');
    problems.push({ ...problem, message: `${problem.message} ${refuses.compose}.` });
    return invalidPart(at);
  };

  return { parts: parse(0, text.length, 0), problems, traps: [] };

  function variable(start: number, end: number, nameSpan: Span, braced: boolean): VariablePart {
    const name = text.slice(nameSpan.start, nameSpan.end);
    return { kind: 'variable', start, end, name, nameSpan, braced, misread: false, ignored: false };
  }
}

/**
 * The brace that closes the one after the `$` at `start`, at or before `last`. As in docker compose the character after an
 * opening brace is not looked at, so `${A:-{}}` finds none; the last brace on the line closes it then.
 */
function closingBrace(text: string, start: number, last: number): number | undefined {
  let depth = 0;
  for (let at = start; at <= last; at++) {
    if (text[at] === '}' && --depth === 0) return at;
    if (text[at] === '{') {
      depth++;
      at++;
    }
  }
  return undefined;
}

function parseForStack(text: string): Template {
  const traps: Problem[] = [];
  const problems: Problem[] = [];

  const substitution = (at: number): TemplatePart => {
    const braced = text[at + 1] === '{';
    const name = nameAt(text, at + (braced ? 2 : 1));
    if (!name) return invalidPart(at);
    const operator = operatorAt(text, name.end, stackOperators);
    const brace = text.indexOf('}', name.end);
    if (braced && (operator ? brace === -1 : brace !== name.end)) return invalidPart(at);
    const close = !operator ? name.end : brace === -1 ? text.length : brace;
    return variable(at, name, close, braced, operator);
  };

  const variable = (
    start: number,
    nameSpan: Span,
    close: number,
    braced: boolean,
    written?: Operator,
  ): VariablePart => {
    const end = braced ? close + 1 : close;
    const name = text.slice(nameSpan.start, nameSpan.end);
    const plain = { kind: 'variable', start, end, name, nameSpan, braced, misread: false, ignored: false } as const;
    if (!written) return plain;
    const tail = text.slice(nameSpan.end, close);
    const operator = stackOperators.find((it) => tail.includes(it)) ?? written;
    const offset = tail.indexOf(operator);
    const argument = literal(text, nameSpan.end + offset + operator.length, close);
    return { ...plain, operator, argument, misread: offset > 0 };
  };

  const parts = split(text, 0, text.length, substitution);
  const lastVariable = parts.findLastIndex((part) => part.kind === 'variable');
  const forgetful = parts.map((part, index) => {
    const forgotten = index < lastVariable;
    if (part.kind === 'invalid') {
      const problem = explain(text, part.start, text.length, 'stack');
      const consequence = forgotten ? 'drops this `$` without a word' : 'refuses the file';
      (forgotten ? traps : problems).push({ ...problem, message: `${problem.message} docker stack ${consequence}.` });
    }
    if (part.kind !== 'variable') return part;
    traps.push(...stackTraps(text, part, forgotten));
    return { ...part, ignored: forgotten };
  });
  return { parts: forgetful, problems, traps };
}

function* stackTraps(text: string, part: VariablePart, forgotten: boolean): Iterable<Problem> {
  if (!part.operator) return;
  const { name, operator, nameSpan } = part;
  const argument = (part.argument ?? []).map((it) => text.slice(it.start, it.end)).join('');
  const written = text.slice(part.start, part.end);
  if (!part.braced) {
    const swallowed = text.slice(nameSpan.end, part.end);
    const message = `docker stack reads \`${swallowed}\` as part of the variable: write \`\${${name}}\` to end the name.`;
    yield { ...spanOf(part), message };
  } else if (part.misread) {
    const message = `docker stack splits \`${written}\` at \`${operator}\` and so never finds the variable \`${name}\`.`;
    yield { ...spanOf(part), message };
  } else if (operator.endsWith('-') && argument.includes('$')) {
    const message = `docker stack takes the default \`${argument}\` literally: it expands no variable inside another.`;
    yield { ...spanOf(part), message };
  }
  if (forgotten && operator.endsWith('?')) {
    const message = `docker stack checks only the last variable of a text: it does not notice when \`${name}\` is missing.`;
    yield { ...spanOf(part), message };
  }
}

/** Cuts a text at each `$`; where `substitution` finds nothing the `$` is an ordinary character. */
function split(
  text: string,
  start: number,
  end: number,
  substitution: (at: number) => TemplatePart | undefined,
): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let done = start;
  let at = text.indexOf('$', start);
  while (at !== -1 && at < end) {
    const escaped = text[at + 1] === '$' && at + 1 < end;
    const part = escaped ? ({ kind: 'escape', start: at, end: at + 2 } as const) : substitution(at);
    if (part) {
      parts.push(...literal(text, done, at), part);
      done = part.end;
    }
    at = text.indexOf('$', part ? done : at + 1);
  }
  parts.push(...literal(text, done, end));
  return parts;
}

function invalidPart(at: number): InvalidPart {
  return { kind: 'invalid', start: at, end: at + 1 };
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

function literal(text: string, start: number, end: number): LiteralPart[] {
  return start < end ? [{ kind: 'literal', text: text.slice(start, end), start, end }] : [];
}

function nameAt(text: string, at: number): Span | undefined {
  // With `u`, case folds as in Go.
  const pattern = /[_a-z][_a-z0-9]*/iuy;
  pattern.lastIndex = at;
  return pattern.test(text) ? { start: at, end: pattern.lastIndex } : undefined;
}

function operatorAt(text: string, at: number, operators: readonly Operator[]): Operator | undefined {
  return operators.find((it) => text.startsWith(it, at));
}
