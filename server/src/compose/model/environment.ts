import type { Span } from '../../text/span.js';
import type { Target } from '../target.js';
import { failure, success } from './problem.js';
import type { Parsed } from './problem.js';

/** An item of a list of settings: `KEY=VALUE`, or `KEY` alone. */
export interface Assignment {
  readonly name: string;
  readonly nameSpan: Span;
  /** Absent where the name stands alone: the environment's value for a variable, an empty text for a label. */
  readonly value?: string;
  readonly valueSpan?: Span;
}

/** Reads an item of `environment` (docker compose refuses a blank before the `=`), `labels`, `args` or `sysctls`. */
export function parseAssignment(text: string, target: Target): Parsed<Assignment> {
  const equals = text.indexOf('=');
  const nameSpan = { start: 0, end: equals === -1 ? text.length : equals };
  const name = text.slice(0, nameSpan.end);
  if (target === 'compose' && /\s$/.test(name)) {
    const span = { start: name.trimEnd().length, end: name.length };
    return failure(`The name \`${name.trimEnd()}\` has a blank behind it, which would be part of it.`, text, span);
  }
  if (equals === -1) return success({ name, nameSpan });
  return success({
    name,
    nameSpan,
    value: text.slice(equals + 1),
    valueSpan: { start: equals + 1, end: text.length },
  });
}
