import type { Target } from '../target.js';
import { failure, success } from './problem.js';
import type { Parsed } from './problem.js';

/** Reads a number of CPUs written as a text. docker stack also takes fractions such as `1/2`, and at most nine decimals. */
export function parseCpus(text: string, target: Target): Parsed<number> {
  const plain = text.replace(/(?<=\d)_(?=\d)/g, '');
  if (target === 'compose') {
    const cpus = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
    return Number.isFinite(cpus) ? success(cpus) : notCpus(text);
  }
  const [, numerator = '', divisor = '1'] =
    /^([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)$/i.exec(plain) ?? /^([-+]?\d+)\/(\d+)$/.exec(plain) ?? [];
  const cpus = numerator === '' || Number(divisor) === 0 ? NaN : Number(numerator) / Number(divisor);
  if (!Number.isFinite(cpus)) return notCpus(text);
  const precise = divisor === '1' ? decimals(numerator) <= 9 : (Number(numerator) * 1e9) % Number(divisor) === 0;
  return precise ? success(cpus) : failure(`\`${text}\` is too precise: docker stack takes nine decimals.`, text);
}

/** Kubernetes counts in thousandths: `500m`. */
function notCpus(text: string): Parsed<never> {
  const milli = /^(\d+)m$/.exec(text)?.[1];
  const cure = milli === undefined ? undefined : String(Number(milli) / 1000);
  return failure(`\`${text}\` is no number of CPUs, such as \`0.5\`.`, text, undefined, cure);
}

function decimals(number: string): number {
  const [, fraction = '', exponent = '0'] = /^[-+]?\d*\.?(\d*?)0*(?:e([-+]?\d+))?$/i.exec(number) ?? [];
  return fraction.length - Number(exponent);
}
