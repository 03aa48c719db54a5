import type { EffectiveConfigParams } from '../../../server/src/protocol.js';

/** The scheme of the documents that show what a tool makes of a file. */
export const effectiveScheme = 'longshore-effective';

/** The parts of the URI of such a document; its last part is the title of its tab, and no name of a Compose file. */
export function addressOf({ uri, target, alone }: EffectiveConfigParams): { path: string; query: string } {
  const name = decodeURIComponent(uri.split('/').at(-1) ?? '');
  const how = alone ? 'alone' : target === undefined ? 'effective' : target === 'stack' ? 'as a stack' : 'as Compose';
  return { path: `/${name} (${how})`, query: JSON.stringify({ uri, target, alone }) };
}

/** What a document shows, from the query of its URI; undefined for a query that is none of ours. */
export function shownBy(query: string): EffectiveConfigParams | undefined {
  try {
    const params = JSON.parse(query) as Partial<EffectiveConfigParams> | null;
    return typeof params?.uri === 'string' ? { ...params, uri: params.uri } : undefined;
  } catch {
    return undefined;
  }
}
