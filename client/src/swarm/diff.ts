import { imageAsWritten } from './stackFields.js';
import type { SpecFields } from './specFields.js';

/** What deploying would change. Services that stay as they are, are not in it. */
export interface StackDiff {
  readonly added: readonly string[];
  readonly changed: readonly { readonly service: string; readonly fields: readonly FieldChange[] }[];
  /** Run and are no longer in the file: removed only with `--prune`. */
  readonly removed: readonly string[];
}

export interface FieldChange {
  readonly field: string;
  /** Undefined where the field comes or goes. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export function diffStack(
  desired: ReadonlyMap<string, SpecFields>,
  running: ReadonlyMap<string, SpecFields>,
): StackDiff {
  const changed = [...desired].flatMap(([service, shape]) => {
    const now = running.get(service);
    const fields = now ? changesOf(now, shape) : [];
    return fields.length > 0 ? [{ service, fields }] : [];
  });
  return {
    added: [...desired.keys()].filter((name) => !running.has(name)).sort(),
    changed: changed.sort((a, b) => a.service.localeCompare(b.service)),
    removed: [...running.keys()].filter((name) => !desired.has(name)).sort(),
  };
}

function changesOf(now: SpecFields, then: SpecFields): readonly FieldChange[] {
  const fields = [...new Set([...now.keys(), ...then.keys()])].filter((field) => now.get(field) !== then.get(field));
  // It is another text for the same image, or else says nothing more than the image does.
  const told = fields.includes('image') ? fields.filter((field) => field !== imageAsWritten) : fields;
  return told.map((field) => ({ field, from: now.get(field), to: then.get(field) }));
}

/** One line per change, for people. Values of variables are not told: passwords are among them. */
export function describeDiff({ added, changed, removed }: StackDiff, prune: boolean): readonly string[] {
  return [
    ...added.map((name) => `+ ${name}: new`),
    ...changed.flatMap(({ service, fields }) => fields.map((change) => `~ ${service}: ${describeChange(change)}`)),
    ...removed.map((name) =>
      prune ? `- ${name}: removed, it is not in the file` : `  ${name}: stays, though it is not in the file`,
    ),
  ];
}

/** Where passwords are found: which of them changes is told, and not to what. */
const secretive = /^(?:environment\.|logging\.options\.|volumes\..*\.driver$)/;

function describeChange({ field, from, to }: FieldChange): string {
  const what = field.startsWith('environment.') ? `variable ${field.slice('environment.'.length)}` : field;
  if (secretive.test(field)) return `${what} ${from === undefined ? 'is new' : to === undefined ? 'goes' : 'changes'}`;
  return `${what} ${from ?? '(nothing)'} → ${to ?? '(nothing)'}`;
}
