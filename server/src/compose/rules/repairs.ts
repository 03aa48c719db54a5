import type { Edit } from '../../text/edit.js';
import type { FileModel } from '../model/file.js';
import type { Project } from '../model/project.js';
import { resourceSections } from '../model/resource.js';
import { get, members, type Member, type Place } from '../model/value.js';
import { nearest } from '../schema/distance.js';
import { addEntries, entryAt, type Tree } from '../syntax/edits.js';
import type { Block } from '../syntax/tree.js';
import type { Target } from '../target.js';
import { fix, replaceWord } from './fixes.js';
import type { Finding, Fix, Repair } from './rule.js';

/** Every fix of a finding: its own, and those that change another part of its file, which are made when they are asked for. */
export function fixesOf({ fixes = [], repair, at }: Finding, project: Project): readonly Fix[] {
  const file = project.files.get(at.block.uri);
  if (!repair || !file) return fixes;
  const more = repaired(file, repair, at, project.target);
  return [...fixes, ...more.map((it) => (fixes.length > 0 ? { ...it, preferred: false } : it))];
}

function repaired(file: FileModel, repair: Repair, at: Place, target: Target): readonly Fix[] {
  if (repair.kind === 'anchor') return anchorMeant(file, at);
  return repair.kind === 'format' ? newerFormat(file, repair.format) : declare(file, repair, target);
}

/** Lets an alias name the anchors before it whose names are like its own. */
function anchorMeant({ source }: FileModel, at: Place): readonly Fix[] {
  const blocks = source.blocks.map(({ block }) => block);
  const before = blocks.slice(0, blocks.indexOf(at.block)).flatMap(({ anchors }) => anchors);
  const beside = at.block.anchors.filter(({ node }) => node.end <= at.start);
  const names = new Set([...before, ...beside].map(({ name }) => name));
  const meant = nearest(at.block.text.slice(at.start + 1, at.end), [...names]);
  return meant.flatMap((name) => replaceWord(at, `*${name}`).map((it) => ({ ...it, preferred: meant.length === 1 })));
}

/** Lets `version` name the format that something needs. */
function newerFormat({ documents }: FileModel, format: string): readonly Fix[] {
  const version = get(documents[0], 'version');
  return version?.kind === 'scalar' && !version.interpolated && version.at.start < version.at.end
    ? replaceWord(version.at, format, `Change \`version\` to ${format}`)
    : [];
}

/** Declares what is referred to: below the heading that is there, else at the end of the file. */
function declare(
  file: FileModel,
  { resource, name }: Extract<Repair, { kind: 'declare' }>,
  target: Target,
): readonly Fix[] {
  const last = file.source.blocks.at(-1)?.block;
  if (!/^[a-zA-Z0-9._-]+$/.test(name) || file.documents.length !== 1 || !last) return [];
  const heading = file.documents[0]?.members.get(resourceSections[resource]);
  const said = contents(resource, name, target);
  const where = heading ? heading.keyAt.block : last;
  const edits = heading ? below(heading, name, said) : atEnd(last, `${resourceSections[resource]}:`, name, said);
  // A secret's file and a model are guesses to be looked at.
  return edits
    ? [fix(where, `Declare ${resource} \`${name}\``, edits, { preferred: Object.keys(said).length === 0 })]
    : [];
}

/** What a new one says; a network or volume needs nothing. */
function contents(resource: string, name: string, target: Target): Readonly<Record<string, string>> {
  if (resource === 'network' || resource === 'volume') return {};
  if (resource === 'model') return { model: `ai/${name}` };
  return target === 'stack' ? { external: 'true' } : { file: `./${name}` };
}

function below(
  { keyAt, value }: Member,
  name: string,
  said: Readonly<Record<string, string>>,
): readonly Edit[] | undefined {
  const { block, start } = keyAt;
  const { text } = block;
  const own = entryAt(block, start);
  if (!own || block.path.length > 0) return undefined;
  const tree: Tree = { [name]: Object.keys(said).length > 0 ? said : '{}' };
  if (own.entry.value.kind === 'map') return addEntries(text, own.entry.value, tree);
  if (own.entry.value.kind !== 'scalar' || own.entry.value.end > own.entry.value.start) return undefined;
  // Entries of a section stand in blocks of their own, below the line of its heading.
  const [first] = members(value);
  const indent = first && first.keyAt.block.path.length > 0 ? columnOf(first.keyAt.block, first.keyAt.start) : 2;
  const newline = text.indexOf('\n', start);
  const end = newline < 0 ? text.length : text.charAt(newline - 1) === '\r' ? newline - 1 : newline;
  return [{ start: end, end, text: lines(name, said, indent) }];
}

function atEnd(
  block: Block,
  heading: string,
  name: string,
  said: Readonly<Record<string, string>>,
): readonly Edit[] | undefined {
  if (/^(?:---|\.\.\.)/m.test(block.text) && block.root === undefined) return undefined;
  const end = block.text.trimEnd().length;
  return [{ start: end, end, text: `${end === 0 ? '' : '\n'}${heading}${lines(name, said, 2)}` }];
}

function lines(name: string, said: Readonly<Record<string, string>>, indent: number): string {
  const rest = Object.entries(said).map(([key, text]) => `\n${' '.repeat(indent + 2)}${key}: ${text}`);
  return `\n${' '.repeat(indent)}${name}:${rest.join('')}`;
}

function columnOf({ text }: Block, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}
