import type { Span } from '../../text/span.js';
import { fileName } from '../../text/uri.js';
import { formats } from '../../../../schemas/formats.js';
import { describeBytes, parseBytes } from '../model/bytes.js';
import { describeDuration, parseDuration } from '../model/duration.js';
import { interpolate } from '../model/interpolation.js';
import { parseMount } from '../model/mount.js';
import { expandPort, parsePort, type PublishedPort } from '../model/port.js';
import type { Project } from '../model/project.js';
import { parseTemplate, variablesOf, type VariablePart } from '../model/template.js';
import { attributeAt, knownNameAt, scalarsOf, typeAt, valuesAt } from '../schema/attributes.js';
import type { Target } from '../target.js';
import { declarationsOf } from './definition.js';
import { describeAttribute, describeType } from './describe.js';
import { anchored, declaration, excerpt, fenced } from './excerpt.js';
import { meantPath } from './meantPath.js';
import { entryAt, pathAt, type PathAt } from './nodePath.js';
import { mergeWords } from './mergeWords.js';
import { occurrenceAt, type Occurrence } from './occurrences.js';
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
  const found = source && pathAt(source, offset);
  if (!found) return undefined;
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
    const merge = at.path.at(-1) === '<<' ? entryAt(at.block, node.start) : undefined;
    const file = project.files.get(uri);
    if (merge && file) return { text: mergeWords(file, at.block, merge.holder, merge.entry.value), span };
  }
  const thing = occurrenceAt(project, uri, offset);
  const parts = [
    ...(at.onKey ? [] : valueWords(at, project.target, variables)),
    ...(thing ? [preview(project, thing)] : []),
  ].filter((it) => it !== undefined && it !== '');
  return parts.length > 0 ? { text: parts.join('\n\n'), span } : undefined;
}

function* valueWords({ node, path }: PathAt, target: Target, variables: KnownVariables): Iterable<string | undefined> {
  if (node.kind !== 'scalar') return;
  const { value, changed } = interpolate(node.text, target, (name) => variables.lookup(name));
  if (changed) {
    const used = [...variablesOf(parseTemplate(node.text, target).parts)];
    const shown = shownScalar([String(path.at(-1) ?? ''), ...used.map(({ name }) => name)], node.text, value);
    yield becomes(shown);
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

function variableWords({ name, operator }: VariablePart, variables: KnownVariables): string {
  const set = variables.lookup(name);
  const byDefault = operator === ':-' || (operator === '-' && set === undefined) ? ': its default counts' : '';
  if (set === undefined) return `- \`${name}\` is not set${byDefault}`;
  const file = variables.origin(name);
  const where = file === undefined ? 'from the environment' : `from \`${fileName(file)}\``;
  return set === ''
    ? `- \`${name}\` is empty, ${where}${byDefault}`
    : `- \`${name}\` is \`${shownValue(name, set)}\`, ${where}`;
}

function grammarWords(format: string, text: string, target: Target, published: boolean): string | undefined {
  switch (format) {
    case 'duration': {
      const { value } = parseDuration(text, target);
      return value && sentence(describeDuration(value));
    }
    case 'bytes': {
      const { value } = parseBytes(text);
      return value === undefined ? undefined : `${describeBytes(value)} (${value.toLocaleString('en')} bytes).`;
    }
    case 'port': {
      const { value } = parsePort(text, target);
      return value && published
        ? expandPort(value, target)
            .slice(0, 8)
            .map((port) => portWords(port, target))
            .join('\n\n')
        : undefined;
    }
    case 'volume': {
      const { value } = parseMount(text, target);
      if (!value) return undefined;
      const what =
        value.source === undefined
          ? 'A volume without a name'
          : value.type === 'bind'
            ? `\`${value.source}\` of the host`
            : `Volume \`${value.source}\``;
      const readOnly = value.readOnly ? ', read-only' : '';
      return `${what} as \`${value.target}\` in the container${readOnly}.`;
    }
    default:
      return undefined;
  }
}

function portWords({ ip, published, target, protocol }: PublishedPort, tool: Target): string {
  // A swarm publishes on every address, whatever is asked for.
  const host = tool === 'stack' ? 'every node' : 'the host';
  const where = ip && tool === 'compose' ? ` of \`${ip}\`` : ` of every address of ${host}`;
  const from = !published
    ? `A free port of ${host}`
    : published.first === published.last
      ? `Port ${published.first}${where}`
      : `A free port from ${published.first} to ${published.last}${where}`;
  return `${from} leads to port ${target} of the container (${protocol.toUpperCase()}).`;
}

/** What the name means, as it is written where it is declared; nothing where that is here. */
function preview(project: Project, thing: Occurrence): string | undefined {
  const declared = declarationsOf(project, thing);
  if (declared.length === 0)
    return thing.kind === 'profile' ? undefined : `No ${thing.kind} \`${thing.name}\` is declared.`;
  const elsewhere = declared.filter(({ block, start }) => block !== thing.at.block || start !== thing.at.start);
  return elsewhere
    .map((at) => {
      const file = declared.length > 1 ? `\`${fileName(at.block.uri)}\`:\n` : '';
      return `${file}${excerpt(thing.kind === 'anchor' ? anchored(at, thing.name) : declaration(at))}`;
    })
    .join('\n\n');
}

function versionTable(): string {
  const rows = formats.map(({ version, cli, brought }) => `| ${version} | ${cli} | ${brought} |`);
  return `| Format | Docker | Brought |\n|:--|:--|:--|\n${rows.join('\n')}`;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
