import { folderOf, resolveUri } from '../../text/uri.js';
import type { Assembly, Surroundings } from './assembly.js';
import type { FileModel } from './file.js';
import { isSameAsIncluded } from './includeConflict.js';
import { resourceSections } from './resource.js';
import { get, items, members, sameValue, str, type MapValue, type Place, type Value } from './value.js';

/** Reads a file with what it includes itself. */
type RootOf = (file: FileModel, including: readonly string[]) => MapValue | undefined;

/** What a document includes, file over file. */
export function includeFiles(
  assembly: Assembly,
  file: FileModel,
  document: MapValue,
  including: readonly string[],
  rootOf: RootOf,
): MapValue | undefined {
  const path = [...including, file.source.uri];
  let root: MapValue | undefined;
  for (const item of items(get(document, 'include'))) {
    const own = includeItem(assembly, file, item, path, rootOf);
    if (own && root) reportConflicts(assembly, root, own, (_, one, other) => sameValue(one, other));
    root = assembly.merge(root, own);
  }
  return root;
}

function includeItem(
  assembly: Assembly,
  file: FileModel,
  item: Value,
  including: readonly string[],
  rootOf: RootOf,
): MapValue | undefined {
  const around = assembly.around(file);
  let inside: Surroundings | undefined;
  let own: MapValue | undefined;
  for (const { text, at } of textsOf(item.kind === 'map' ? get(item, 'path') : item)) {
    inside ??= insideOf(assembly, item, text, around);
    const fail = (message: string, severity: 'error' | 'warning' = 'error'): void => {
      assembly.problems.push({ rule: 'include-target', at, message, severity });
    };
    const opened = assembly.loader.open(text, { ...inside, folder: around.folder });
    if (typeof opened === 'string') {
      assembly.complete = false;
      if (opened === 'missing') fail(`Included file \`${text}\` does not exist.`);
      else fail(`\`${text}\` is not at hand here, so it is not checked.`, 'warning');
    } else if (including.includes(opened.source.uri)) {
      fail(`\`${text}\` includes this file again: an endless circle.`);
    } else {
      assembly.use(opened, at, inside);
      assembly.included.add(opened.source.uri);
      own = assembly.merge(own, rootOf(opened, including));
    }
  }
  return own;
}

/** What the files of an `include` see: paths from `project_directory`, or else the folder of the first, and variables of their own. */
function insideOf(assembly: Assembly, item: Value, first: string, around: Surroundings): Surroundings {
  const directory = item.kind === 'map' ? str(get(item, 'project_directory')) : undefined;
  const main = resolveUri(around.folder, first);
  const folder = (directory ? resolveUri(around.folder, directory) : main && folderOf(main)) ?? around.folder;
  const wanted = textsOf(item.kind === 'map' ? get(item, 'env_file') : undefined);
  const files = wanted.map(({ text }) => resolveUri(around.folder, text) ?? '');
  const inside = assembly.loader.inside(around, folder, files.length > 0 ? files : undefined);
  wanted.forEach(({ text, at }, index) => {
    if (!inside.missing.includes(files[index] ?? '')) return;
    const message = `Environment file \`${text}\` is not there: docker compose stops if it still misses it.`;
    assembly.problems.push({ rule: 'include-target', at, message, severity: 'warning' });
  });
  const { problem } = inside;
  if (problem !== undefined)
    assembly.problems.push({ rule: 'dot-env-syntax', at: (wanted[0] ?? item).at, message: problem });
  return inside;
}

/** Compose 2.40 refuses a thing that stands in two included files, or in one and its includer, unless both are alike. */
export function reportConflicts(
  assembly: Assembly,
  included: MapValue,
  own: MapValue,
  isAlike: (section: string, included: Value, own: Value) => boolean = isSameAsIncluded,
): void {
  for (const section of ['services', ...Object.values(resourceSections)]) {
    const theirs = get(included, section);
    for (const member of members(get(own, section))) {
      const other = get(theirs, member.key);
      if (!other || isAlike(section, other, member.value)) continue;
      assembly.problems.push({
        rule: 'include-conflict',
        at: member.keyAt,
        message: `\`${section}.${member.key}\` is also declared by an included file.`,
      });
    }
  }
}

/** The texts of a list, or a text alone; those that hang on unset variables are left out. */
function textsOf(value: Value | undefined): readonly { text: string; at: Place }[] {
  const list = value?.kind === 'seq' ? value.items : value ? [value] : [];
  return list.flatMap((it) => {
    const text = str(it);
    return text === undefined || (it.kind === 'scalar' && it.unset) ? [] : [{ text, at: it.at }];
  });
}
