import {
  newestCompose,
  olderThan,
  type Extensions,
  type MapType,
  type ObjectType,
  type ListType,
  type Type,
} from '../../../../schemas/types.js';
import type { Place, MapValue, Member, ScalarValue, SeqValue, Value } from '../model/value.js';
import type { Target } from '../target.js';
import { formatOf, pick, typeAt } from './attributes.js';
import { judge, nameKinds } from './scalar.js';
import { suggest, type Idea, type Level } from './suggest.js';

export type ShapeRule =
  | 'deprecated-key'
  | 'duplicate-item'
  | 'ignored-in-compose'
  | 'ignored-in-stack'
  | 'invalid-value'
  | 'misplaced-key'
  | 'missing-key'
  | 'needs-newer-format'
  | 'not-in-stack'
  | 'unknown-key'
  | 'wrong-type';

export interface ShapeFinding {
  readonly rule: ShapeRule;
  /** `error` where the target's tool refuses the file, `info` for what a file for both tools has, else `warning`. */
  readonly severity: 'error' | 'warning' | 'info';
  readonly at: Place;
  /** Whole sentences. */
  readonly message: string;
  readonly path: readonly (string | number)[];
  readonly data?: ShapeData;
  /** Whether it is about a key with nothing below it: laid over another file that changes nothing. */
  readonly isEmpty?: boolean;
}

/** What a quick fix needs. */
export interface ShapeData {
  /** Keys or values that were probably meant, the likeliest first. */
  readonly candidates?: readonly string[];
  /** Where the key belongs, from the entry that holds it: `deploy.resources`. */
  readonly belongs?: string;
  /** The stack file format that takes it. */
  readonly format?: string;
  /** The edit that would make the value the right type. */
  readonly cure?: 'quote' | 'unquote' | 'list' | 'remove';
  /** The earlier one of two equal items. */
  readonly first?: Place;
  /** The keys that are missing. */
  readonly missing?: readonly string[];
}

export interface ShapeContext {
  readonly target: Target;
  /** Stack file format, such as `3.8`; the newest one where absent, empty or `3`. */
  readonly version: string | undefined;
}

/** A file with more findings is no file with typing mistakes: looking for what was meant would take long. */
const mostIdeas = 100;

/** What each tool is called and what it does. */
const refuses: Readonly<Record<Target, string>> = {
  compose: 'docker compose refuses the file',
  stack: 'docker stack deploy refuses the file',
};

/**
 * Compares a value with what the attribute table says of its path: keys, types, allowed words, repeated items, support by the
 * target. `at` is where the value hangs: `[]` for a whole file or a map with some of its top-level keys, `['services']` for a
 * map with some services. Nothing is said about references, grammars or keys that exclude each other. Takes time in
 * proportion to the value.
 */
export function checkShape(
  value: Value,
  at: readonly (string | number)[],
  context: ShapeContext,
): readonly ShapeFinding[] {
  const type = typeAt(at, context.target);
  if (type === undefined) return [];
  const walk: Walk = { target: context.target, version: formatOf(context.version), found: [] };
  visit(value, type, { up: undefined, path: at, key: at.at(-1) ?? '', keyAt: undefined, quiet: false }, walk);
  return walk.found;
}

interface Walk {
  readonly target: Target;
  readonly version: string;
  readonly found: ShapeFinding[];
}

/** Where the walk stands. `quiet`: below a key that is ignored, where only refusals matter. */
interface Spot extends Level {
  readonly up: Spot | undefined;
  /** The path of the starting point; below it `up` and `key` tell it. */
  readonly path?: readonly (string | number)[];
  readonly keyAt: Place | undefined;
  readonly quiet: boolean;
}

function visit(value: Value, type: Type, spot: Spot, walk: Walk): void {
  switch (value.kind) {
    case 'scalar':
      return visitScalar(value, type, spot, walk);
    case 'seq': {
      const form = pick(type, 'list', walk.target);
      if (form?.from !== undefined && olderThan(walk.version, form.from))
        return needsFormat(value, form.from, spot, walk);
      if (form?.type.kind === 'list') return visitList(value, form.type, spot, walk);
      if (form === undefined) wrongKind(value, type, spot, walk);
      return;
    }
    case 'map': {
      const form = pick(type, 'map', walk.target);
      if (form?.from !== undefined && olderThan(walk.version, form.from))
        return needsFormat(value, form.from, spot, walk);
      if (form?.type.kind === 'object') return visitObject(value, form.type, spot, walk);
      if (form?.type.kind === 'map') return visitMap(value, form.type, spot, walk);
      if (form === undefined) wrongKind(value, type, spot, walk);
    }
  }
}

function visitScalar(value: ScalarValue, type: Type, spot: Spot, walk: Walk): void {
  const problem = judge(value, type, walk.target);
  if (problem === undefined) return;
  const subject = nameOf(spot);
  if (problem.byEngine === true) {
    report(walk, spot, value, {
      rule: 'invalid-value',
      severity: 'warning',
      message: `${subject} must ${problem.must}: the Engine refuses the service at deploy.`,
      ...data(problem.data),
    });
    return;
  }
  const hangs = value.unset && problem.certain !== true;
  const why = hangs ? ', but a variable in it is not set here' : '';
  report(walk, spot, value, {
    rule: problem.rule,
    severity: hangs ? 'warning' : 'error',
    ...(value.value === null ? { isEmpty: true } : {}),
    message: `${subject} must ${problem.must}${why}: ${refuses[walk.target]}.${problem.hint === undefined ? '' : ` ${problem.hint}`}`,
    ...data({ ...listOrNothing(value, type, spot, walk), ...problem.data }),
  });
}

/** One thing where a list of such belongs, or a key with nothing below it. */
function listOrNothing(value: ScalarValue, type: Type, spot: Spot, walk: Walk): ShapeData {
  if (value.value === null) return spot.keyAt === undefined || spot.up?.up === undefined ? {} : { cure: 'remove' };
  const list = pick(type, 'list', walk.target)?.type;
  const fits = list?.kind === 'list' && judge(value, list.items, walk.target) === undefined;
  return fits && value.at.start < value.at.end ? { cure: 'list' } : {};
}

function wrongKind(value: Value, type: Type, spot: Spot, walk: Walk): void {
  const given = value.kind === 'seq' ? 'a list' : 'a mapping';
  report(walk, spot, value, {
    rule: 'wrong-type',
    severity: 'error',
    message: `${nameOf(spot)} must be ${nameKinds(type, walk.target)}, not ${given}: ${refuses[walk.target]}.`,
  });
}

function needsFormat(value: Value, from: string, spot: Spot, walk: Walk): void {
  report(walk, spot, value, {
    rule: 'needs-newer-format',
    severity: 'error',
    message: `The long form of ${nameOf(spot)} needs file format ${from} or newer, this file says ${walk.version}: ${refuses.stack}.`,
    data: { format: from },
  });
}

function visitList(value: SeqValue, type: ListType, spot: Spot, walk: Walk): void {
  value.items.forEach((item, index) => {
    visit(item, type.items, { up: spot, key: index, keyAt: undefined, quiet: spot.quiet }, walk);
  });
  if (value.items.length > 1 && type.unique.includes(walk.target)) findRepeated(value, spot, walk);
}

function findRepeated(value: SeqValue, spot: Spot, walk: Walk): void {
  const seen = new Map<string, Value>();
  value.items.forEach((item, index) => {
    const print = fingerprint(item, 3);
    if (print === undefined) return;
    const first = seen.get(print);
    if (first === undefined) {
      seen.set(print, item);
      return;
    }
    report(walk, { up: spot, key: index, keyAt: undefined, quiet: spot.quiet }, item, {
      rule: 'duplicate-item',
      severity: dependsOnUnset(item) ? 'warning' : 'error',
      message: `${nameOf(spot)} has the same item twice: ${refuses[walk.target]}.`,
      data: { first: first.at },
    });
  });
}

/** Equal for equal values; undefined for one too deep to compare. */
function fingerprint(value: Value, depth: number): string | undefined {
  if (value.kind === 'scalar') return JSON.stringify(value.value);
  if (depth === 0) return undefined;
  const parts =
    value.kind === 'seq'
      ? value.items.map((item) => fingerprint(item, depth - 1))
      : [...value.members.values()]
          .map((member) => `${JSON.stringify(member.key)}:${fingerprint(member.value, depth - 1) ?? '?'}`)
          .sort();
  return parts.includes(undefined) ? undefined : `${value.kind}[${parts.join()}]`;
}

function dependsOnUnset(value: Value): boolean {
  if (value.kind === 'scalar') return value.unset;
  const inner = value.kind === 'seq' ? value.items : [...value.members.values()].map((member) => member.value);
  return inner.some((item) => item.kind === 'scalar' && item.unset);
}

function visitMap(value: MapValue, type: MapType, spot: Spot, walk: Walk): void {
  for (const member of value.members.values()) {
    if (isReset(member, walk.target)) continue;
    const here: Spot = { up: spot, key: member.key, keyAt: member.keyAt, quiet: spot.quiet };
    if (type.keys?.test(member.key) === false) {
      report(walk, here, undefined, {
        rule: 'invalid-value',
        severity: 'error',
        message: `\`${member.key}\` cannot name ${type.names}: only letters, digits, \`.\`, \`_\` and \`-\` are allowed, and ${refuses[walk.target]}.`,
      });
      continue;
    }
    visitNamed(member, type, here, walk);
  }
}

/** A key of an entry that stands where the entry's own name belongs is one mistake, whatever else is wrong below it. */
function visitNamed(member: Member, type: MapType, here: Spot, walk: Walk): void {
  const entry = pick(type.values, 'map', walk.target)?.type;
  const known = entry?.kind === 'object' && Object.hasOwn(entry.keys, member.key) ? entry : undefined;
  const inner: Walk = known === undefined ? walk : { ...walk, found: [] };
  visit(member.value, type.values, here, inner);
  if (known === undefined) return;
  const refused = inner.found.some(
    (finding) => finding.severity === 'error' && finding.path.length <= pathOf(here).length + 1,
  );
  const fits =
    member.value.kind === 'map' && [...member.value.members.keys()].some((key) => Object.hasOwn(known.keys, key));
  if (!refused || fits) {
    walk.found.push(...inner.found);
    return;
  }
  report(walk, here, undefined, {
    rule: 'misplaced-key',
    severity: 'error',
    message: `\`${member.key}\` stands where the name of ${type.names} belongs: ${refuses[walk.target]}. Indent it below the name.`,
  });
}

function visitObject(value: MapValue, type: ObjectType, spot: Spot, walk: Walk): void {
  const level: Spot = { ...spot, type };
  for (const member of value.members.values()) {
    if (!isReset(member, walk.target))
      visitMember(member, type, { up: level, key: member.key, keyAt: member.keyAt, quiet: spot.quiet }, walk);
  }
  const missing = type.required[walk.target].filter((key) => {
    const member = value.members.get(key);
    return member === undefined || isReset(member, walk.target);
  });
  if (missing.length === 0) return;
  const keys = missing.map((key) => `\`${key}\``).join(' and ');
  report(walk, spot, value, {
    rule: 'missing-key',
    severity: 'error',
    message: `${nameOf(spot)} needs ${keys}: ${refuses[walk.target]}.`,
    data: { missing },
  });
}

/** docker compose drops what is reset before it looks at the rest; a stack ignores the tag. */
function isReset(member: Member, target: Target): boolean {
  return target === 'compose' && member.value.tag === '!reset';
}

function visitMember(member: Member, type: ObjectType, here: Spot, walk: Walk): void {
  const { target, version } = walk;
  const attribute = Object.hasOwn(type.keys, member.key) ? type.keys[member.key] : undefined;
  if (attribute === undefined) return unknownKey(member, type, here, walk);
  const support = attribute.support[target];
  if (support.status === 'refused') {
    if (passes(type.open[target], version)) return dropped(here, support.instead, walk);
    if (target === 'compose') return unknownKey(member, type, here, walk, support.instead);
    report(walk, here, undefined, {
      rule: 'not-in-stack',
      severity: 'error',
      message: sentences(`\`${member.key}\` does not exist in stack files: ${refuses.stack}.`, support.instead),
    });
    return;
  }
  if (target === 'stack' && olderThan(version, support.since)) {
    if (passes(type.open.stack, version)) return;
    if (member.key.startsWith('x-')) return unknownKey(member, type, here, walk);
    report(walk, here, undefined, {
      rule: 'needs-newer-format',
      severity: 'error',
      message: `\`${member.key}\` needs file format ${support.since} or newer, this file says ${version}: ${refuses.stack}.`,
      data: { format: support.since },
    });
    return;
  }
  if (target === 'compose' && olderThan(newestCompose, support.since)) {
    report(walk, here, undefined, {
      rule: 'unknown-key',
      severity: 'error',
      message: `\`${member.key}\` comes with docker compose ${support.since}: older releases refuse the file.`,
    });
    return;
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
  if (support.status === 'deprecated') {
    report(walk, here, undefined, {
      rule: 'deprecated-key',
      severity: 'warning',
      message: sentences(`\`${member.key}\` is obsolete.`, support.instead),
    });
  }
  const quiet = here.quiet || support.status === 'ignored';
  visit(member.value, attribute.type, quiet === here.quiet ? here : { ...here, quiet }, walk);
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

function report(walk: Walk, spot: Spot, value: Value | undefined, finding: Omit<ShapeFinding, 'at' | 'path'>): void {
  const empty = value !== undefined && value.at.start === value.at.end;
  const at =
    value === undefined || empty || finding.rule === 'missing-key' ? (nearestKey(spot) ?? value?.at) : value.at;
  if (at !== undefined) walk.found.push({ ...finding, at, path: pathOf(spot) });
}

function nearestKey(spot: Spot): Place | undefined {
  return spot.keyAt;
}

function pathOf(spot: Spot): (string | number)[] {
  return spot.up === undefined ? [...(spot.path ?? [])] : [...pathOf(spot.up), spot.key];
}

/** How a sentence begins that is about this spot. */
function nameOf(spot: Spot): string {
  if (typeof spot.key === 'string') return spot.key === '' ? 'The file' : `\`${spot.key}\``;
  const list = spot.up === undefined ? spot.path?.at(-2) : spot.up.key;
  return list === undefined ? 'An item' : `Each item of \`${String(list)}\``;
}

function sentences(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(' ');
}

function data(given: ShapeData | undefined): { readonly data?: ShapeData } {
  return given === undefined || Object.keys(given).length === 0 ? {} : { data: given };
}
