import type { ResolvedBlock } from '../model/file.js';
import type { Block, YamlError } from '../syntax/tree.js';
import type { Place } from '../model/value.js';
import { applyEdits, type Edit } from '../../text/edit.js';
import { parseBlock } from '../syntax/parse.js';
import { fix, removeKey, replaceText, type Fixes } from './fixes.js';
import type { Finding, Fix } from './rule.js';

/** What reading a block found: YAML that is none, aliases that lead nowhere, variables without a value. */
export function* readFindings({ block, resolution }: ResolvedBlock): Iterable<Finding & { readonly rule: string }> {
  // Everything after a tab is misread.
  const tabs = block.errors.filter(({ code }) => code === 'TAB_AS_INDENT');
  for (const error of tabs.length > 0 ? tabs : block.errors) {
    const { rule, message } = plainWords(error);
    const at = { block, start: error.start, end: error.end };
    yield { rule, at, message, fixes: fixesFor(error.code, at) };
  }
  // Under a syntax error the tree is a guess.
  if (block.broken) return;
  for (const problem of resolution.problems) {
    const repair = problem.rule === 'unknown-anchor' ? ({ kind: 'anchor' } as const) : undefined;
    yield { ...problem, fixes: cures(problem), ...(repair && { repair }) };
  }
}

function fixesFor(code: string, at: Place): Fixes {
  if (code === 'TAB_AS_INDENT') return [spacesForTabs(at.block)];
  return code === 'DUPLICATE_KEY' ? removeKey(at, 'Remove this key', { preferred: false }) : [];
}

function cures({ rule, at }: ResolvedBlock['resolution']['problems'][number]): Fixes {
  const text = at.block.text.slice(at.start, at.end);
  if (!text.startsWith('$')) return [];
  if (rule === 'interpolation') {
    const meant = variableMeant(text);
    const plain = replaceText(at, `$${text}`, 'Write `$$` for a `$` that begins no variable');
    if (meant === undefined) return plain;
    const guess = replaceText(at, meant, `Change to \`${meant}\``).map((fix) => ({ ...fix, guess: true }));
    return [...guess, ...plain.map((fix) => ({ ...fix, preferred: false }))];
  }
  const name = /^\$\{?([A-Za-z_]\w*)$/.exec(text)?.[1];
  return rule === 'variable-unset' && name !== undefined ? forUnset(at, name) : [];
}

/** A default without its dash, or a variable without its brace. */
function variableMeant(text: string): string | undefined {
  const [, name, operator = '', rest = ''] = /^\$\{([A-Za-z_]\w*)(:[-?+]?|[-?+]|)([^\s{}$"']*)\}?$/.exec(text) ?? [];
  if (name === undefined || (operator === '' && rest !== '')) return undefined;
  return `\${${name}${operator === ':' ? ':-' : operator}${rest}}`;
}

/** What an unset variable may be, wherever its line names it. */
function forUnset(at: Place, name: string): Fixes {
  const { block } = at;
  const line = /^(?:[^\r\n \t]|[ \t](?!#))*/.exec(block.text.slice(at.start))?.[0] ?? '';
  const uses = [...line.matchAll(new RegExp(`(?<!\\$)\\$(?:${name}\\b|\\{${name}\\})`, 'g'))];
  const fixWith = (title: string, operator: string): Fix => {
    const text = `\${${name}${operator}}`;
    const edits = uses.map(({ 0: { length }, index }) => ({
      at: { block, start: at.start + index, end: at.start + index + length },
      text,
    }));
    return { title: `${title}: \`${text}\``, edits };
  };
  return uses[0]?.index === 0 ? [fixWith(`Let \`${name}\` be empty`, ':-'), fixWith(`Require \`${name}\``, ':?')] : [];
}

function plainWords({ code, message }: YamlError): { rule: string; message: string } {
  const known = words[code];
  return known ?? { rule: ownCodes.has(code) ? 'yaml-key' : 'yaml-syntax', message: sentence(message) };
}

const ownCodes: ReadonlySet<string> = new Set(['INVALID_KEY', 'NON_STRING_KEY']);

/** The parser's codes in words for people who do not know YAML's grammar; what it says itself where that is plain. */
const words: Readonly<Record<string, { rule: string; message: string } | undefined>> = {
  DUPLICATE_KEY: {
    rule: 'duplicate-key',
    message: 'This key is already defined in the same mapping: the tools refuse the file.',
  },
  TAB_AS_INDENT: { rule: 'yaml-tab', message: 'A tab cannot indent YAML. Use spaces.' },
  TOO_LARGE: { rule: 'file-too-large', message: 'The file is too large to be checked.' },
  TOO_DEEP: { rule: 'file-too-large', message: 'This is nested too deeply to be checked.' },
  BLOCK_AS_IMPLICIT_KEY: {
    rule: 'yaml-syntax',
    message:
      'A second `key: value` begins on this line. Put the value in quotes, or check the indentation of the lines below.',
  },
  MULTILINE_IMPLICIT_KEY: {
    rule: 'yaml-syntax',
    message: 'This line is no `key: value`: the colon is missing, or it goes on with the line above.',
  },
  UNEXPECTED_TOKEN: {
    rule: 'yaml-syntax',
    message: 'This does not fit what stands before it. Check the indentation and the quotes above.',
  },
  IMPOSSIBLE: { rule: 'yaml-syntax', message: 'This does not fit what stands before it. Check the indentation above.' },
  BAD_SCALAR_START: {
    rule: 'yaml-syntax',
    message: 'A text cannot begin with this character. Put it in quotes.',
  },
  BAD_DQ_ESCAPE: {
    rule: 'yaml-syntax',
    message: 'There is no such escape in double quotes. Write a backslash twice, or use single quotes.',
  },
};

/** Tabs become as many spaces as make the block readable. */
function spacesForTabs(block: Block): Fix {
  const { text } = block;
  const tabs = [...text.matchAll(/(?<=^(?: *- *)*)[ \t]*\t[ \t]*/gm)];
  const edits = (width: (blank: string, index: number) => number): readonly Edit[] =>
    tabs.map(({ 0: blank, index }) => {
      const end = index + blank.length;
      const isBlank = /[\r\n]/.test(text.charAt(end));
      const afterDash = text.charAt(index - 1) === '-';
      return { start: index, end, text: isBlank ? '' : ' '.repeat(afterDash ? 1 : width(blank, index)) };
    });
  const perTab = (spaces: number) => (blank: string) => blank.replaceAll('\t', ' '.repeat(spaces)).length;
  const likeAbove = (_: string, index: number): number => indentOf(text.slice(0, index).split('\n').at(-2));
  const likeBelow = (blank: string, index: number): number => indentOf(text.slice(index + blank.length).split('\n')[1]);
  const ways = [perTab(4), perTab(2), perTab(8), likeAbove, likeBelow].map(edits);
  const chosen = ways.find((it) => !parseBlock(block.uri, block.path, applyEdits(text, it)).broken) ?? ways[0] ?? [];
  return fix(block, 'Indent with spaces', chosen);
}

function indentOf(line = ''): number {
  return /^ */.exec(line)?.[0].length ?? 0;
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
