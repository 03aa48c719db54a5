import { readdirSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Host } from './project/host.js';
import { canonicalUri, encodedUri } from './text/uri.js';

/** Bytes. No file that is read here is a tenth of that. */
const largest = 32 * 1024 * 1024;

/**
 * Files of this machine, read when asked for. Bytes that are no UTF-8 and UTF-16 with a mark are read as the tools read them. What a
 * file names may be anything: pipes and devices, which may never end, are not read.
 */
export function nodeHost(isToolsEnvironment: boolean): Host {
  return {
    readText(uri) {
      try {
        const path = pathOf(uri);
        const found = statSync(path);
        return found.isFile() && found.size <= largest ? textOf(readFileSync(path)) : undefined;
      } catch {
        return undefined;
      }
    },
    stat(uri) {
      try {
        const found = statSync(pathOf(uri), { throwIfNoEntry: false });
        return found?.isDirectory() ? 'folder' : found ? 'file' : undefined;
      } catch {
        // Nothing can be there: below a file, in a loop of links, in a folder that may not be entered.
        return undefined;
      }
    },
    list(folder) {
      try {
        return readdirSync(pathOf(folder), { withFileTypes: true }).map((it) => ({
          name: it.name,
          kind: it.isDirectory() ? 'folder' : 'file',
        }));
      } catch {
        return [];
      }
    },
    variable: (name) => process.env[name],
    isToolsEnvironment,
    // Whoever keeps what was read knows when it is old.
    revision: () => 0,
  };
}

export function uriOfPath(path: string): string {
  return canonicalUri(pathToFileURL(resolve(path)).href);
}

export function pathOf(uri: string): string {
  return fileURLToPath(encodedUri(uri));
}

/** Editors keep the byte-order mark to themselves; so do we. */
export function textOf(bytes: Buffer): string {
  return decode(bytes).replace(/^\uFEFF/, '');
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return Buffer.from(bytes).swap16().toString('utf16le');
  return bytes.toString('utf8');
}
