import type { Project } from '../model/project.js';
import type { Place } from '../model/value.js';
import type { Block, Node } from '../syntax/tree.js';
import type { Diagnostic } from './diagnostics.js';
import { inStyle } from './repairs.js';
import type { Fix } from './rule.js';

/** Comments that silence a finding: on the line above it, and for its file. None where the file cannot be read. */
export function ignoring(project: Project, { code, finding: { at } }: Diagnostic): readonly Fix[] {
  const first = project.files.get(at.block.uri)?.source.blocks[0]?.block;
  if (code.startsWith('yaml-') || !first) return [];
  const inFile: Fix = {
    title: `Ignore ${code} in this file`,
    edits: [{ at: { block: first, start: 0, end: 0 }, text: `# longshore: ignore-file ${code}\n` }],
  };
  return [...ignoringLine(at, code), inFile].map((fix) => inStyle(fix, project));
}

function ignoringLine({ block, start }: Place, code: string): readonly Fix[] {
  const { text } = block;
  const line = text.lastIndexOf('\n', start - 1) + 1;
  // Inside of a text a comment is a part of it.
  if (isInText(block.root, line)) return [];
  const title = `Ignore ${code} here`;
  const from = line < 2 ? 0 : text.lastIndexOf('\n', line - 2) + 1;
  const above = text.slice(from, line).trimEnd();
  if (/^\s*#\s*longshore:\s*ignore\s+\S/.test(above)) {
    return [{ title, edits: [edit(block, from + above.length, ` ${code}`)] }];
  }
  const indent = /^[ \t]*/.exec(text.slice(line))?.[0] ?? '';
  return [{ title, edits: [edit(block, line, `${indent}# longshore: ignore ${code}\n`)] }];
}

function edit(block: Block, at: number, text: string): Fix['edits'][number] {
  return { at: { block, start: at, end: at }, text };
}

/** Whether a line begins within a text of several lines. */
function isInText(node: Node | undefined, line: number): boolean {
  if (!node || node.kind === 'alias' || node.end <= line) return false;
  if (node.kind === 'scalar') return node.start < line;
  if (node.kind === 'seq') return node.items.some((item) => isInText(item, line));
  return node.entries.some(({ key, value }) => isInText(key, line) || isInText(value, line));
}
