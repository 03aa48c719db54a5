import { sectionKinds } from '../model/resource.js';
import type { Reference } from '../../../../schemas/types.js';
import { get, str, type Place } from '../model/value.js';
import type { Source } from '../syntax/source.js';
import { entriesOf, type Node } from '../syntax/tree.js';
import { fileName } from '../../text/uri.js';
import type { Path } from '../schema/attributes.js';
import { plain, type CompletionItem, type CompletionWorld } from './completionItem.js';
import { declaration, excerpt } from './excerpt.js';

/** Something of the project that can be named. */
export interface NamedThing {
  readonly name: string;
  readonly kind: CompletionItem['kind'];
  readonly detail: string;
  /** Where it is declared. */
  readonly at?: Place;
  /** Where it is a key: what stands below it, with `$0` for the cursor. */
  readonly inner?: string;
  /** Where it is a key: what stands behind it, as a snippet. */
  readonly value?: string;
}

/** How a thing is declared. */
export function documentation({ at }: NamedThing): Pick<CompletionItem, 'documentation'> {
  return at ? { documentation: () => excerpt(declaration(at)) } : {};
}

/** The things of a kind that a project has. */
export function namesOf({ project }: Pick<CompletionWorld, 'project'>, kind: Reference): readonly NamedThing[] {
  switch (kind) {
    case 'service':
      return [...project.services.values()].map(({ name, nameAt, value }) => ({
        name,
        at: nameAt,
        kind: 'service',
        detail: str(get(value, 'image')) ?? 'service',
      }));
    case 'profile': {
      const names = new Set([...project.services.values()].flatMap(({ profiles }) => profiles));
      return Array.from(names, (name) => ({ name, kind: 'value', detail: 'profile' }));
    }
    default: {
      const resource = kind === 'volume-name' ? 'volume' : kind;
      return Array.from(project.resources.get(resource)?.values() ?? [], ({ name, nameAt }) => ({
        name,
        at: nameAt,
        kind: 'resource',
        detail: resource,
      }));
    }
  }
}

/** Names that can be keys of the mapping at a path. */
export function mapNames(world: CompletionWorld, path: Path): readonly NamedThing[] {
  if (path[0] !== 'services' || typeof path[1] !== 'string') return toDeclare(world, path);
  const own = path[1];
  const [, , key, ...rest] = path;
  if (rest.length > 0 && !(key === 'build' && rest.length === 1)) return [];
  switch (key) {
    case 'depends_on':
      if (world.target === 'stack') return [];
      return others(world, own).map((it) => ({ ...it, inner: 'condition: $0' }));
    case 'networks':
      return namesOf(world, 'network').map((it) => ({ ...it, inner: '$0' }));
    case 'models':
      return namesOf(world, 'model').map((it) => ({ ...it, inner: '$0' }));
    case 'environment':
      return variableNames(world);
    case 'build':
      return rest[0] === 'args' ? variableNames(world) : [];
    default:
      return [];
  }
}

export function others(world: CompletionWorld, service: string): readonly NamedThing[] {
  return namesOf(world, 'service').filter(({ name }) => name !== service);
}

export function variableNames({ variables }: CompletionWorld): readonly NamedThing[] {
  return Array.from(variables.keys(), (name) => ({
    name,
    kind: 'variable',
    detail: '.env',
    value: plain(`\${${name}}`),
  }));
}

/** What this file could declare: services, networks and so on of the files it is laid over, and those that nobody declares yet. */
function toDeclare({ project, source }: CompletionWorld, path: Path): readonly NamedThing[] {
  const kind = path.length === 1 ? sectionKinds.get(String(path[0])) : undefined;
  if (!kind) return [];
  const here = declaredIn(source, String(path[0]));
  const declared = namesOf({ project }, kind === 'volume' ? 'volume-name' : kind);
  // What is included cannot be declared again.
  const isIncluded = (uri: string): boolean => project.origins.has(uri);
  const laidOver = declared.filter(
    ({ name, at }) => at && !here.has(name) && !isIncluded(at.block.uri) && !isIncluded(source.uri),
  );
  const known = new Set(declared.map(({ name }) => name));
  const used = new Set<string>();
  for (const { references } of project.services.values()) {
    for (const it of references) if (it.kind === kind && !known.has(it.name)) used.add(it.name);
  }
  return [
    ...laidOver.map((it) => ({ ...it, detail: `of ${fileName(it.at?.block.uri ?? '')}`, inner: '$0' })),
    ...Array.from(used, (name): NamedThing => ({
      name,
      kind: kind === 'service' ? 'service' : 'resource',
      detail: `a ${kind} that a service uses`,
      inner: '$0',
    })),
  ];
}

/** The names that a file has in a section. */
function declaredIn({ blocks }: Source, section: string): ReadonlySet<string> {
  const maps = blocks.flatMap(({ block: { path, root } }): readonly (Node | undefined)[] => {
    if (path[0] === section) return [root];
    if (path.length > 0) return [];
    return entriesOf(root)
      .filter(({ key }) => key.text === section)
      .map(({ value }) => value);
  });
  return new Set(maps.flatMap((map) => entriesOf(map).map(({ key }) => key.text)));
}
