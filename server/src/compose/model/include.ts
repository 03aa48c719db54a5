import type { Assembly } from './assembly.js';
import type { FileModel, Variables } from './file.js';
import { resourceSections } from './resource.js';
import { get, items, members, sameValue, str, type MapValue, type Place, type Value } from './value.js';

/** What a document includes, file over file; `rootOf` reads one with what it includes itself. */
export function includeFiles(
  assembly: Assembly,
  file: FileModel,
  document: MapValue,
  including: readonly string[],
  rootOf: (file: FileModel, including: readonly string[]) => MapValue | undefined,
): MapValue | undefined {
  const path = [...including, file.source.uri];
  let root: MapValue | undefined;
  for (const item of items(get(document, 'include'))) {
    let own: MapValue | undefined;
    const paths = pathsOf(item.kind === 'map' ? get(item, 'path') : item);
    const variables = variablesFor(assembly, file, item, paths);
    for (const { text, at } of paths) {
      const opened = assembly.loader.open(text, file.source.uri, variables);
      if (typeof opened === 'string') {
        assembly.complete = false;
        assembly.problems.push(
          opened === 'missing'
            ? { rule: 'include-target', at, message: `Included file \`${text}\` does not exist.` }
            : {
                rule: 'include-target',
                at,
                message: `\`${text}\` is not at hand here, so it is not checked.`,
                severity: 'warning',
              },
        );
      } else if (path.includes(opened.source.uri)) {
        assembly.problems.push({
          rule: 'include-target',
          at,
          message: `\`${text}\` includes this file again: an endless circle.`,
        });
      } else {
        assembly.use(opened, at);
        assembly.included.add(opened.source.uri);
        own = assembly.merge(own, rootOf(opened, path));
      }
    }
    if (own && root) reportConflicts(assembly, root, own);
    root = assembly.merge(root, own);
  }
  return root;
}

/** The variables for an entry of `include`, with what is wrong with the files they come from told. */
function variablesFor(assembly: Assembly, file: FileModel, item: Value, paths: readonly Path[]): Variables | undefined {
  const [first] = paths;
  if (!first) return undefined;
  const envFiles = pathsOf(get(item, 'env_file'));
  const folder = str(get(item, 'project_directory')) || first.text.replace(/[^/]*$/, '') || '.';
  const names = envFiles.map(({ text }) => text);
  const { variables, problems } = assembly.loader.included(file, folder, names);
  for (const { path, ...problem } of problems) {
    assembly.problems.push({ ...problem, at: envFiles.find(({ text }) => text === path)?.at ?? first.at });
  }
  return variables;
}

/** Compose 2.40 refuses a thing that stands in two included files, or in one and its includer, unless both are alike. */
export function reportConflicts(assembly: Assembly, included: MapValue, own: MapValue): void {
  for (const section of ['services', ...Object.values(resourceSections)]) {
    const theirs = get(included, section);
    for (const member of members(get(own, section))) {
      const other = get(theirs, member.key);
      if (!other || sameValue(other, member.value)) continue;
      assembly.problems.push({
        rule: 'include-conflict',
        at: member.keyAt,
        message: `\`${section}.${member.key}\` is also declared by an included file.`,
      });
    }
  }
}

interface Path {
  readonly text: string;
  readonly at: Place;
}

function pathsOf(value: Value | undefined): readonly Path[] {
  const list = value?.kind === 'seq' ? value.items : value ? [value] : [];
  return list.flatMap((it) => {
    const text = str(it);
    return text === undefined || (it.kind === 'scalar' && it.unset) ? [] : [{ text, at: it.at }];
  });
}
