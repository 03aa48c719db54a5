import { olderThan, type ListType, type MapType, type ObjectType, type Type } from '../../../../schemas/types.js';
import { replacedItems } from '../model/merge.js';
import type { MapValue, Member, ScalarValue, SeqValue, Value } from '../model/value.js';
import { refuses, type Target } from '../target.js';
import { formatOf, pick, typeAt } from './attributes.js';
import { judgeKey } from './key.js';
import { findRepeated } from './repeated.js';
import { judge, nameKinds } from './scalar.js';
import type { ShapeData, ShapeFinding } from './shapeFinding.js';
import { data, nameOf, pathOf, report, type Spot, type Walk } from './walk.js';

export interface ShapeContext {
  readonly target: Target;
  /** Stack file format, such as `3.8`; the newest one where absent, empty or `3`. */
  readonly version: string | undefined;
}

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
    message: `${subject} must ${problem.must}${why}: ${refuses[walk.target]}.${problem.hint === undefined ? '' : ` ${problem.hint}`}`,
    ...(problem.readFirst && { readFirst: true }),
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
  const replaced = walk.target === 'compose' ? replacedItems(String(spot.key), value.items) : undefined;
  value.items.forEach((item, index) => {
    if (replaced?.has(item)) return;
    visit(item, type.items, { up: spot, key: index, keyAt: undefined, quiet: spot.quiet }, walk);
  });
  if (value.items.length > 1 && isUnique(type, walk)) findRepeated(value, spot, walk);
}

function isUnique({ unique, uniqueUntil }: ListType, { target, version }: Walk): boolean {
  return unique.includes(target) && (uniqueUntil === undefined || olderThan(version, uniqueUntil));
}

function visitMap(value: MapValue, type: MapType, spot: Spot, walk: Walk): void {
  for (const member of value.members.values()) {
    if (isReset(member, walk.target)) continue;
    const here: Spot = { up: spot, key: member.key, keyAt: member.keyAt, quiet: spot.quiet };
    if (type.keys?.test(member.key) === false) {
      report(walk, here, undefined, {
        rule: 'invalid-value',
        severity: 'error',
        message:
          member.key === ''
            ? `An empty key cannot be ${type.names}: ${refuses[walk.target]}.`
            : `\`${member.key}\` cannot name ${type.names}: only letters, digits, \`.\`, \`_\` and \`-\` are allowed, and ${refuses[walk.target]}.`,
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
    if (isReset(member, walk.target)) continue;
    const here: Spot = { up: level, key: member.key, keyAt: member.keyAt, quiet: spot.quiet };
    const inner = judgeKey(member, type, here, walk);
    const attribute = type.keys[member.key];
    if (inner && attribute) visit(member.value, attribute.type, inner, walk);
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
