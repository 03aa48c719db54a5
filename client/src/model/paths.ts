import { fileURLToPath, pathToFileURL } from 'node:url';

/** The path of a `file:` URI; undefined for any other: no program can open those. */
export function pathOf(uri: string): string | undefined {
  return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
}

export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}

/** Whether two URIs mean one file: editors and servers disagree about which characters are escaped. */
export function sameUri(a: string, b: string): boolean {
  return a === b || (pathOf(a) ?? a) === (pathOf(b) ?? b);
}
