import { isMap, isScalar } from 'yaml';
import type { ParsedNode } from 'yaml';
import type { Span } from '../../text/span.js';
import type { ScalarNode } from './tree.js';

// In brackets go-yaml ends a plain text at a colon only before a blank, and reads one that begins a text as that of a key.

/** The text that goes on over a colon, where the `yaml` package makes a key without a value of it: `a:` in `[a:]`. */
export function textWithColon(item: ParsedNode, text: string): ScalarNode | undefined {
  if (!isMap(item) || text.charAt(item.range[0]) === '{' || item.items.length !== 1) return undefined;
  const [pair] = item.items;
  const key = pair?.key;
  const value = pair?.value;
  if (
    !isScalar(key) ||
    key.type !== 'PLAIN' ||
    !key.source ||
    !key.range ||
    (isScalar(value) ? value.source !== '' : value)
  )
    return undefined;
  const end = colonEnd(key.range[1], text);
  if (end === undefined || !/[,\]}]/.test(text.charAt(end))) return undefined;
  const own = text.slice(key.range[0], end);
  return { kind: 'scalar', start: key.range[0], end, value: own, text: own, style: 'plain' };
}

/** The colon behind a key that a bracket follows at once. */
export function colonAtBracket(key: ParsedNode | null, text: string): Span | undefined {
  if (!isScalar(key) || key.type !== 'PLAIN') return undefined;
  const end = colonEnd(key.range[1], text);
  return end !== undefined && /[[{]/.test(text.charAt(end)) ? { start: end - 1, end } : undefined;
}

/** The colon that a text in brackets begins with. */
export function leadingColon(node: ParsedNode | null): Span | undefined {
  if (!isScalar(node) || node.type !== 'PLAIN' || !node.source.startsWith(':')) return undefined;
  return { start: node.range[0], end: node.range[0] + 1 };
}

/** Behind the colon that follows a key. */
function colonEnd(keyEnd: number, text: string): number | undefined {
  const [found] = /^ *:/.exec(text.slice(keyEnd, keyEnd + 100)) ?? [];
  return found === undefined ? undefined : keyEnd + found.length;
}
