import { readFile } from '../../../server/src/compose/model/file.js';
import { checkShape } from '../../../server/src/compose/schema/check.js';
import type { ShapeFinding } from '../../../server/src/compose/schema/shapeFinding.js';
import { readSource } from '../../../server/src/compose/syntax/source.js';
import type { Target } from '../../../server/src/compose/target.js';

/** What the attribute table says of a file with these variables set. */
export function shapesOf(
  text: string,
  target: Target,
  {
    version,
    variables = {},
  }: { readonly version?: string; readonly variables?: Readonly<Record<string, string>> } = {},
): readonly ShapeFinding[] {
  const known = { lookup: (name: string) => variables[name], final: false };
  const file = readFile(readSource('file:///compose.yaml', text), target, known);
  return file.documents.flatMap((document) => checkShape(document, [], { target, version }));
}

/** A finding as `severity rule "text it is on"`. */
export function brief({ severity, rule, at }: ShapeFinding): string {
  return `${severity} ${rule} ${JSON.stringify(at.block.text.slice(at.start, at.end))}`;
}
