/** The tool a file is for: `docker compose` or `docker stack deploy`. */
export type Target = 'compose' | 'stack';
export const targets: readonly Target[] = ['compose', 'stack'];
