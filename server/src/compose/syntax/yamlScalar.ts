import type { Primitive, ScalarNode } from './tree.js';

export type ScalarKind = 'null' | 'bool' | 'int' | 'float' | 'timestamp' | 'string';

/** A plain scalar as go-yaml v3, the parser of both tools, reads it. A timestamp keeps its text; a large int is a rounded number. */
export interface PlainScalar {
  readonly kind: ScalarKind;
  readonly value: Primitive;
}

/** The value of a plain (unquoted) scalar: `yes` and `22:22` are strings, `017` is 15, `1_000` is 1000, nothing at all is null. */
export function resolveScalar(text: string): Primitive {
  return startsAsString(text) ? text : readScalar(text).value;
}

/** Whether a plain scalar is a text to every reader, those of YAML 1.1 too, to whom `yes` is a boolean. */
export function isSurelyText(text: string): boolean {
  return typeof resolveScalar(text) === 'string' && !/^(y|n|yes|no|on|off)$/i.test(text);
}

/** Whether a plain scalar is a date, or a date and a time. */
export function isTimestamp(text: string): boolean {
  return isDigit(text.charCodeAt(0)) && readTimestamp(text) !== undefined;
}

/** Whether a scalar can be a key: the tools take no numbers, dates or words such as `true`. */
export function isTextKey({ value, style, text }: ScalarNode): boolean {
  return typeof value === 'string' && !(style === 'plain' && isTimestamp(text));
}

/** As `resolveScalar`, with the kind of the value. */
export function readScalar(text: string): PlainScalar {
  const first = text.charCodeAt(0);
  if (isDigit(first) || first === plus || first === minus) return words.get(text) ?? readNumber(text) ?? string(text);
  if (first === dot) return words.get(text) ?? readFraction(text) ?? string(text);
  return words.get(text) ?? string(text);
}

/**
 * The text a plain scalar becomes where a string is wanted (environment, labels, build arguments): `1.50` becomes `1.5`,
 * `017` becomes `15` and `2024-01-01` a time. It equals `text` where nothing is lost. Null becomes the empty string.
 */
export function renderScalar(text: string): string {
  const { kind, value } = readScalar(text);
  switch (kind) {
    case 'string':
      return text;
    case 'null':
      return '';
    case 'bool':
      return String(value);
    case 'int':
      return String(readInteger(text.replaceAll('_', '')) ?? value);
    case 'float':
      return renderFloat(Number(value));
    case 'timestamp': {
      const time = readTimestamp(text);
      return time ? renderTimestamp(time) : text;
    }
  }
}

const plus = 0x2b;
const minus = 0x2d;
const dot = 0x2e;
const tilde = 0x7e;

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Most scalars are decided by their first character: only `+-.~`, digits and the letters of `null`, `true`, `false` mean more. */
function startsAsString(text: string): boolean {
  const first = text.charCodeAt(0);
  if (Number.isNaN(first) || isDigit(first) || first === plus || first === minus || first === dot || first === tilde)
    return false;
  const letter = first | 0x20;
  return (letter !== 0x6e && letter !== 0x74 && letter !== 0x66) || text.length > 5;
}

const words: ReadonlyMap<string, PlainScalar> = new Map(
  (
    [
      ['bool', true, 'true True TRUE'],
      ['bool', false, 'false False FALSE'],
      ['null', null, ' ~ null Null NULL'],
      ['float', NaN, '.nan .NaN .NAN'],
      ['float', Infinity, '.inf .Inf .INF +.inf +.Inf +.INF'],
      ['float', -Infinity, '-.inf -.Inf -.INF'],
    ] as const
  ).flatMap(([kind, value, spellings]) => spellings.split(' ').map((word) => [word, { kind, value }] as const)),
);

function string(text: string): PlainScalar {
  return { kind: 'string', value: text };
}

function readNumber(text: string): PlainScalar | undefined {
  if (readTimestamp(text)) return { kind: 'timestamp', value: text };
  const plain = text.replaceAll('_', '');
  const integer = readInteger(plain);
  return integer === undefined ? readFloat(plain) : { kind: 'int', value: Number(integer) };
}

/** After a leading dot a `_` counts only between digits. */
function readFraction(text: string): PlainScalar | undefined {
  return readFloat(text.replace(/(?<=\d)_(?=\d)/g, ''));
}

/** Go's notation of integers: a sign, and 0x, 0o, 0b or a leading 0 for the base. Beyond 64 bits it is none. */
function readInteger(plain: string): bigint | number | undefined {
  const match = /^([-+]?)(?:(0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+)|0([0-7]+)|(0|[1-9]\d*))$/.exec(plain);
  if (!match) return undefined;
  const [, sign = '', prefixed, octal, decimal] = match;
  const digits = prefixed ?? (octal === undefined ? decimal : `0o${octal}`) ?? '';
  if (digits.length <= 15) return sign === '-' ? 0 - Number(digits) : Number(digits);
  const magnitude = BigInt(digits);
  const limit = sign === '-' ? 2n ** 63n : sign === '+' ? 2n ** 63n - 1n : 2n ** 64n - 1n;
  if (magnitude > limit) return undefined;
  return sign === '-' ? -magnitude : magnitude;
}

function readFloat(plain: string): PlainScalar | undefined {
  const value = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(plain) ? Number(plain) : Infinity;
  return Number.isFinite(value) ? { kind: 'float', value } : undefined;
}

/** Go's `%v`: the shortest digits that name the number, with an exponent below 1e-4 and from 1e+06 on. */
function renderFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

interface Timestamp {
  readonly date: readonly [year: string, month: string, day: string];
  readonly time: readonly [hour: string, minute: string, second: string];
  readonly fraction: string;
  /** `+HHMM`; absent where the text names no zone, which is UTC. */
  readonly zone: string;
}

const timestampForm = /^(\d{4})-(\d\d?)-(\d\d?)(?:([Tt ])(\d\d?):(\d\d?):(\d\d?)(?:[.,](\d+))?(Z|[-+]\d\d:\d\d)?)?$/;

/** A date, or a date and a time: after `T` with a zone, after a blank without one. Only dates and times that exist count. */
function readTimestamp(text: string): Timestamp | undefined {
  if (text.charCodeAt(4) !== minus) return undefined;
  const match = timestampForm.exec(text);
  if (!match) return undefined;
  const [, year = '', month = '', day = '', separator = ' ', hour = '0', minute = '0', second = '0', fraction = ''] =
    match;
  const zone = match[9];
  if ((separator === ' ') !== (zone === undefined)) return undefined;
  const [zoneHour, zoneMinute] = zone === undefined || zone === 'Z' ? ['+00', '00'] : [zone.slice(0, 3), zone.slice(4)];
  const days = new Date(Date.UTC(Number(year) + 400, Number(month), 0)).getUTCDate();
  const real =
    within(month, 1, 12) &&
    within(day, 1, days) &&
    within(hour, 0, 23) &&
    within(minute, 0, 59) &&
    within(second, 0, 59) &&
    within(zoneHour.slice(1), 0, 23) &&
    within(zoneMinute, 0, 59);
  return real
    ? { date: [year, month, day], time: [hour, minute, second], fraction, zone: zoneHour + zoneMinute }
    : undefined;
}

function within(digits: string, low: number, high: number): boolean {
  return Number(digits) >= low && Number(digits) <= high;
}

function renderTimestamp({ date, time, fraction, zone }: Timestamp): string {
  const two = (digits: string) => digits.padStart(2, '0');
  const nanoseconds = fraction.slice(0, 9).replace(/0+$/, '');
  const name = Number(zone) === 0 ? '+0000 UTC' : `${zone} ${zone}`;
  return `${date.map(two).join('-')} ${time.map(two).join(':')}${nanoseconds && '.'}${nanoseconds} ${name}`;
}
