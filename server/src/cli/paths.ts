import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import picomatch from 'picomatch';

export interface Given {
  readonly path: string;
  readonly kind: 'file' | 'folder';
}

/** The files and folders that arguments name; a text says which names nothing. */
export function expand(paths: readonly string[]): readonly Given[] | string {
  const given: Given[] = [];
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found) given.push({ path, kind: found.isDirectory() ? 'folder' : 'file' });
    else {
      const { base, isGlob } = picomatch.scan(path);
      if (!isGlob) return `${path}: no such file or folder.`;
      const matches = picomatch(path);
      const files = walk(base || '.').filter((file) => matches(file));
      if (files.length === 0) return `${path}: nothing matches.`;
      given.push(...files.map((file): Given => ({ path: file, kind: 'file' })));
    }
  }
  return given;
}

function walk(folder: string): readonly string[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === '.git' ? [] : walk(path);
    return [path];
  });
}
