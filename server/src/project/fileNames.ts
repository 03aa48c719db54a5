/** Which files are Compose or stack files by their name; the manifest contributes the same patterns to VS Code. */
export function isComposeFile(name: string): boolean {
  return /^[^/]*(compose|stack|swarm)[^/]*\.ya?ml$/i.test(name);
}

/** Whether folders are searched for files of this name. */
export function isSearched(name: string): boolean {
  return isComposeFile(name) || name === '.env';
}

/** Names `docker compose` finds by itself, in the order it prefers them. */
export const defaultNames: readonly string[] = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
];

/** Names it then merges over the default one, in the order it prefers them. */
export const overrideNames: readonly string[] = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

export function isStackName(name: string): boolean {
  return /stack|swarm/i.test(name);
}

/** Folders nobody keeps files of his own in. */
export const skippedFolders: ReadonlySet<string> = new Set([
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  'vendor',
  'dist',
  'out',
]);
