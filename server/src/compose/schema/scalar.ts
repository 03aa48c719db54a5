import { listed } from '../../text/words.js';
import type { ScalarType, Type } from '../../../../schemas/types.js';
import { isDate, type ScalarValue } from '../model/value.js';
import type { Target } from '../target.js';
import type { ShapeData } from './shapeFinding.js';
import { scalarsOf } from './attributes.js';
import { nearest } from './distance.js';

export interface Problem {
  readonly rule: 'invalid-value' | 'wrong-type';
  /** Completes "`key` must …". */
  readonly must: string;
  /** A sentence. */
  readonly hint?: string;
  /** The tool takes it and the Engine refuses it later. */
  readonly byEngine?: boolean;
  /** Whether no other scalar of its kind would do either. */
  readonly certain?: boolean;
  /** Whether docker compose reads it as it puts variables into the file. */
  readonly readFirst?: boolean;
  readonly data?: ShapeData;
}

/** What is wrong with a scalar under a type; undefined where one of the type's scalar alternatives takes it. */
export function judge(scalar: ScalarValue, type: Type, target: Target): Problem | undefined {
  const types = scalarsOf(type, target);
  if (types === 'any') return undefined;
  if (isDate(scalar)) return judgeDate(type, types, target);
  let best: Problem | undefined;
  for (const one of types) {
    const verdict = judgeAs(one, scalar, target);
    if (verdict === 'ok') return undefined;
    if (verdict !== 'other') best ??= verdict;
  }
  return best ?? { ...wrongType(scalar, type, types, target), certain: true };
}

/** docker stack deploy writes a date as text where a number would do as well; docker compose never does. */
function judgeDate(type: Type, types: readonly ScalarType[], target: Target): Problem | undefined {
  const takes = (kind: ScalarType['kind']) => types.some((one) => one.kind === kind);
  if (target === 'stack' && takes('string') && takes('number')) return undefined;
  const cure = takes('string') ? ({ hint: 'Put it into quotes.', data: { cure: 'quote' } } as const) : {};
  return { rule: 'wrong-type', must: `be ${nameKinds(type, target)}, not a date`, ...cure };
}

function judgeAs(type: ScalarType, scalar: ScalarValue, target: Target): Problem | 'ok' | 'other' {
  const { value } = scalar;
  switch (type.kind) {
    case 'null':
      return value === null ? 'ok' : 'other';
    case 'string':
      return typeof value === 'string' ? judgeWord(type, value, target) : 'other';
    case 'boolean':
      if (typeof value === 'boolean') return 'ok';
      if (typeof value !== 'string' || !casts(type.cast, scalar, target)) return 'other';
      return /^(?:true|false|yes|no|y|n|on|off)$/i.test(value) ? 'ok' : notA('true or false', value);
    case 'integer':
    case 'number': {
      if (typeof value === 'number') return judgeNumber(type, value);
      if (typeof value !== 'string' || !casts(type.cast, scalar, target)) return 'other';
      if (!(type.from === 'integer' ? /^[+-]?\d+$/ : goFloat).test(value))
        return notA(type.from === 'integer' ? 'a whole number' : 'a number', value);
      return judgeNumber(type, Number(value));
    }
  }
}

const goFloat = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf|infinity|nan)$/i;

/** docker compose reads types out of every string, a stack only out of one that interpolation changed. */
function casts(cast: 'both' | 'compose' | 'never', scalar: ScalarValue, target: Target): boolean {
  return target === 'compose' ? cast !== 'never' : cast === 'both' && scalar.interpolated;
}

function notA(what: string, value: string): Problem {
  return {
    rule: 'wrong-type',
    readFirst: true,
    must: value === '' ? `be ${what}, not an empty string` : `be ${what}, not \`${value}\``,
  };
}

function judgeNumber(type: Extract<ScalarType, { kind: 'integer' | 'number' }>, value: number): Problem | 'ok' {
  if (type.kind === 'integer' && !Number.isInteger(value)) return { rule: 'wrong-type', must: 'be a whole number' };
  const { min, max } = type;
  if ((min === undefined || value >= min) && (max === undefined || value <= max)) return 'ok';
  const must =
    min === undefined
      ? `be at most ${String(max)}`
      : max === undefined
        ? `be at least ${String(min)}`
        : `be between ${String(min)} and ${String(max)}`;
  return { rule: 'invalid-value', must };
}

function judgeWord(type: Extract<ScalarType, { kind: 'string' }>, value: string, target: Target): Problem | 'ok' {
  const { pattern, choices, enforced } = type;
  if (pattern?.by.includes(target) === true && !pattern.test.test(value)) {
    return { rule: 'invalid-value', must: pattern.says, ...candidates(value, choices) };
  }
  if (value === '' && target === 'stack' && type.emptyInStack) return 'ok';
  if (choices === undefined || enforced[target] === 'no' || choices.some((choice) => choice.value === value))
    return 'ok';
  return {
    rule: 'invalid-value',
    must: `be ${listed(
      choices.map((choice) => `\`${choice.value}\``),
      'or',
    )}, not \`${value}\``,
    ...(enforced[target] === 'engine' ? { byEngine: true } : {}),
    ...candidates(value, choices),
  };
}

function candidates(
  value: string,
  choices: readonly { readonly value: string }[] | undefined,
): { readonly data?: ShapeData } {
  const found = nearest(value, choices?.map((choice) => choice.value) ?? []);
  return found.length === 0 ? {} : { data: { candidates: found } };
}

function wrongType(scalar: ScalarValue, type: Type, types: readonly ScalarType[], target: Target): Problem {
  const { value } = scalar;
  const kinds = new Set(types.map(({ kind }) => kind));
  const must = `be ${nameKinds(type, target)}`;
  if (value === null) return { rule: 'wrong-type', must: `${must}, but it is empty` };
  if (typeof value !== 'string') {
    const quote = kinds.has('string') ? { hint: 'Put it into quotes.', data: { cure: 'quote' } as const } : {};
    return {
      rule: 'wrong-type',
      must: `${must}, not ${typeof value === 'number' ? 'a number' : 'true or false'}`,
      ...quote,
    };
  }
  if (scalar.interpolated && target === 'stack') {
    return { rule: 'wrong-type', must: `${must}, and docker stack deploy reads none out of a variable here` };
  }
  const inner =
    value.trim() !== '' && !Number.isNaN(Number(value))
      ? 'number'
      : /^(?:true|false)$/i.test(value)
        ? 'boolean'
        : undefined;
  const fits =
    (inner === 'number' && (kinds.has('integer') || kinds.has('number'))) ||
    (inner === 'boolean' && kinds.has('boolean'));
  return {
    rule: 'wrong-type',
    must: `${must}, not a string`,
    ...(fits ? { hint: 'Remove the quotes.', data: { cure: 'unquote' } as const } : {}),
  };
}

const kindNames: Readonly<Record<Exclude<Type['kind'], 'any' | 'union' | 'split'>, string>> = {
  null: 'empty',
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list',
  map: 'a mapping',
  object: 'a mapping',
};

/** Says the kinds that are allowed, as in "a string or a list". */
export function nameKinds(type: Type, target: Target): string {
  const names = new Set<string>();
  const add = (inner: Type | undefined): void => {
    if (inner === undefined || inner.kind === 'any') return;
    if (inner.kind === 'union') inner.of.forEach(add);
    else if (inner.kind === 'split') add(inner[target]);
    else names.add(kindNames[inner.kind]);
  };
  add(type);
  return listed([...names], 'or');
}
