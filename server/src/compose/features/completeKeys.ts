import type { LineIndex } from '../../text/lineIndex.js';
import type { Type } from '../../../../schemas/types.js';
import { attributeAt, keysAt, pick, scalarsOf, type Path } from '../schema/attributes.js';
import type { Target } from '../target.js';
import type { CompletionItem, CompletionWorld } from './completionItem.js';
import { describeAttribute, describeShortly } from './describe.js';
import type { Location } from './locate.js';
import { namesFor } from './namesFor.js';
import { documentation, mapNames, type NamedThing } from './referenceNames.js';

/** The keys that the mapping may still get, with the shape of their value. What the target refuses is not among them. */
export function completeKeys(world: CompletionWorld, at: Location): readonly CompletionItem[] {
  const { parent } = at;
  if (!parent) return [];
  const written = new Set(at.siblings.map(({ key }) => key));
  const all = [...fromTable(world, at, parent), ...namesAsKeys(world, at, parent), ...knownNames(world, at, parent)];
  return all.filter(({ label }) => !written.has(label));
}

/** Those of the attribute table: what must be there first, what has no effect last. */
function fromTable(world: CompletionWorld, at: Location, parent: Path): readonly CompletionItem[] {
  const { target, version } = world;
  const step = indentStep(world.source.content);
  return keysAt(parent, target, version)
    .filter(({ key }) => fitsType(at, key))
    .map((info): CompletionItem & { readonly order: number } => {
      const { key, attribute, support, required } = info;
      const detail = describeShortly(info, target);
      return {
        label: key,
        kind: 'key',
        ...(detail === undefined ? {} : { detail }),
        documentation: () => describeAttribute(attributeAt([...parent, key], target) ?? attribute, target),
        insert: key + shapeOf(attribute.type, at, step, target),
        replace: at.word,
        ...(support.status === 'deprecated' ? { deprecated: true } : {}),
        order: required ? 0 : support.status === 'accepted' ? 1 : 2,
      };
    })
    .sort((a, b) => a.order - b.order)
    .map(({ order: _, ...item }) => item);
}

/** Names of things of the project. */
function namesAsKeys(world: CompletionWorld, at: Location, parent: Path): readonly CompletionItem[] {
  const step = indentStep(world.source.content);
  const behind = ({ inner, value }: NamedThing): string =>
    at.hasColon ? '' : inner === undefined ? `: ${value ?? '$0'}` : below(inner, at, step);
  return mapNames(world, parent).map((it) => ({
    label: it.name,
    kind: it.kind,
    detail: it.detail,
    ...documentation(it),
    insert: it.name + behind(it),
    replace: at.word,
  }));
}

/** Names that many choose. */
function knownNames(world: CompletionWorld, at: Location, parent: Path): readonly CompletionItem[] {
  return namesFor(world, parent).map(({ value, doc, drivers }) => ({
    label: value,
    kind: 'key',
    ...(drivers?.length === 1 ? { detail: drivers.join() } : {}),
    documentation: doc,
    insert: value + (at.hasColon ? '' : ': $0'),
    replace: at.word,
  }));
}

/** What follows a key: nothing where a colon is there, an item for a list, a line further in for a mapping. */
function shapeOf(type: Type, at: Location, step: number, target: Target): string {
  if (at.hasColon) return '';
  const scalars = scalarsOf(type, target);
  const list = pick(type, 'list', target);
  const map = pick(type, 'map', target);
  const inline = scalars === 'any' || scalars.some(({ kind }) => kind !== 'null');
  if (inline || (!list && !map)) return ': $0';
  // Names with values read better than a list of assignments.
  const asList = list !== undefined && (map === undefined || isReferences(type, target));
  if (at.flow && asList) return ': [$0]';
  return below(asList ? '- $0' : '$0', at, step);
}

function below(inner: string, { flow, column }: Location, step: number): string {
  return flow ? `: { ${inner} }` : `:\n${' '.repeat(column + step)}${inner}`;
}

function isReferences(type: Type, target: Target): boolean {
  const form = pick(type, 'list', target)?.type;
  const scalars = form?.kind === 'list' ? scalarsOf(form.items, target) : [];
  return scalars !== 'any' && scalars.some((it) => it.kind === 'string' && references.has(it.format ?? ''));
}

const references: ReadonlySet<string> = new Set(['service', 'network', 'model', 'secret', 'config']);

/** Each type of mount has options of its own. */
function fitsType({ parent, siblings }: Location, key: string): boolean {
  if (parent?.[2] !== 'volumes' || parent.length !== 4 || !mountTypes.has(key)) return true;
  const type = siblings.find((it) => it.key === 'type')?.value;
  return type === undefined || !mountTypes.has(type) || type === key;
}

const mountTypes: ReadonlySet<string> = new Set(['bind', 'image', 'tmpfs', 'volume']);

/** By how much the file indents, as its first indented key tells. */
function indentStep(lines: LineIndex): number {
  let isBelowKey = false;
  for (let i = 0; i < lines.lineCount; i++) {
    const [, indent = '', first = ''] = /^(\s*)(.?)/.exec(lines.line(i)) ?? [];
    if (first === '' || first === '#') continue;
    if (isBelowKey && indent !== '' && first !== '-') return indent.length;
    isBelowKey = indent === '' && /:\s*(#.*)?$/.test(lines.line(i));
  }
  return 2;
}
