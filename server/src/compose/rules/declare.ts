import type { Edit } from '../../text/edit.js';
import type { FileModel } from '../model/file.js';
import { resourceSections, type Resource } from '../model/resource.js';
import { get, members, type Member } from '../model/value.js';
import { addEntries, type Tree } from '../syntax/edits.js';
import { entryAt } from '../syntax/find.js';
import type { Block } from '../syntax/tree.js';
import type { Target } from '../target.js';
import { fix } from './fixes.js';
import type { Fix } from './rule.js';

/** What a service uses and no file declares. */
export interface Missing {
  readonly resource: Resource['kind'];
  readonly name: string;
}

/**
 * Declares what is missing: below the headings that are there, else at the end of the file. Undefined where there is no safe place
 * for all of it. Not preferred where what a declaration says is a guess, as a secret's file is.
 */
export function declare(file: FileModel, missing: readonly Missing[], title: string, target: Target): Fix | undefined {
  const last = file.source.blocks.at(-1)?.block;
  // docker stack has read the first document alone.
  if (!last || file.source.blocks.some(({ document }) => document > 0)) return undefined;
  const fixes: Fix[] = [];
  for (const resource of new Set(missing.map((it) => it.resource))) {
    const names = missing.filter((it) => it.resource === resource).map(({ name }) => name);
    const tree = Object.fromEntries(names.map((name) => [name, contents({ resource, name }, target)]));
    const section = resourceSections[resource];
    const heading = file.documents[0]?.members.get(section);
    // Another file takes away what stands here.
    if (names.some((name) => get(heading?.value, name))) return undefined;
    const edits = heading ? below(heading, tree) : atEnd(last, section, tree);
    if (!edits || !names.every((name) => /^[a-zA-Z0-9._-]+$/.test(name))) return undefined;
    fixes.push(fix(heading ? heading.keyAt.block : last, title, edits));
  }
  return { title, edits: fixes.flatMap(({ edits }) => edits), preferred: missing.every(needsNothing) };
}

/** Whether its name is all that a declaration has to say. */
export function needsNothing({ resource }: Missing): boolean {
  return resource === 'network' || resource === 'volume';
}

type Declarations = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What a new one says. */
function contents({ resource, name }: Missing, target: Target): Readonly<Record<string, string>> {
  if (needsNothing({ resource, name })) return {};
  if (resource === 'model') return { model: `ai/${name}` };
  return target === 'stack' ? { external: 'true' } : { file: `./${name}` };
}

function below({ keyAt, value }: Member, tree: Declarations): readonly Edit[] | undefined {
  const { block, start } = keyAt;
  const { text } = block;
  const own = entryAt(block, start);
  if (!own || block.path.length > 0) return undefined;
  if (own.entry.value.kind === 'map') return addEntries(text, own.entry.value, written(tree));
  if (own.entry.value.kind !== 'scalar' || own.entry.value.end > own.entry.value.start) return undefined;
  // Entries of a section stand in blocks of their own, below the line of its heading.
  const [first] = members(value);
  const indent = first && first.keyAt.block.path.length > 0 ? columnOf(first.keyAt.block, first.keyAt.start) : 2;
  const newline = text.indexOf('\n', start);
  const end = newline < 0 ? text.length : text.charAt(newline - 1) === '\r' ? newline - 1 : newline;
  return [{ start: end, end, text: lines(tree, indent) }];
}

/** An empty mapping is written out where its mapping may be in braces. */
function written(tree: Declarations): Tree {
  return Object.fromEntries(
    Object.entries(tree).map(([name, said]) => [name, Object.keys(said).length > 0 ? said : '{}']),
  );
}

function atEnd(block: Block, section: string, tree: Declarations): readonly Edit[] | undefined {
  if (/^(?:---|\.\.\.)/m.test(block.text) && block.root === undefined) return undefined;
  const end = block.text.trimEnd().length;
  return [{ start: end, end, text: `${end === 0 ? '' : '\n'}${section}:${lines(tree, 2)}` }];
}

function lines(tree: Declarations, indent: number): string {
  return Object.entries(tree)
    .map(([name, said]) => {
      const rest = Object.entries(said).map(([key, text]) => `\n${' '.repeat(indent + 2)}${key}: ${text}`);
      return `\n${' '.repeat(indent)}${name}:${rest.join('')}`;
    })
    .join('');
}

function columnOf({ text }: Block, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}
