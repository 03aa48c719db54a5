import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import picomatch from 'picomatch';
import { textOf } from '../nodeHost.js';

export interface Given {
  readonly path: string;
  readonly kind: 'file' | 'folder';
}

/** As the tools call standard input. */
const standardInput = '-';

/** The text of what is named and can be read but once: standard input, or a pipe as of `<(…)`. Undefined for files and folders. */
export function streamed(path: string): string | undefined {
  if (path === standardInput) return textOf(readFileSync(0));
  const found = statSync(path, { throwIfNoEntry: false });
  return !found || found.isFile() || found.isDirectory() ? undefined : textOf(readFileSync(path));
}

/** Whether a path names something that has a text. */
export function isReadable(path: string): boolean {
  return path === standardInput || statSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
}

/** The files and folders that arguments name; a text says which names nothing. */
export function expand(paths: readonly string[]): readonly Given[] | string {
  const given: Given[] = [];
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (path === standardInput) given.push({ path, kind: 'file' });
    else if (found) given.push({ path, kind: found.isDirectory() ? 'folder' : 'file' });
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
