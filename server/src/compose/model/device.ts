import { failure, success } from './problem.js';
import type { Parsed } from './problem.js';

/** An item of `devices`: a device of the host, or one that a vendor's CDI specification names. */
export type Device =
  | { readonly kind: 'path'; readonly source: string; readonly target: string; readonly permissions: string }
  | { readonly kind: 'cdi'; readonly name: string };

/** Reads the short form of a device, `SOURCE[:TARGET[:PERMISSIONS]]` or `vendor.com/class=name`. */
export function parseDevice(text: string): Parsed<Device> {
  if (isCdiName(text)) return success({ kind: 'cdi', name: text });
  const [source = '', target, permissions = 'rwm', ...more] = text.split(':');
  if (more.length > 0)
    return failure(`\`${text}\` has too many colons: a device is \`SOURCE:TARGET:PERMISSIONS\`.`, text);
  return success({ kind: 'path', source, target: target || source, permissions });
}

/** Whether a text is the full name of a CDI device, as in `nvidia.com/gpu=all`. */
export function isCdiName(text: string): boolean {
  const word = '[A-Za-z](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?';
  return new RegExp(`^${word}/${word}=[A-Za-z0-9](?:[A-Za-z0-9_.:-]*[A-Za-z0-9])?$`).test(text);
}

export type GpuId = 'index' | 'uuid' | 'mig' | 'cdi' | 'list' | 'all';

/** What kind of GPU an item of `device_ids` names to the NVIDIA tools; undefined for none that they know. */
export function gpuIdKind(text: string): GpuId | undefined {
  if (text === 'all') return 'all';
  if (/^\d+$/.test(text)) return 'index';
  if (/^GPU-[\da-f]{2,}(?:-[\da-f]+)*-?$/i.test(text)) return 'uuid';
  if (/^\d+:\d+$/.test(text) || /^MIG-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) return 'mig';
  if (/^MIG-GPU-[\da-f-]+\/\d+\/\d+$/i.test(text)) return 'mig';
  if (isCdiName(text)) return 'cdi';
  const items = text.split(',');
  return items.length > 1 && items.every((item) => gpuIdKind(item.trim()) !== undefined) ? 'list' : undefined;
}

/** How many GPUs a `count` asks for: a number, -1 for `all`. */
export function parseGpuCount(text: string): Parsed<number> {
  if (text.toLowerCase() === 'all') return success(-1);
  if (/^[-+]?\d+$/.test(text)) return success(Number(text));
  return failure(`\`${text}\` is no number of devices: write a whole number or \`all\`.`, text);
}
