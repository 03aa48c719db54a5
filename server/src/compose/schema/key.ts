import { newestCompose, olderThan, type Extensions, type ObjectType } from '../../../../schemas/types.js';
import type { Member } from '../model/value.js';
import { suggest, type Idea } from './suggest.js';
import { data, nameOf, report, sentences, type Spot, type Walk } from './walk.js';
import { refuses } from '../target.js';

/**
 * Says of a key of an object what the target does with it. The spot from which its value is looked at; undefined where it does
 * not matter what that is.
 */
export function judgeKey(member: Member, type: ObjectType, here: Spot, walk: Walk): Spot | undefined {
  const { target, version } = walk;
  const attribute = Object.hasOwn(type.keys, member.key) ? type.keys[member.key] : undefined;
  if (attribute === undefined) {
    unknownKey(member, type, here, walk);
    return undefined;
  }
  const support = attribute.support[target];
  if (support.status === 'refused') {
    if (passes(type.open[target], version)) dropped(here, support.instead, walk);
    else if (target === 'compose') unknownKey(member, type, here, walk, support.instead);
    else
      report(walk, here, undefined, {
        rule: 'not-in-stack',
        severity: 'error',
        message: sentences(`\`${member.key}\` does not exist in stack files: ${refuses.stack}.`, support.instead),
      });
    return undefined;
  }
  if (target === 'stack' && olderThan(version, support.since)) {
    if (passes(type.open.stack, version)) return undefined;
    if (member.key.startsWith('x-')) unknownKey(member, type, here, walk);
    else
      report(walk, here, undefined, {
        rule: 'needs-newer-format',
        severity: 'error',
        message: `\`${member.key}\` needs file format ${support.since} or newer, this file says ${version}: ${refuses.stack}.`,
        data: { format: support.since },
      });
    return undefined;
  }
  if (target === 'compose' && olderThan(newestCompose, support.since)) {
    report(walk, here, undefined, {
      rule: 'unknown-key',
      severity: 'error',
      message: `\`${member.key}\` comes with docker compose ${support.since}: older releases refuse the file.`,
    });
    return undefined;
  }
  if (support.status === 'ignored' && target === 'stack' && !here.quiet) {
    report(walk, here, undefined, {
      rule: 'ignored-in-stack',
      severity: 'warning',
      message: sentences(
        `docker stack deploy ignores \`${member.key}\`${support.how === 'silently' ? ' without a word' : ''}.`,
        support.instead,
      ),
    });
  }
  if (support.status === 'ignored' && target === 'compose' && !here.quiet && !toldByRules.has(member.key)) {
    report(walk, here, undefined, {
      rule: 'ignored-in-compose',
      severity: 'info',
      message: sentences(`docker compose ignores \`${member.key}\` without a word.`, support.instead),
    });
  }
  if (support.status === 'deprecated' && !(target === 'stack' && isNewerBeside(member.key, here, version))) {
    report(walk, here, undefined, {
      rule: 'deprecated-key',
      severity: 'warning',
      message: sentences(`\`${member.key}\` is obsolete.`, support.instead),
    });
  }
  const quiet = here.quiet || support.status === 'ignored';
  return quiet === here.quiet ? here : { ...here, quiet };
}

/** Whether the key of that name one level further out, which would be better, is too new for the file. */
function isNewerBeside(key: string, here: Spot, version: string): boolean {
  const support = here.up?.up?.type?.keys[key]?.support.stack;
  return support !== undefined && support.status !== 'refused' && olderThan(version, support.since);
}

/** Ignored keys that a rule of their own knows more about. */
const toldByRules: ReadonlySet<string> = new Set(['generic_resources']);

/** A key that the target reads over. */
function dropped(here: Spot, instead: string | undefined, walk: Walk): void {
  if (here.quiet) return;
  report(walk, here, undefined, {
    rule: 'ignored-in-stack',
    severity: 'warning',
    message: sentences(`docker stack deploy ignores \`${String(here.key)}\` without a word.`, instead),
  });
}

function passes(allowed: Extensions, version: string): boolean {
  return typeof allowed === 'string' ? !olderThan(version, allowed) : allowed;
}

/** A file with more findings is no file with typing mistakes: looking for what was meant would take long. */
const mostIdeas = 100;

function unknownKey(member: Member, type: ObjectType, here: Spot, walk: Walk, instead?: string): void {
  const { target, version } = walk;
  const { key } = member;
  if (key.startsWith('x-')) {
    const allowed = type.extensions[target];
    if (passes(allowed, version) || passes(type.open[target], version)) return;
    const old = typeof allowed === 'string';
    report(walk, here, undefined, {
      rule: old ? 'needs-newer-format' : target === 'stack' ? 'not-in-stack' : 'unknown-key',
      severity: 'error',
      message: old
        ? `\`${key}\`: extensions here need file format ${allowed} or newer, this file says ${version}: ${refuses.stack}.`
        : `\`${key}\` cannot stand here: extensions are not allowed in ${nameOf(here.up ?? here)}, and ${refuses[target]}.`,
      ...(old ? { data: { format: allowed } } : {}),
    });
    return;
  }
  if (passes(type.open[target], version)) {
    if (target === 'stack') dropped(here, undefined, walk);
    return;
  }
  const idea: Idea =
    instead !== undefined ? { advice: instead } : walk.found.length < mostIdeas ? suggest(member, here, target) : {};
  report(walk, here, undefined, {
    rule: idea.belongs === undefined ? 'unknown-key' : 'misplaced-key',
    severity: 'error',
    message: sentences(
      idea.belongs === undefined
        ? `Unknown key \`${key}\`: ${refuses[target]}.`
        : `\`${key}\` does not belong here: ${refuses[target]}.`,
      idea.advice,
    ),
    ...data({
      ...(idea.candidates === undefined ? {} : { candidates: idea.candidates }),
      ...(idea.belongs === undefined ? {} : { belongs: idea.belongs }),
    }),
  });
}
