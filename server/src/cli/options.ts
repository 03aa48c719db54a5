import { parseArgs } from 'node:util';
import type { Severity } from '../compose/rules/rule.js';
import type { Target } from '../compose/target.js';

export interface CheckOptions {
  readonly paths: readonly string[];
  /** Files that are one project, in their order. */
  readonly files: readonly string[];
  readonly target: Target | 'auto';
  readonly format: 'text' | 'json' | 'sarif' | 'github';
  readonly minSeverity: Severity;
}

/** Least severe last. */
export const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** Reads the arguments of `check`; a text says what is wrong with them. */
export function checkOptions(args: readonly string[]): CheckOptions | string {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        file: { type: 'string', short: 'f', multiple: true, default: [] },
        target: { type: 'string', default: 'auto' },
        format: { type: 'string', default: 'text' },
        'min-severity': { type: 'string', default: 'hint' },
      },
    });
  } catch (error) {
    // Node goes on with how to name a file that looks like an option.
    return error instanceof Error ? error.message.replace(/\. To specify.*/, '.') : String(error);
  }
  const { values, positionals } = parsed;
  const target = oneOf(values.target, ['auto', 'compose', 'stack'] as const);
  const format = oneOf(values.format, ['text', 'json', 'sarif', 'github'] as const);
  const minSeverity = oneOf(values['min-severity'], severities);
  if (!target) return `--target takes auto, compose or stack, not ${values.target}.`;
  if (!format) return `--format takes text, json, sarif or github, not ${values.format}.`;
  if (!minSeverity) return `--min-severity takes error, warning, info or hint, not ${values['min-severity']}.`;
  if (positionals.length === 0 && values.file.length === 0) return 'Name at least one file, folder or glob to check.';
  return { paths: positionals, files: values.file, target, format, minSeverity };
}

function oneOf<T extends string>(value: string, choices: readonly T[]): T | undefined {
  return choices.find((choice) => choice === value);
}
