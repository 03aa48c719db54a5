import type { ScalarNode } from '../syntax/tree.js';
import { replaceText } from './fixes.js';
import type { TextRule } from './rule.js';
import { scalarsOf } from './scalars.js';
import { targets } from '../target.js';

export const smartQuotes: TextRule = {
  id: 'smart-quotes',
  scope: 'text',
  severity: 'warning',
  targets,
  docs: {
    summary: 'Typographic quotes are no quotes.',
    why: 'Word processors and web pages turn quotes into “these”. YAML takes them for letters, so they become part of the value.',
    bad: 'services:\n  web:\n    image: “nginx:1.27”\n',
    good: 'services:\n  web:\n    image: "nginx:1.27"\n',
  },
  *check(block) {
    if (!anyQuote.test(block.text) || block.broken) return;
    for (const { node, isKey } of scalarsOf(block.root)) {
      const plain = node.style === 'plain' ? straighten(node.text) : undefined;
      if (plain === undefined) continue;
      const at = { block, start: node.start, end: node.end };
      yield {
        at,
        message: `The typographic quotes are part of the ${isKey ? 'key' : 'value'}: only \`"\` and \`'\` quote in YAML.`,
        fixes: isWritten(block.text, node) ? replaceText(at, plain, 'Use straight quotes') : [],
      };
    }
  },
};

const quotes = '\\u2018\\u2019\\u201a\\u201c\\u201d\\u201e';
const anyQuote = new RegExp(`[${quotes}]`);
const around = new RegExp(`^[${quotes}]([^]*)[${quotes}]$`);
const aroundValue = new RegExp(`^([^\\s=${quotes}]+=)[${quotes}]([^${quotes}]*)[${quotes}]$`);
const oneSide = new RegExp(`^[${quotes}]\\S*$|^\\S*[${quotes}]$`);

/** The text with the quotes that were meant; undefined where typographic quotes stand inside of prose. */
function straighten(text: string): string | undefined {
  const [, inner] = around.exec(text) ?? [];
  if (inner !== undefined) {
    const quote = inner.includes('"') ? "'" : '"';
    return inner.includes(quote) || inner.includes('\\') ? undefined : `${quote}${inner}${quote}`;
  }
  const [, key, value] = aroundValue.exec(text) ?? [];
  if (key !== undefined && value !== undefined) return key + value;
  return oneSide.test(text) ? text.replace(new RegExp(`^[${quotes}]|[${quotes}]$`, 'g'), '') : undefined;
}

function isWritten(text: string, node: ScalarNode): boolean {
  return text.slice(node.start, node.end) === node.text;
}
