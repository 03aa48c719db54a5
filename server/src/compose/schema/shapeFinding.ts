import type { Place } from '../model/value.js';

export type ShapeRule =
  | 'deprecated-key'
  | 'duplicate-item'
  | 'ignored-in-compose'
  | 'ignored-in-stack'
  | 'invalid-value'
  | 'misplaced-key'
  | 'missing-key'
  | 'needs-newer-format'
  | 'not-in-stack'
  | 'unknown-key'
  | 'wrong-type';

export interface ShapeFinding {
  readonly rule: ShapeRule;
  /** `error` where the target's tool refuses the file, `info` for what a file for both tools has, else `warning`. */
  readonly severity: 'error' | 'warning' | 'info';
  readonly at: Place;
  /** Whole sentences. */
  readonly message: string;
  readonly path: readonly (string | number)[];
  readonly data?: ShapeData;
  /** Whether docker compose refuses it as soon as it reads a file, before files are brought together. */
  readonly readFirst?: boolean;
}

/** What a quick fix needs. */
export interface ShapeData {
  /** Keys or values that were probably meant, the likeliest first. */
  readonly candidates?: readonly string[];
  /** Where the key belongs, from the entry that holds it: `deploy.resources`. */
  readonly belongs?: string;
  /** The stack file format that takes it. */
  readonly format?: string;
  /** The edit that would make the value the right type. */
  readonly cure?: 'quote' | 'unquote' | 'list' | 'remove';
  /** The earlier one of two equal items. */
  readonly first?: Place;
  /** The keys that are missing. */
  readonly missing?: readonly string[];
}
