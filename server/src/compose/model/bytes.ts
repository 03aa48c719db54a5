import { failure, success } from './problem.js';
import type { Parsed } from './problem.js';

/** Reads a size such as `512m` or `1.5 GiB` into bytes, the same for both tools: units are powers of 1024, whatever their case. */
export function parseBytes(text: string): Parsed<number> {
  // Like the tools, the number reaches to the last digit, point or blank.
  const [, written = '', unit = ''] = /^(.*[\d.]) ?([^\d. ]*)$/s.exec(text) ?? [];
  const number = written.replace(/(?<=\d)_(?=\d)/g, '');
  if (!/\d/.test(number)) return failure(`\`${text}\` is no size: write a number and a unit, as in \`512m\`.`, text);
  if (!/^\+?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(number)) {
    const sign = number.startsWith('-') ? 'a size cannot be negative' : 'write a number and a unit, as in `512m`';
    return failure(`\`${text}\` is no size: ${sign}.`, text);
  }
  const [, prefix, suffix] = /^([kmgtp]?)(i?b)?$/i.exec(unit) ?? [];
  const power = ' kmgtp'.indexOf(prefix?.toLowerCase() || ' ');
  if (prefix === undefined || (power === 0 && suffix?.length === 2)) {
    const hint = /^[kmgtp]i$/i.test(unit) ? ` Write \`${unit}B\`.` : '';
    const message = `\`${unit}\` is no unit of size: \`b\`, \`k\`, \`m\`, \`g\`, \`t\` and \`p\` are.${hint}`;
    const cure = hint === '' ? undefined : `${unit}B`;
    return failure(message, text, { start: text.length - unit.length, end: text.length }, cure);
  }
  const bytes = Math.trunc(Number(number) * 1024 ** power);
  return Number.isFinite(bytes) ? success(bytes) : failure(`\`${text}\` is too large for a size.`, text);
}

/** A size in the largest unit that keeps it short: `1.5 GiB`, `512 MiB`, `100 bytes`. */
export function describeBytes(bytes: number): string {
  const power = Math.min(Math.floor(Math.log2(Math.max(Math.abs(bytes), 1)) / 10), units.length - 1);
  const amount = Math.round((bytes / 1024 ** power) * 100) / 100;
  return `${amount} ${power === 0 && Math.abs(amount) === 1 ? 'byte' : units[power]}`;
}

const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;
