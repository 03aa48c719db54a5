import type { Span } from '../../text/span.js';
import { fileName } from '../../text/uri.js';
import { formats } from '../../../../schemas/formats.js';
import { interpolate } from '../model/interpolation.js';
import type { Project } from '../model/project.js';
import { parseTemplate, variablesOf, type VariablePart } from '../model/template.js';
import { attributeAt, knownNameAt, scalarsOf, typeAt, valuesAt } from '../schema/attributes.js';
import { blockAt, type Source } from '../syntax/source.js';
import type { Target } from '../target.js';
import { declarationsOf } from './definition.js';
import { describeTag } from './completeTags.js';
import { describeAttribute, describeType } from './describe.js';
import { anchored, declaration, excerpt, fenced } from './excerpt.js';
import { grammarWords } from './grammarWords.js';
import { meantPath } from './meantPath.js';
import { entryUnder, pathAt, type PathAt } from './nodePath.js';
import { mergeWords } from './mergeWords.js';
import { occurrenceAt, occurrencesOf, type Occurrence } from './occurrences.js';
import { shownScalar, shownValue } from './secrets.js';

export interface Hover {
  /** Markdown. */
  readonly text: string;
  /** Offsets from the start of the file. */
  readonly span: Span;
}

/** The variables of a project. */
export interface KnownVariables {
  lookup(name: string): string | undefined;
  /** The file that gives a variable its value, as a URI; undefined for one of the environment. */
  origin(name: string): string | undefined;
}

/** What is worth knowing of the key, value or name at an offset. */
export function hover(project: Project, uri: string, offset: number, variables: KnownVariables): Hover | undefined {
  const source = project.files.get(uri)?.source;
  const tag = source && project.target === 'compose' ? tagAt(source, offset) : undefined;
  if (tag) return tag;
  const found = source && pathAt(source, offset);
  if (!found) return source && anchorHover(project, source, offset);
  const at = { ...found, path: meantPath(source, found.path) };
  const { start, node } = at;
  const span = { start: start + node.start, end: start + node.end };
  if (at.onKey) {
    const attribute = attributeAt(at.path, project.target);
    if (attribute) {
      const kind = describeType(attribute.type, project.target);
      return {
        text: `**${String(at.path.at(-1))}**: ${kind}\n\n${describeAttribute(attribute, project.target)}`,
        span,
      };
    }
    const known = knownNameAt(at.path, project.target);
    if (known) return { text: `**${known.value}**\n\n${known.doc}`, span };
    const merge = at.path.at(-1) === '<<' ? entryUnder(at.block, node.start) : undefined;
    const file = project.files.get(uri);
    if (found.path.length === 1 && String(found.path[0]).startsWith('x-')) return { text: extension, span };
    if (merge && file) return { text: mergeWords(file, at.block, merge.holder, merge.entry.value), span };
  }
  const thing = occurrenceAt(project, uri, offset);
  const parts = [
    ...(at.onKey ? [] : valueWords(at, project.target, variables)),
    ...(thing ? [preview(project, thing)] : []),
  ].filter((it) => it !== undefined && it !== '');
  return parts.length > 0 ? { text: parts.join('\n\n'), span } : undefined;
}

const extension =
  'An extension: the tools leave it alone. What stands below it can have an anchor, `&name`, and be used by `*name` elsewhere.';

/** An anchor stands before its value and is no part of it. */
function anchorHover(project: Project, source: Source, offset: number): Hover | undefined {
  const thing = occurrenceAt(project, source.uri, offset);
  const start = blockAt(source, offset)?.start;
  if (thing?.kind !== 'anchor' || start === undefined) return undefined;
  return { text: anchorWords(project, thing), span: { start: start + thing.at.start, end: start + thing.at.end } };
}

/** `!reset` or `!override` before a value. */
function tagAt({ content }: Source, offset: number): Hover | undefined {
  const { line, character } = content.position(offset);
  for (const { 0: tag, index } of content.line(line).matchAll(/(?<=:\s+)![a-z]+/g)) {
    const doc = index <= character && character <= index + tag.length ? describeTag(tag) : undefined;
    const start = content.lineStart(line) + index;
    if (doc !== undefined) return { text: `**${tag}**\n\n${doc}`, span: { start, end: start + tag.length } };
  }
  return undefined;
}

function* valueWords({ node, path }: PathAt, target: Target, variables: KnownVariables): Iterable<string | undefined> {
  if (node.kind !== 'scalar') return;
  const { value, changed } = interpolate(node.text, target, (name) => variables.lookup(name));
  if (changed) {
    const used = [...variablesOf(parseTemplate(node.text, target).parts)];
    const shown = shownScalar([String(path.at(-1) ?? ''), ...used.map(({ name }) => name)], node.text, value);
    // Without one that is required there is no value.
    if (!used.some((part) => isMissing(part, variables))) yield becomes(shown);
    const lines = new Set(used.map((part) => variableWords(part, variables)));
    if (lines.size > 0) yield [...lines].join('\n');
  }
  const word =
    valuesAt(path, target).find((it) => it.value === value || (/[=:]$/.test(it.value) && value.startsWith(it.value))) ??
    (typeof path.at(-1) === 'number' ? knownNameAt(path, target, value) : undefined);
  if (word?.doc) yield word.doc;
  if (path.length === 1 && path[0] === 'version') yield versionTable();
  const type = typeAt(path, target);
  const scalars = type ? scalarsOf(type, target) : [];
  if (scalars === 'any') return;
  for (const scalar of scalars) {
    if (scalar.kind === 'string' && scalar.format)
      yield grammarWords(scalar.format, value, target, path.includes('ports'));
  }
}

function becomes(text: string): string {
  if (text.includes('\n')) return `Becomes\n\n${fenced('text', text)}`;
  return text === '' ? 'Becomes an empty text' : `Becomes \`${text.replaceAll('`', "'")}\``;
}

/** Whether the tools stop for want of the variable. */
function isMissing({ name, operator }: VariablePart, variables: KnownVariables): boolean {
  const set = variables.lookup(name);
  return operator === '?' ? set === undefined : operator === ':?' && !set;
}

function variableWords({ name, operator }: VariablePart, variables: KnownVariables): string {
  const set = variables.lookup(name);
  const byDefault = operator === ':-' || (operator === '-' && set === undefined) ? ': its default counts' : '';
  if (set === undefined) return `- \`${name}\` is not set${operator?.endsWith('?') ? ', and has to be' : byDefault}`;
  const file = variables.origin(name);
  const where = file === undefined ? 'from the environment' : `from \`${fileName(file)}\``;
  return set === ''
    ? `- \`${name}\` is empty, ${where}${operator === ':?' ? ', and may not be' : byDefault}`
    : `- \`${name}\` is \`${shownValue(name, set)}\`, ${where}`;
}

/** What the name means, as it is written where it is declared; nothing where that is here. */
function preview(project: Project, thing: Occurrence): string | undefined {
  const declared = declarationsOf(project, thing);
  if (thing.kind === 'profile') return profileWords(project, thing.name);
  if (declared.length === 0) return `No ${thing.kind} \`${thing.name}\` is declared.`;
  const elsewhere = declared.filter(({ block, start }) => block !== thing.at.block || start !== thing.at.start);
  return elsewhere
    .map((at) => {
      const file = declared.length > 1 ? `\`${fileName(at.block.uri)}\`:\n` : '';
      return `${file}${excerpt(thing.kind === 'anchor' ? anchored(at, thing.name) : declaration(at))}`;
    })
    .join('\n\n');
}

function profileWords({ services }: Project, profile: string): string {
  const names = [...services.values()].filter(({ profiles }) => profiles.includes(profile)).map(({ name }) => name);
  const shown = names.slice(0, mostNames).map((name) => `\`${name}\``);
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : '';
  return `Services with the profile \`${profile}\`: ${shown.join(', ')}${more}.`;
}

const mostNames = 20;

function anchorWords(project: Project, thing: Occurrence): string {
  const uses = occurrencesOf(project, thing).filter(
    (it) =>
      !it.declares &&
      declarationsOf(project, it).some(({ block, start }) => block === thing.at.block && start === thing.at.start),
  );
  return uses.length === 0
    ? `Nothing uses the anchor \`${thing.name}\`.`
    : `Used by \`*${thing.name}\` in ${uses.length === 1 ? 'one place' : `${uses.length} places`}.`;
}

function versionTable(): string {
  const rows = formats.map(({ version, cli, brought }) => `| ${version} | ${cli} | ${brought} |`);
  return `| Format | Docker | Brought |\n|:--|:--|:--|\n${rows.join('\n')}`;
}
