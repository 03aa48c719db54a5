import type { Host } from '../../server/src/project/host.js';

/** A world of texts by canonical URI, which a test can change between two looks at it. */
export interface MemoryHost extends Host {
  /** Writes a file; `undefined` removes it. */
  set(uri: string, text: string | undefined): void;
}

export function memoryHost(
  files: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>> = {},
): MemoryHost {
  const texts = new Map(Object.entries(files));
  let revision = 0;
  const below = (folder: string) => [...texts.keys()].filter((uri) => uri.startsWith(`${folder}/`));
  return {
    set(uri, text) {
      revision++;
      if (text === undefined) texts.delete(uri);
      else texts.set(uri, text);
    },
    readText: (uri) => texts.get(uri),
    stat: (uri) => (texts.has(uri) ? 'file' : below(uri).length > 0 ? 'folder' : undefined),
    list(folder) {
      const rest = below(folder).map((uri) => uri.slice(folder.length + 1).split('/'));
      const kinds = new Map(rest.map(([name = '', ...more]) => [name, more.length > 0 ? 'folder' : 'file'] as const));
      return Array.from(kinds, ([name, kind]) => ({ name, kind }));
    },
    variable: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
    isToolsEnvironment: false,
    revision: () => revision,
  };
}
