import { parseDocument } from 'yaml';
import type { ParsedNode, YAMLParseError } from 'yaml';
import type { Span } from '../../text/span.js';
import { joinLines } from './joinLines.js';
import { nesting } from './nesting.js';
import { readPlainYaml } from './plainYaml.js';
import { strayTabs } from './tabs.js';
import type { Block, Node, YamlError } from './tree.js';
import { blameOpening, closingIn, unclosedBefore } from './unclosed.js';
import { treeOf } from './yamlTree.js';

/** Parses the text of one block and never fails: what cannot be read is in `errors`. */
export function parseBlock(uri: string, path: readonly string[], text: string, hint = 0): Block {
  const plain = readPlainYaml(text);
  if (!plain) return parseAnyBlock(uri, path, text, hint);
  return { uri, path, text, ...plain, errors: [], broken: false, directives: text.includes('longshore:'), hint };
}

/**
 * Parses a block that may hold anything. The `yaml` package reads the text, with every scalar as a string; what a plain scalar
 * means, which keys are allowed and what counts as a duplicate follow go-yaml, the parser of both tools.
 */
export function parseAnyBlock(uri: string, path: readonly string[], text: string, hint = 0): Block {
  const common = { uri, path, text, hint };
  try {
    if (nesting(text) > deepest) throw new RangeError();
    const { contents, faults } = readLeniently(text);
    const { root, anchors, errors: misfits } = treeOf(contents, text);
    const tabs = faults.length === 0 && text.includes('\t') ? strayTabs(text, root).map(tabError) : [];
    const errors = [...faults, ...misfits, ...tabs];
    const broken = errors.some(({ code }) => !readable.has(code));
    return {
      ...common,
      root,
      errors: broken ? blameOpening(errors, root, text) : errors,
      broken,
      anchors,
      directives: text.includes('longshore:'),
    };
  } catch (error) {
    // The parser recurses: what is nested beyond the stack would end here at the latest.
    if (!(error instanceof RangeError)) throw error;
    const start = Math.max(0, text.search(/\S/));
    const tooDeep = { code: 'TOO_DEEP', message: 'This is nested too deeply to be checked.', start, end: start + 1 };
    return { ...common, root: undefined, errors: [tooDeep], broken: true, anchors: [], directives: false };
  }
}

interface Reading {
  readonly contents: ParsedNode | null;
  readonly faults: readonly YamlError[];
}

/** Reads a text, and what the `yaml` package only holds against the indentation inside quotes and brackets once more without that. */
function readLeniently(text: string): Reading {
  let joined = text;
  const first = readText(joined);
  let reading = first;
  for (let round = 0; reading.faults.length > 0 && round < mostJoined; round++) {
    const opening = openingOf(reading, joined);
    const next = opening && joinLines(joined, opening.start);
    if (next === undefined) return first;
    joined = next;
    reading = readText(joined);
  }
  return reading.faults.length > 0 ? first : reading;
}

/** Texts and collections over several lines in one block; each costs a reading. */
const mostJoined = 10;

function openingOf({ contents, faults }: Reading, text: string): Node | undefined {
  const { root } = treeOf(contents, text);
  for (const { message, start } of faults) {
    const closing = closingIn(message);
    if (closing !== undefined) return unclosedBefore(root, start, closing, text);
  }
  return undefined;
}

function readText(text: string): Reading {
  const { contents, errors } = parseDocument(text, {
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  if (errors.some(({ message }) => overflow.test(message))) throw new RangeError();
  const faults = errors
    .filter(
      (error) => !isTolerated(error) && !(error.message.startsWith('Missing directives-end') && isDirective(text)),
    )
    .map(({ code, message, pos: [start, end] }) => ({ code, message, start, end: Math.max(start, end) }));
  return { contents, faults };
}

/** Levels. Near the end of the stack Node ends the process where it compiles an expression, so the parser must not get there. */
const deepest = 400;

/** What the `yaml` package says when it caught the overflow itself. */
const overflow = /call stack/;

/** What the `yaml` package calls an error and go-yaml reads without complaint: unknown tags, a comment right behind a quote. */
function isTolerated({ code, message }: YAMLParseError): boolean {
  return (
    (code === 'TAG_RESOLVE_FAILED' && !message.includes('has no suffix')) ||
    message.startsWith('Comments must be separated')
  );
}

/** A directive's line is a block of its own: `---` stands in the next one. go-yaml knows no more than these two. */
function isDirective(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.startsWith('%'));
  return lines.length > 0 && lines.every((line) => /^%(?:YAML[ \t]+1\.1|TAG[ \t]+\S+[ \t]+\S+)\s*(?:#.*)?$/.test(line));
}

/** Mistakes that leave no doubt about the tree. */
const readable: ReadonlySet<string> = new Set(['DUPLICATE_KEY', 'INVALID_KEY', 'NON_STRING_KEY', 'TAG_MISMATCH']);

function tabError(at: Span): YamlError {
  return { code: 'TAB_AS_INDENT', message: 'Tabs are not allowed as indentation', ...at };
}
