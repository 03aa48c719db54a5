import type { Format, ScalarType } from '../../../../schemas/types.js';
import { get, items, str, type Value } from '../model/value.js';
import { knownNameAt, pick, scalarsOf, typeAt, valuesAt, type Path } from '../schema/attributes.js';
import { completeKeys } from './completeKeys.js';
import { completeHealthTest, isFirstWord } from './completeHealthTest.js';
import { completeMounts } from './completeMounts.js';
import { completePaths } from './completePaths.js';
import { completeStages } from './completeStages.js';
import { plain, quoted, textItem, type CompletionItem, type CompletionWorld } from './completionItem.js';
import { describeType } from './describe.js';
import { examples } from './examples.js';
import type { Location } from './locate.js';
import { extendedServices } from './extendedServices.js';
import { namesFor } from './namesFor.js';
import { documentation, namesOf, others as otherServices, variableNames, type NamedThing } from './referenceNames.js';

/** The words, names, paths and examples that can be the value at the cursor. On a line of its own, the items of a list. */
export function completeValues(world: CompletionWorld, at: Location): readonly CompletionItem[] {
  const { slot } = at;
  if (!slot) return [];
  const { target } = world;
  if (at.ownLine) {
    const list = pick(typeAt(slot, target) ?? { kind: 'null' }, 'list', target);
    if (list?.type.kind !== 'list' || at.siblings.length > 0 || slot.length === 0) return [];
    const item = [...slot, 0];
    const behindDash = { ...at, parent: item, slot: item, column: at.column + 2, quote: '', ownLine: false };
    const items = [...completeAt(world, behindDash, item), ...completeKeys(world, behindDash)];
    return items.map((it) => ({
      ...it,
      label: `- ${it.label}`,
      insert: `- ${it.insert}`,
      filter: it.filter ?? it.label,
    }));
  }
  return [...completeAt(world, at, slot), ...inBrackets(world, at, slot)];
}

/** Items of a list that has not begun, behind its key. */
function inBrackets(world: CompletionWorld, at: Location, slot: Path): readonly CompletionItem[] {
  const type = typeAt(slot, world.target);
  if (!type || at.parent || at.quote !== '' || !pick(type, 'list', world.target)) return [];
  if (scalarsOf(type, world.target) === 'any' || scalarsOf(type, world.target).length > 0) return [];
  const items = completeAt(world, { ...at, slot: [...slot, 0], flow: true }, [...slot, 0]);
  return items
    .filter(({ kind }) => kind !== 'folder')
    .map((it) => ({
      ...it,
      label: `[${it.label}]`,
      insert: `[${it.insert}]`,
      filter: it.filter ?? it.label,
    }));
}

function completeAt(world: CompletionWorld, at: Location, slot: Path): readonly CompletionItem[] {
  const { target } = world;
  const type = typeAt(slot, target);
  if (!type) return [];
  const scalars = scalarsOf(type, target);
  if (scalars === 'any') return [];
  // The value of an option is a text, whatever it looks like.
  const texts =
    knownNameAt(slot, target) !== undefined || scalars.every(({ kind }) => kind === 'string' || kind === 'null');
  const choices = isFirstWord(world, at, slot) ? valuesAt(slot, target) : [];
  const words = choices.map((it): CompletionItem => ({
    label: it.value,
    kind: 'value',
    ...(it.default ? { detail: 'default' } : {}),
    ...(it.doc ? { documentation: it.doc } : {}),
    insert: quoted(it.value, at.quote, texts),
    replace: at.word,
    ...(it.default ? { preselect: true } : {}),
  }));
  const formats = new Set(scalars.flatMap((it: ScalarType) => (it.kind === 'string' && it.format ? [it.format] : [])));
  const service = slot[0] === 'services' ? String(slot[1]) : '';
  return [
    ...words,
    ...(completeStages(world, at, slot) ?? []),
    ...completeHealthTest(world, at, slot),
    ...givenVariables(world, at, slot),
    ...[...formats].flatMap((format) => completeFormat(world, at, slot, format, service)),
    ...assignments(world, at, slot),
    ...amongOthers(world, at, slot, service),
    ...spreads(at, slot),
  ].map((it) =>
    it.detail === undefined && it.kind === 'example' ? { ...it, detail: describeType(type, target) } : it,
  );
}

function completeFormat(
  world: CompletionWorld,
  at: Location,
  slot: Path,
  format: Format,
  service: string,
): readonly CompletionItem[] {
  // What is being typed is no name that was chosen before.
  const typed = world.source.content.slice(at.word.start, at.word.end);
  const others = (used: ReadonlySet<string>): readonly string[] => [...used].filter((it) => it !== typed);
  switch (format) {
    case 'service':
      if (slot.includes('extends')) return named(extendedServices(world, at, slot, service), at);
      return named(otherServices(world, service), at);
    case 'network':
    case 'secret':
    case 'config':
    case 'model':
    case 'profile':
      return named(namesOf(world, format), at);
    case 'path':
      return isInside(slot) ? [] : completePaths(world, at, slot);
    case 'volume':
      return completeMounts(world, at, slot);
    case 'image': {
      const used = new Set([...world.project.services.values()].flatMap(({ value }) => str(get(value, 'image')) ?? []));
      const pulled = world.images().filter((image) => !used.has(image));
      return [
        ...Array.from(others(used), (image) => textItem(image, 'value', at, 'used in this project')),
        ...pulled.map((image) => textItem(image, 'value', at, 'on the Docker Engine')),
      ];
    }
    case 'environment':
      return at.typed.includes('=')
        ? []
        : variableNames(world).map(({ name }) => ({ ...textItem(name, 'variable', at, '.env'), insert: `${name}=$0` }));
    case 'constraint': {
      const used = new Set([...world.project.services.values()].flatMap(({ value }) => constraintsOf(value)));
      return [
        ...Array.from(others(used), (it) => textItem(it, 'value', at, 'used in this project')),
        ...exampleItems(world, at, format),
      ];
    }
    default:
      return exampleItems(world, at, format);
  }
}

function exampleItems(world: CompletionWorld, at: Location, format: Format): readonly CompletionItem[] {
  return (examples[format]?.[world.target] ?? []).map(({ value, doc }) => ({
    ...textItem(value, 'example', at, doc),
    insert: value.includes('$0') ? value : quoted(value, at.quote, true),
    label: value.replace('$0', ''),
  }));
}

function constraintsOf(service: Value): readonly string[] {
  return items(get(service, 'deploy', 'placement', 'constraints')).flatMap((it) => str(it) ?? []);
}

/** Where a path lies in the container, there is nothing to list. */
function isInside(slot: Path): boolean {
  const key = slot.at(-1);
  return key === 'target' || key === 'working_dir' || key === 'subpath';
}

/** Items such as `net.core.somaxconn=1024`, where the mapping could stand as well. */
function assignments(world: CompletionWorld, at: Location, slot: Path): readonly CompletionItem[] {
  if (typeof slot.at(-1) !== 'number' || at.typed.includes('=')) return [];
  return namesFor(world, slot.slice(0, -1)).map(({ value, doc }) => ({
    label: value,
    kind: 'key',
    documentation: doc,
    insert: `${plain(value)}=$0`,
    replace: at.word,
  }));
}

/** Places where a service can be named among other things. */
function amongOthers(world: CompletionWorld, at: Location, slot: Path, service: string): readonly CompletionItem[] {
  const prefix = world.target === 'stack' || slot[0] !== 'services' ? undefined : servicePrefix(slot);
  if (prefix === undefined) return [];
  return otherServices(world, service).map(({ name, detail }) => textItem(prefix + name, 'service', at, detail));
}

function servicePrefix([, , key, inner, ...rest]: Path): string | undefined {
  if (inner === undefined) return /^(network_mode|ipc|pid|uts|cgroup)$/.test(String(key)) ? 'service:' : undefined;
  if (key === 'volumes_from') return '';
  return key === 'build' && inner === 'additional_contexts' && rest.length === 1 ? 'service:' : undefined;
}

/** The variable that a secret or a config takes its content from. */
function givenVariables({ variables }: CompletionWorld, at: Location, slot: Path): readonly CompletionItem[] {
  const [section, , key, ...rest] = slot;
  if (key !== 'environment' || rest.length > 0 || (section !== 'secrets' && section !== 'configs')) return [];
  return Array.from(variables.keys(), (name) => textItem(name, 'variable', at, '.env'));
}

function spreads(at: Location, slot: Path): readonly CompletionItem[] {
  if (slot.at(-1) !== 'spread') return [];
  return [
    { ...textItem('node.labels.', 'example', at, 'A label of the nodes'), insert: 'node.labels.$0' },
    textItem('node.id', 'example', at, 'Every node by itself'),
  ];
}

function named(things: readonly NamedThing[], at: Location): readonly CompletionItem[] {
  return things.map((it) => ({ ...textItem(it.name, it.kind, at, it.detail), ...documentation(it) }));
}
