import type { Span } from '../../text/span.js';
import { isIpAddress } from './port.js';
import { failure, success } from './problem.js';
import type { Parsed } from './problem.js';

/** A placement constraint of a stack, `KEY==VALUE` or `KEY!=VALUE`. Offsets count from the start of the text. */
export interface Constraint {
  readonly key: string;
  readonly keySpan: Span;
  readonly operator: '==' | '!=';
  readonly value: string;
  readonly valueSpan: Span;
}

/** Keys that a node can match; below the last two any label. Swarm accepts others, and no node ever matches them. */
export const constraintKeys = [
  'node.id',
  'node.hostname',
  'node.ip',
  'node.role',
  'node.platform.os',
  'node.platform.arch',
  'node.labels.',
  'engine.labels.',
] as const;

/** Reads an item of `placement.constraints` as swarm does. */
export function parseConstraint(text: string): Parsed<Constraint> {
  const operator = text.includes('==') ? '==' : text.includes('!=') ? '!=' : undefined;
  if (operator === undefined) {
    const single = /[=<>~]+/.exec(text);
    const span = single ? { start: single.index, end: single.index + single[0].length } : undefined;
    return failure(`\`${text}\` is no constraint: it compares with \`==\` or \`!=\`.`, text, span);
  }
  const at = text.indexOf(operator);
  const keySpan = trimmed(text, 0, at);
  const valueSpan = trimmed(text, at + operator.length, text.length);
  const key = text.slice(keySpan.start, keySpan.end);
  const value = text.slice(valueSpan.start, valueSpan.end);
  if (!/^[a-z_][a-z0-9\-_.]+$/i.test(key)) {
    const form = 'letters, digits, `-`, `_` and `.`';
    return failure(`\`${key}\` cannot be the key of a constraint: ${form} can.`, text, keySpan);
  }
  if (!/^[a-z0-9:\-_\s.*()?+[\]\\^$|/]+$/i.test(value)) {
    const message = value ? `\`${value}\` cannot be the value of a constraint.` : `\`${text}\` has no value.`;
    return failure(message, text, value ? valueSpan : undefined);
  }
  return success({ key, keySpan, operator, value, valueSpan });
}

/** Whether a node can ever match the key. Its case does not matter, but that of a label's name does. */
export function isConstraintKey(key: string): boolean {
  const lower = key.toLowerCase();
  return constraintKeys.some((known) =>
    known.endsWith('.') ? lower.startsWith(known) && lower !== known : lower === known,
  );
}

/** Why no node can match the value of the key; undefined where one can. */
export function constraintValueProblem({ key, value }: Constraint): string | undefined {
  const lower = key.toLowerCase();
  if (lower === 'node.role' && !/^(?:manager|worker)$/i.test(value)) return 'A node is a `manager` or a `worker`.';
  if (lower !== 'node.ip') return undefined;
  const [address = '', bits] = value.split('/');
  const largest = address.includes(':') ? 128 : 32;
  const inRange = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= largest);
  return isIpAddress(address) && inRange ? undefined : 'It takes an IP address or a subnet such as `10.0.0.0/8`.';
}

function trimmed(text: string, start: number, end: number): Span {
  const part = text.slice(start, end);
  const first = start + part.length - part.trimStart().length;
  return { start: first, end: first + part.trim().length };
}
