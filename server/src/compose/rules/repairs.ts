import type { FileModel } from '../model/file.js';
import type { Project } from '../model/project.js';
import { get, type Place } from '../model/value.js';
import { nearest } from '../schema/distance.js';
import type { Source } from '../syntax/source.js';
import { declare } from './declare.js';
import { replaceWord } from './fixes.js';
import type { Finding, Fix, PlacedEdit, Repair } from './rule.js';
import type { Target } from '../target.js';

/**
 * Every fix of a finding: its own, and those that change another part of its file, which are made when they are asked for. Each
 * ends its lines as its file does, and leaves every anchor that is used elsewhere.
 */
export function fixesOf({ fixes = [], repair, at }: Finding, project: Project): readonly Fix[] {
  const file = project.files.get(at.block.uri);
  const more = repair && file ? repaired(file, repair, at, project.target) : [];
  return [...fixes, ...more.map((it) => (fixes.length > 0 ? { ...it, preferred: false } : it))]
    .filter(({ edits }) => keepsAnchors(edits, project))
    .map((fix) => inStyle(fix, project));
}

/** The fix with line ends like those of its file. */
export function inStyle(fix: Fix, { files }: Project): Fix {
  const edits = fix.edits.map((edit): PlacedEdit => {
    const source = edit.text.includes('\n') ? files.get(edit.at.block.uri)?.source : undefined;
    return source && endsLinesWithReturn(source) ? { ...edit, text: edit.text.replace(/\r?\n/g, '\r\n') } : edit;
  });
  return { ...fix, edits };
}

function endsLinesWithReturn({ content }: Source): boolean {
  return content.slice(0, content.lineStart(1)).endsWith('\r\n');
}

/** Whether no alias is left that means an anchor in what is taken away. */
function keepsAnchors(edits: readonly PlacedEdit[], { files }: Project): boolean {
  const text = edits.map((edit) => edit.text).join('\n');
  return edits.every(({ at: { block, start, end } }) => {
    const taken = block.anchors.filter(
      ({ node, name }) => start < node.start && node.start <= end && !text.includes(`&${name}`),
    );
    const blocks = taken.length > 0 ? (files.get(block.uri)?.source.blocks ?? []) : [];
    return taken.every(({ name }) =>
      blocks.every((other) => {
        const left = other.block === block ? block.text.slice(0, start) + block.text.slice(end) : other.block.text;
        return !left.split(/[\s,[\]{}]+/).includes(`*${name}`);
      }),
    );
  });
}

function repaired(file: FileModel, repair: Repair, at: Place, target: Target): readonly Fix[] {
  if (repair.kind === 'anchor') return anchorMeant(file, at);
  if (repair.kind === 'format') return newerFormat(file, repair.format);
  const declared = declare(file, [repair], `Declare ${repair.resource} \`${repair.name}\``, target);
  return declared ? [declared] : [];
}

/** Lets an alias name the anchors before it whose names are like its own. */
function anchorMeant({ source }: FileModel, at: Place): readonly Fix[] {
  const blocks = source.blocks.map(({ block }) => block);
  const before = blocks.slice(0, blocks.indexOf(at.block)).flatMap(({ anchors }) => anchors);
  const beside = at.block.anchors.filter(({ node }) => node.end <= at.start);
  const names = new Set([...before, ...beside].map(({ name }) => name));
  const meant = nearest(at.block.text.slice(at.start + 1, at.end), [...names]);
  return meant.flatMap((name) => replaceWord(at, `*${name}`).map((it) => ({ ...it, preferred: meant.length === 1 })));
}

/** Lets `version` name the format that something needs. */
function newerFormat({ documents }: FileModel, format: string): readonly Fix[] {
  const version = get(documents[0], 'version');
  return version?.kind === 'scalar' && !version.interpolated && version.at.start < version.at.end
    ? replaceWord(version.at, format, `Change \`version\` to ${format}`)
    : [];
}
