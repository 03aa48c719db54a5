import type { CutBlock } from '../syntax/blocks.js';
import type { Block, Node } from '../syntax/tree.js';
import type { Place } from '../model/value.js';
import { refuses, targets, type Target } from '../target.js';
import { isComment } from './emptyFile.js';
import type { Finding, FileRule } from './rule.js';

export const documentStart: FileRule = {
  id: 'document-start',
  scope: 'file',
  severity: 'error',
  targets,
  docs: {
    summary: 'A document begins without the `---` it needs, or a file begins with `...`.',
    why: '`...` ends a YAML document. What comes after it is another document and has to begin with `---`; docker stack reads only the first one and never gets there. Lines such as `%YAML 1.1` speak of the document that the next `---` begins.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n...\nvolumes: {}\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n---\nvolumes: {}\n',
    tool: 'yaml: line 4: did not find expected <document start>',
  },
  *check({ documents, source: { blocks } }, _project, { target }) {
    const [first, second] = blocks;
    const ending = blocks.find(({ block }) => block.text.startsWith('...'));
    if (ending && blocks.slice(0, blocks.indexOf(ending)).every(({ block }) => isComment(block))) {
      const at = { block: ending.block, start: 0, end: 3 };
      yield { at, message: `There is no document yet that \`...\` could end: ${refuses[target]}.` };
    }
    yield* directives(target === 'stack' ? blocks.filter(({ document }) => document === 0) : blocks, target);
    if (target === 'stack') return; // and never gets to where a second one begins
    const goesOn = ending && furtherText(ending.block);
    if (goesOn) yield { at: goesOn, message: `This follows \`...\`, which ends the document: ${refuses.compose}.` };
    if (first && second?.document === first.document && isClosed(first.block) && second.block.root?.kind === 'map') {
      yield {
        at: { block: first.block, ...firstKey(first.block.root) },
        message: `This stands apart from the keys below it, which begin further left: ${refuses.compose}.`,
      };
    }
    if (documents.length < 2) return;
    for (const { block, document, started } of blocks) {
      const key = block.root?.kind === 'map' ? block.root.entries[0]?.key : undefined;
      if (document === 0 || started || !key) continue;
      const at = { block, start: key.start, end: key.end };
      const edits = [{ at: { block, start: key.start, end: key.start }, text: '---\n' }];
      const fixes = [{ title: 'Begin it with `---`', edits, preferred: true }];
      yield { at, message: `A document that follows \`...\` begins with \`---\`: ${refuses.compose}.`, fixes };
    }
  },
};

/** Each `%` line is a block of its own, and what it speaks of begins with `---`. */
function* directives(blocks: readonly CutBlock[], target: Target): Iterable<Finding> {
  for (const [index, { block }] of blocks.entries()) {
    if (!block.text.startsWith('%') || block.broken) continue;
    const at = { block, start: 0, end: block.text.split(/\s*(?:#|\n)/, 1)[0]?.length ?? 0 };
    const next = blocks[index + 1]?.block;
    if (next && isVersion(block) && isVersion(next)) {
      yield { at, message: `YAML's version is said twice: ${refuses[target]}.` };
    } else if (next && !/^(?:%|---)/.test(next.text)) {
      const edits = [{ at: { block: next, start: 0, end: 0 }, text: '---\n' }];
      const fixes = [{ title: 'Begin the document with `---`', edits, preferred: true }];
      yield { at, message: `A line with \`%\` needs a \`---\` below it: ${refuses[target]}.`, fixes };
    }
  }
}

function isVersion({ text }: Block): boolean {
  return text.startsWith('%YAML');
}

/** Whether what a block holds is over before a key at the start of a line: it is indented, or in braces. */
function isClosed({ root, path, text }: Block): boolean {
  if (root?.kind !== 'map' || path.length > 0) return false;
  return root.flow || (root.start > 0 && text[root.start - 1] === ' ');
}

/** The first line behind the `...` that a block begins with. */
function furtherText(block: Block): Place | undefined {
  const [, skipped = '', line = ''] =
    /^(\.\.\.[^\n]*\n(?:[ \t]*(?:#.*)?\r?\n)*[ \t]+)([^\s#].*)/.exec(block.text) ?? [];
  return line === '' ? undefined : { block, start: skipped.length, end: skipped.length + line.trimEnd().length };
}

function firstKey(node: Node | undefined): { readonly start: number; readonly end: number } {
  const at = node?.kind === 'map' ? (node.entries[0]?.key ?? node) : node;
  return { start: at?.start ?? 0, end: at?.end ?? 0 };
}
