import { groupBy } from '../../text/groupBy.js';
import type { FileModel } from '../model/file.js';
import type { Project } from '../model/project.js';
import type { CutBlock } from '../syntax/blocks.js';
import type { Block } from '../syntax/tree.js';
import { targets, refuses, type Target } from '../target.js';
import type { FileRule, Finding } from './rule.js';

export const emptyFile: FileRule = {
  id: 'empty-file',
  scope: 'file',
  severity: 'error',
  targets,
  docs: {
    summary: 'A file, or a document of it, has no content that its tool could use.',
    why: 'A file is a mapping of `services` and the like. `---` begins another document, which docker compose merges and so wants to be a mapping too; docker stack reads only the first one.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n---\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n',
    tool: 'top-level object must be a mapping',
  },
  *check(file, project, { target }) {
    const { blocks, tooLarge } = file.source;
    if (tooLarge) return;
    // Documents with keys are the rule: the blocks are walked only for one without.
    const isEmpty = file.documents.some(({ members }) => members.size === 0);
    const byDocument = isEmpty ? groupBy(blocks, ({ document }) => [document]) : undefined;
    for (const [number, document] of file.documents.entries()) {
      if (document.members.size > 0) continue;
      const own = byDocument?.get(number) ?? [];
      if (own.some(({ block }) => block.broken)) continue;
      if (isOfUse(project) && own.every(({ block }) => isComment(block))) continue;
      yield* contentless(own, file.documents.length > 1, target);
    }
    if (target === 'compose' && !isOfUse(project) && !project.origins.has(file.source.uri)) yield* useless(file);
  },
};

/** Whether there is nothing but comments and blanks. */
export function isComment({ text }: Block): boolean {
  return /^(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*(?:#.*)?$/.test(text);
}

/** docker compose wants more than `version` and an `include` of nothing, in whichever of its files. */
function isOfUse({ target, root }: Project): boolean {
  if (target === 'stack') return false;
  const keys = root?.kind === 'map' ? [...root.members.values()] : [];
  return keys.some(
    ({ key, value }) => key !== 'version' && (key !== 'include' || value.kind !== 'seq' || value.items.length > 0),
  );
}

/** A document that is no mapping. */
function* contentless(blocks: readonly CutBlock[], several: boolean, target: Target): Iterable<Finding> {
  if (blocks.some(({ block }) => block.root?.kind === 'map')) return;
  const own = blocks.find(({ block }) => block.root) ?? blocks[0];
  if (!own) return;
  const { block } = own;
  const root = block.root;
  if (root && root.end > root.start) {
    const what = root.kind === 'seq' ? 'a list' : 'a single value';
    yield {
      at: { block, start: root.start, end: root.end },
      message: `The file must be a mapping, not ${what}: ${refuses[target]}.`,
    };
    return;
  }
  const marker = /^---/m.exec(block.text);
  const start = marker?.index ?? 0;
  const subject = several ? 'This YAML document is empty' : 'The file is empty';
  const line = marker && /^---[ \t]*\r?\n?/.exec(block.text.slice(start));
  const edits = line ? [{ at: { block, start, end: start + line[0].length }, text: '' }] : [];
  const fixes = several && line ? [{ title: 'Remove `---`', edits, preferred: true }] : [];
  yield { at: { block, start, end: start + (marker ? 3 : 0) }, message: `${subject}: ${refuses[target]}.`, fixes };
}

function* useless({ documents, source }: FileModel): Iterable<Finding> {
  const keys = documents.flatMap((document) => [...document.members.values()]);
  const first = source.blocks[0]?.block;
  if (!first || documents.length === 0) return;
  const at = keys[0]?.keyAt ?? { block: first, start: 0, end: 0 };
  if (keys.length === 0 && !first.text.includes('{')) return;
  yield { at, message: `The file declares nothing: ${refuses.compose}.` };
}
