import type { Place } from '../model/value.js';
import { parseTemplate, variablesOf, type VariablePart } from '../model/template.js';
import type { Project } from '../model/project.js';
import { blockAt } from '../syntax/source.js';
import { nodesIn, type Block, type ScalarNode } from '../syntax/tree.js';
import type { Target } from '../target.js';

/** A variable where a value uses it: `$NAME`, `${NAME}` and so on. */
export interface VariableUse {
  readonly name: string;
  /** The name alone. */
  readonly at: Place;
  readonly operator: VariablePart['operator'];
}

/** The variable that is named at an offset of a file; undefined where none is. */
export function variableAt(project: Project, uri: string, offset: number): VariableUse | undefined {
  const file = project.files.get(uri);
  const found = file && blockAt(file.source, offset);
  if (!found) return undefined;
  const cursor = offset - found.start;
  for (const use of variablesIn(found.block, project.target)) {
    if (use.at.start <= cursor && cursor <= use.at.end) return use;
  }
  return undefined;
}

/** Every place of a project that uses a variable, in the order of the files. */
export function variableUses(project: Project, name: string): readonly VariableUse[] {
  return Array.from(project.files.values(), ({ source }) => source.blocks)
    .flat()
    .filter(({ block }) => block.text.includes(name))
    .flatMap(({ block }) => [...variablesIn(block, project.target)])
    .filter((use) => use.name === name);
}

/** The variables in the values of a block. */
export function* variablesIn(block: Block, target: Target): Iterable<VariableUse> {
  if (!block.text.includes('$')) return;
  for (const node of nodesIn(block.root)) {
    if (node.kind === 'scalar' && node.text.includes('$')) yield* inScalar(block, node, target);
  }
}

/** Read from the text as it is written: what escapes and folding change in it is no part of a variable. */
function* inScalar(block: Block, { start, end, style }: ScalarNode, target: Target): Iterable<VariableUse> {
  const isBlock = style === 'literal' || style === 'folded';
  const from = isBlock ? block.text.indexOf('\n', start) + 1 : start;
  for (const { name, nameSpan, operator } of variablesOf(parseTemplate(block.text.slice(from, end), target).parts)) {
    yield { name, operator, at: { block, start: from + nameSpan.start, end: from + nameSpan.end } };
  }
}
