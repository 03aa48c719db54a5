import { failure, success } from './problem.js';
import type { Parsed } from './problem.js';

/** The first item of a `healthcheck.test` list. */
export type TestVerb = 'CMD' | 'CMD-SHELL' | 'NONE';

const verbs = ['CMD', 'CMD-SHELL', 'NONE'] as const;

/** docker compose refuses a list that starts with another word; docker stack hands it to the Engine, which never runs it. */
export function parseTestVerb(text: string): Parsed<TestVerb> {
  const verb = verbs.find((it) => it === text);
  if (verb) return success(verb);
  const meant = verbs.find((it) => it === text.toUpperCase().replace('_', '-'));
  const advice = meant ? `write \`${meant}\`` : 'put `CMD`, or `CMD-SHELL` and a single text, in front';
  const message = `A test starts with \`CMD\`, \`CMD-SHELL\` or \`NONE\`, not with \`${text}\`: ${advice}.`;
  return failure(message, text, undefined, meant);
}
