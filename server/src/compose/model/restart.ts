import type { Target } from '../target.js';
import { failure, success } from './problem.js';
import type { Parsed } from './problem.js';

export interface RestartPolicy {
  readonly name: 'no' | 'always' | 'on-failure' | 'unless-stopped';
  /** Absent for no limit. */
  readonly maxRetries?: number;
}

const policies = ['no', 'always', 'on-failure', 'unless-stopped'] as const;

/** Reads the `restart` of a service. Both tools accept any text when they load the file and refuse a wrong one when they start it. */
export function parseRestart(text: string, target: Target): Parsed<RestartPolicy> {
  const colon = text.indexOf(':');
  const written = colon === -1 ? text : text.slice(0, colon);
  const meant = written === '' ? 'no' : target === 'compose' ? (composeNames.get(written) ?? written) : written;
  const name = policies.find((policy) => policy === meant);
  if (name === undefined) {
    const span = { start: 0, end: written.length };
    return failure(
      `\`${written}\` is no restart policy: ${policies.map((it) => `\`${it}\``).join(', ')} are.`,
      text,
      span,
    );
  }
  if (colon === 0 && target === 'stack') return failure('There is no policy before the colon.', text);
  if (colon === -1) return success({ name });
  const retries = text.slice(colon + 1);
  const span = { start: colon + 1, end: text.length };
  if (name !== 'on-failure' && target === 'compose')
    return failure(`Only \`on-failure\` takes a number of retries.`, text, span);
  // A stack takes a negative number for no limit, and one behind any policy.
  if (!(target === 'stack' ? /^(?:[-+]?\d+)?$/ : /^\+?\d+$/).test(retries))
    return failure(`\`${retries}\` is no number of retries.`, text, span);
  return success({ name, ...(retries !== '' && Number(retries) >= 0 && { maxRetries: Number(retries) }) });
}

/** docker compose takes the words of `deploy.restart_policy` too. */
const composeNames: ReadonlyMap<string, string> = new Map([
  ['none', 'no'],
  ['any', 'always'],
]);
