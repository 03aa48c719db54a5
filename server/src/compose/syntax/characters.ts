/** Codes of the characters that YAML's structure is made of. */
export const tab = 9;
export const lineFeed = 10;
export const carriageReturn = 13;
export const space = 32;
export const doubleQuote = 34;
export const hash = 35;
export const percent = 37;
export const ampersand = 38;
export const singleQuote = 39;
export const asterisk = 42;
export const comma = 44;
export const dash = 45;
export const colon = 58;
export const greater = 62;
export const openList = 91;
export const backslash = 92;
export const closeList = 93;
export const openMap = 123;
export const bar = 124;
export const closeMap = 125;

/** Space, tab, end of line or end of text. */
export function isBreak(code: number): boolean {
  return code === space || code === lineFeed || code === tab || code === carriageReturn || Number.isNaN(code);
}

export function isFlowIndicator(code: number): boolean {
  return code === comma || code === openList || code === closeList || code === openMap || code === closeMap;
}

/** What ends a line to go-yaml and to hardly anybody else: its blocks have a line feed there. */
export const oddBreak = /\r(?!\n)|[\u0085\u2028\u2029]/;
export const oddBreaks = new RegExp(oddBreak, 'g');

/** The line at an offset that ends or begins a YAML document. */
export function documentMarker(text: string, start: number): '---' | '...' | undefined {
  for (const marker of ['---', '...'] as const) {
    if (text.startsWith(marker, start) && isBreak(text.charCodeAt(start + 3))) return marker;
  }
  return undefined;
}
