/** The tool a file is for: `docker compose` or `docker stack deploy`. */
export type Target = 'compose' | 'stack';
export const targets: readonly Target[] = ['compose', 'stack'];

/** What the target's tool does with a file it takes for wrong. */
export const refuses: Readonly<Record<Target, string>> = {
  compose: 'docker compose refuses the file',
  stack: 'docker stack deploy refuses the file',
};
