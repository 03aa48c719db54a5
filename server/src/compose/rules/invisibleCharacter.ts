import type { Block } from '../syntax/tree.js';
import { refuses, targets, type Target } from '../target.js';
import type { Finding, TextRule } from './rule.js';
import { scalarsOf } from './scalars.js';

export const invisibleCharacter: TextRule = {
  id: 'invisible-character',
  scope: 'text',
  severity: 'warning',
  targets,
  docs: {
    summary: 'A character that cannot be seen, or that only looks like a space.',
    why: 'Control characters are refused wherever they stand, in comments too. No-break spaces and zero-width characters come along when text is copied from web pages. To YAML they are letters: they neither indent nor separate.',
    bad: 'services:\n  web:\n    image: nginx:1.27\u200b\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n',
  },
  *check(block, { target }) {
    if (!strange.test(block.text)) return;
    yield* controls(block, target);
    if (block.broken) yield* inIndentation(block);
    else yield* inScalars(block);
  },
};

const blanks = '\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000';
const invisible = '\\u00ad\\u200b\\u200c\\u2060\\ufeff';
const control = '\\0-\\x08\\v\\f\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\ufffe\\uffff';
const strange = new RegExp(`[${blanks}${invisible}${control}]`);
const stretch = new RegExp(`[${blanks}${invisible}]+`);

/** go-yaml reads on from none of them. */
function* controls(block: Block, target: Target): Iterable<Finding> {
  for (const { 0: text, index: start } of block.text.matchAll(new RegExp(`[${control}]+`, 'g'))) {
    const at = { block, start, end: start + text.length };
    const fixes = [{ title: 'Remove it', edits: [{ at, text: '' }], preferred: true }];
    yield { at, message: `${nameOf(text)} is a control character: ${refuses[target]}.`, severity: 'error', fixes };
  }
}

/** Where the text is no YAML, a strange blank before a line's first word or behind its colon is the likely cause. */
function* inIndentation(block: Block): Iterable<Finding> {
  const lines = new RegExp(
    `^([ \\t]*(?:- *)?(?:[\\w.-]+:)?[ ]*)([ ${blanks}${invisible}]*[${blanks}${invisible}])`,
    'gm',
  );
  for (const match of block.text.matchAll(lines)) {
    yield { ...finding(block, match.index + (match[1]?.length ?? 0), match[2] ?? ''), severity: 'error' };
  }
}

function* inScalars(block: Block): Iterable<Finding> {
  for (const { node, isKey } of scalarsOf(block.root)) {
    if (node.style !== 'plain' && !isKey) continue;
    const match = stretch.exec(block.text.slice(node.start, node.end));
    if (match) yield finding(block, node.start + match.index, match[0]);
  }
}

function finding(block: Block, start: number, text: string): Finding {
  const at = { block, start, end: start + text.length };
  const isBlank = new RegExp(`[${blanks}]`).test(text);
  const name = nameOf(stretch.exec(text)?.[0] ?? text);
  return {
    at,
    message: isBlank
      ? `This blank is no space but ${name}: to YAML it is a letter of the text it stands in.`
      : `An invisible character, ${name}, is part of the text here.`,
    fixes: [
      {
        title: isBlank ? 'Replace with spaces' : 'Remove it',
        edits: [
          {
            at,
            text: text.replace(new RegExp(`[${blanks}]`, 'g'), ' ').replace(new RegExp(`[${invisible}]`, 'g'), ''),
          },
        ],
        preferred: true,
      },
    ],
  };
}

/** The first character, by its number. */
function nameOf(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
