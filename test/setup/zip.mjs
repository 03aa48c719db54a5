// Reading zip archives with what Node has.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/** Unpacks a zip archive into a folder. */
export function unzip(file, folder) {
  for (const { name, content } of zipEntries(file)) {
    if (name.endsWith('/')) continue;
    const target = join(folder, name);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content());
  }
}

/**
 * The entries of a zip archive, from its central directory.
 * @returns {{ name: string, size: number, content: () => Buffer }[]} `size` in bytes, unpacked
 */
export function zipEntries(file) {
  const data = readFileSync(file);
  const end = data.lastIndexOf('PK\u0005\u0006');
  if (end < 0) throw new Error(`${file} is no zip archive.`);
  const entries = [];
  let at = data.readUInt32LE(end + 16);
  for (let left = data.readUInt16LE(end + 10); left > 0; left--) {
    const [method, packed, size] = [data.readUInt16LE(at + 10), data.readUInt32LE(at + 20), data.readUInt32LE(at + 24)];
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => data.readUInt16LE(at + offset));
    const local = data.readUInt32LE(at + 42);
    const name = data.toString('utf8', at + 46, at + 46 + nameLength);
    const start = local + 30 + data.readUInt16LE(local + 26) + data.readUInt16LE(local + 28);
    const bytes = data.subarray(start, start + packed);
    entries.push({ name, size, content: () => (method === 0 ? bytes : inflateRawSync(bytes)) });
    at += 46 + nameLength + extraLength + commentLength;
  }
  return entries;
}
