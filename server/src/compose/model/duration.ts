import { listed } from '../../text/words.js';
import type { Target } from '../target.js';
import { failure, success } from './problem.js';
import type { Parsed } from './problem.js';

/** A span of time in nanoseconds. Beyond some hundred days the last digits are rounded. */
export interface Duration {
  readonly nanoseconds: number;
}

/** Reads a duration such as `1m30s`: numbers with units and nothing between; `0` alone needs none. */
export function parseDuration(text: string, target: Target): Parsed<Duration> {
  const [, sign = '', body = ''] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  if (body === '0') return success({ nanoseconds: 0 });
  const known = target === 'compose' ? composeUnits : stackUnits;
  let nanoseconds = 0;
  let at = sign.length;
  while (at < text.length || at === sign.length) {
    const [step = '', amount, unit = ''] = /^(\d+\.?\d*|\.\d+)([^\d.]*)/.exec(text.slice(at)) ?? [];
    if (amount === undefined) return failure(`\`${text}\` is no duration: ${example}.`, text);
    const span = { start: at, end: at + step.length };
    if (unit === '') return failure(`\`${amount}\` has no unit: ${example}.`, text, span, `${amount}s`);
    const size = nanosecondsPer.get(unit);
    if (size === undefined || !known.includes(unit)) {
      const message = `\`${unit}\` is no unit of time${tool(unit, target)}: ${unitNames(known)} are.`;
      if (size !== undefined && Number.isInteger(Number(amount)))
        return failure(message, text, span, `${(Number(amount) * size) / 3600e9}h`);
      const meant = words.find(([pattern]) => pattern.test(unit.trim()))?.[1];
      return failure(message, text, { start: span.end - unit.length, end: span.end }, meant);
    }
    nanoseconds += Number(amount) * size;
    at = span.end;
  }
  if (nanoseconds > largest) return failure(`\`${text}\` is longer than the 292 years a duration can be.`, text);
  return success({ nanoseconds: sign === '-' ? 0 - nanoseconds : nanoseconds });
}

/** A duration in plain words: `1 minute 30 seconds`. */
export function describeDuration({ nanoseconds }: Duration): string {
  if (nanoseconds === 0) return '0 seconds';
  const words: string[] = [];
  let rest = Math.round(Math.abs(nanoseconds));
  for (const [name, size] of namedUnits) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) words.push(`${amount} ${name}${amount === 1 ? '' : 's'}`);
  }
  return `${nanoseconds < 0 ? 'minus ' : ''}${words.join(' ')}`;
}

const example = 'write a number and a unit, as in `30s` or `1m30s`';

const nanosecondsPer: ReadonlyMap<string, number> = new Map([
  ['ns', 1],
  ['us', 1e3],
  ['\u00b5s', 1e3],
  ['\u03bcs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
  ['m', 60e9],
  ['h', 3600e9],
  ['d', 24 * 3600e9],
  ['w', 7 * 24 * 3600e9],
]);

/** Units as people write them. */
const words: readonly (readonly [RegExp, string])[] = [
  [/^(?:s|secs?|seconds?)$/i, 's'],
  [/^(?:m|mins?|minutes?)$/i, 'm'],
  [/^(?:h|hrs?|hours?)$/i, 'h'],
  [/^(?:ms|msecs?|millis|milliseconds?)$/i, 'ms'],
];

const stackUnits: readonly string[] = ['ns', 'us', '\u00b5s', '\u03bcs', 'ms', 's', 'm', 'h'];
const composeUnits: readonly string[] = [...stackUnits, 'd', 'w'];

const largest = 2 ** 63;

const namedUnits = [
  ['day', 24 * 3600e9],
  ['hour', 3600e9],
  ['minute', 60e9],
  ['second', 1e9],
  ['millisecond', 1e6],
  ['microsecond', 1e3],
  ['nanosecond', 1],
] as const;

function unitNames(units: readonly string[]): string {
  const ascii = units.filter((unit) => /^[a-z]+$/.test(unit)).map((unit) => `\`${unit}\``);
  return listed(ascii, 'and');
}

function tool(unit: string, target: Target): string {
  return target === 'stack' && composeUnits.includes(unit) ? ' to docker stack' : '';
}
