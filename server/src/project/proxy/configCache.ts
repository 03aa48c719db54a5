import { readConfig, type ConfigOptions } from '../../proxy/check.js';
import type { ProxyConfig } from '../../proxy/rule.js';
import type { Host } from '../host.js';
import type { World } from './world.js';

/** Reads proxy files, each anew only when its text or what is known beside it changes. */
export function configCache(host: Host): World['read'] {
  const known = new Map<string, { readonly text: string; readonly config: ProxyConfig }>();
  return (kind, uri, options) => {
    const key = `${kind} ${uri} ${keyOf(options)}`;
    const text = host.readText(uri);
    if (text === undefined) {
      known.delete(key);
      return undefined;
    }
    const before = known.get(key);
    if (before?.text === text) return before.config;
    const config = readConfig(kind, text, options);
    known.set(key, { text, config });
    return config;
  };
}

function keyOf({ place, template, environment }: ConfigOptions): string {
  return JSON.stringify([place, template, environment && [...environment]]);
}
