import { isIpAddress } from './port.js';

/** An address range such as `10.5.0.0/24`; undefined for what is none. */
export function parseSubnet(
  text: string,
): { readonly first: bigint; readonly bits: number; readonly length: number } | undefined {
  const [, address = '', written = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  if (!isIpAddress(address)) return undefined;
  const bits = address.includes(':') ? 128 : 32;
  const length = Number(written);
  return length > bits ? undefined : { first: numberOf(address), bits, length };
}

/** Whether an address is in a subnet; undefined where either is none. */
export function holdsAddress(subnet: string, address: string): boolean | undefined {
  const range = parseSubnet(subnet);
  if (!range || !isIpAddress(address)) return undefined;
  const shift = BigInt(range.bits - range.length);
  return (address.includes(':') ? 128 : 32) === range.bits && numberOf(address) >> shift === range.first >> shift;
}

function numberOf(address: string): bigint {
  if (!address.includes(':')) return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const tail = address.slice(address.lastIndexOf(':') + 1);
  const [a = 0, b = 0, c = 0, d = 0] = tail.includes('.') ? tail.split('.').map(Number) : [];
  const hex = (n: number): string => n.toString(16);
  const plain = tail.includes('.')
    ? `${address.slice(0, -tail.length)}${hex(a * 256 + b)}:${hex(c * 256 + d)}`
    : address;
  const [head = '', rest] = plain.split('::').map((side) => (side === '' ? [] : side.split(':')));
  const groups = [...head, ...Array<string>(8 - head.length - (rest?.length ?? 0)).fill('0'), ...(rest ?? [])];
  return groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}
