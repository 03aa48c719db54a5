import { startOfLine } from '../../text/lines.js';
import type { Place } from '../model/value.js';
import { entryUnder } from './nodePath.js';
import { looksSecret, shownValue } from './secrets.js';

/** A piece of YAML as Markdown: from the margin, without secrets, and cut off where it is long. */
export function excerpt({ block, start, end }: Place): string {
  const lineStart = startOfLine(block.text, start);
  const lead = block.text.slice(lineStart, start);
  // What stands before it on its line is part of it only where that is indentation.
  const text = `${/^[\s-]*$/.test(lead) ? lead : ''}${block.text.slice(start, end)}`.replace(/\s+$/, '');
  const lines = text.split(/\r?\n/);
  const margin = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return fenced('yaml', lines.map((line) => shownLine(line.slice(margin))).join('\n'));
}

/** A name with what is declared under it. */
export function declaration(at: Place): Place {
  const entry = entryUnder(at.block, at.start)?.entry;
  return entry ? { block: at.block, start: entry.key.start, end: Math.max(entry.key.end + 1, entry.value.end) } : at;
}

/** What an anchor is of, from its key on; `start` is at or behind the anchor's name. */
export function anchored({ block, start }: Pick<Place, 'block' | 'start'>, name: string): Place {
  const node = block.anchors.find((it) => it.name === name && it.node.start >= start)?.node;
  const mark = block.text.lastIndexOf(`&${name}`, start);
  const line = startOfLine(block.text, mark);
  const indent = /^\s*/.exec(block.text.slice(line))?.[0].length ?? 0;
  return { block, start: line + indent, end: Math.max(node?.end ?? mark, mark) };
}

/** A text in a fence, cut off where it is long. */
export function fenced(language: 'yaml' | 'text', text: string): string {
  const lines = text.trimEnd().split('\n');
  const shown = lines.length > longest ? [...lines.slice(0, longest), '…'] : lines;
  return `\`\`\`${language}\n${shown.join('\n')}\n\`\`\``;
}

const longest = 20;

/** Behind a secret's name nothing of the line is shown: where its text ends depends on what is around it. */
function shownLine(line: string): string {
  for (const { 0: whole, 1: name = '', index } of line.matchAll(/([A-Za-z_]\w*)["']?(?::\s+|=)(?=[^\s$&*|>{[])/g)) {
    if (looksSecret(name)) return `${line.slice(0, index + whole.length)}••••••`;
  }
  return shownValue('', line);
}
