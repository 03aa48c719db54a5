/** What is wrong with the name of a thing, as the end of a sentence; undefined for a good one. */
type Check = (name: string) => string | undefined;

/** Keys of `services`, `networks`, `volumes`, `secrets` and `configs`. */
export function isKey(name: string): boolean {
  return /^[a-zA-Z0-9._-]+$/.test(name);
}

/** The name of a service or network in a swarm, which has the stack's name and `_` in front. */
export const checkSwarmName: Check = (name) => {
  if (name.length > 63) return `must be at most 63 characters long, and it has ${name.length}`;
  if (/^[a-zA-Z0-9](?:[-_]*[A-Za-z0-9])*$/.test(name)) return undefined;
  return 'must be a DNS name: letters, digits, `-` and `_`, with a letter or digit at either end';
};

/** The name of a secret or config in a swarm, the stack's name in front. */
export const checkSecretName: Check = (name) => {
  if (name.length > 64) return `must be at most 64 characters long, and it has ${name.length}`;
  if (/^[a-zA-Z0-9]+(?:[a-zA-Z0-9-_.]*[a-zA-Z0-9])?$/.test(name)) return undefined;
  return 'must be letters, digits, `-`, `_` and `.`, with a letter or digit at either end';
};

/** `container_name` and the name of a volume as the Engine takes them: two characters at least. */
export const checkEngineName: Check = (name) =>
  /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)
    ? undefined
    : 'must be two or more letters, digits, `_`, `.` and `-`, and start with a letter or digit';

/** A project's name given with `-p` or `COMPOSE_PROJECT_NAME`. */
export const checkProjectName: Check = (name) =>
  name !== '' && normalizeProjectName(name) === name
    ? undefined
    : 'must be lower-case letters, digits, `-` and `_`, and start with a letter or digit';

/** What docker compose makes of `name:` or of a folder's name; empty where nothing is left. */
export function normalizeProjectName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}
