import {
  carriageReturn,
  closeList,
  closeMap,
  colon,
  comma,
  dash,
  documentMarker,
  hash,
  isBreak,
  lineFeed,
  percent,
  space,
  tab,
} from './characters.js';

/** A stretch of whole lines that is parsed alone. */
export interface Piece extends CutState {
  readonly start: number;
  readonly end: number;
  /** Line of `start`. */
  readonly line: number;
  /** `['services']` for an entry of that section, `[]` for a top-level key or a section's own heading. */
  readonly path: readonly string[];
  /** Number of the YAML document it belongs to. */
  readonly document: number;
}

/** What the cutter knows where a piece begins: equal states before equal texts give equal pieces. */
export interface CutState {
  /** YAML documents that ended before. */
  readonly ended: number;
  /** Whether the document at hand has a `---` or a key. */
  readonly started: boolean;
  /** The section whose entries are being cut. */
  readonly section: string | undefined;
  /** Column of the section's entries; -1 until the first is seen. */
  readonly indent: number;
}

export interface Cut {
  readonly pieces: readonly Piece[];
  /** Whether a section was found not to line up and is one piece: then a piece does not follow from what stands before it. */
  readonly ragged: boolean;
}

/** Maps of named things: each entry is a piece of its own. */
export const sections: readonly string[] = ['services', 'networks', 'volumes', 'secrets', 'configs', 'models'];

const topLevel: readonly string[] = [];
const beginning: Omit<Piece, 'end'> = {
  start: 0,
  line: 0,
  path: topLevel,
  document: 0,
  ended: 0,
  started: false,
  section: undefined,
  indent: -1,
};

/**
 * Cuts a text into pieces at the lines where a top-level key, or an entry of a section, begins. Everything between two such
 * lines belongs to the first; comment lines directly above a piece belong to the piece. One pass over the line starts, no parse.
 * Can begin at a piece of an earlier cut, and is over where `stop` says so of a piece that would begin.
 */
export function cut(
  text: string,
  from: Omit<Piece, 'end'> = beginning,
  stop?: (start: number, state: CutState) => boolean,
): Cut {
  const pieces: Piece[] = [];
  let { ended, started, section, indent, line } = from;
  let sectionHead = 0; // index of the section's first piece
  let ragged = false;
  let comments: { start: number; line: number; indent: number } | undefined;
  let open = from;

  /** False when the cut is over. */
  const begin = (start: number, line: number, column: number, path: readonly string[], document = ended): boolean => {
    if (comments?.indent === column) ({ start, line } = comments);
    const state = { ended, started, section, indent };
    if (start > open.start) {
      pieces.push({ ...open, end: start });
      if (stop?.(start, state)) return false;
    }
    open = { start, line, path, document, ...state };
    return true;
  };

  for (let start = from.start; start < text.length; line++) {
    const newline = text.indexOf('\n', start);
    const next = newline < 0 ? text.length : newline + 1;
    let at = start;
    while (text.charCodeAt(at) === space) at++;
    const column = at - start;
    const head = text.charCodeAt(at);

    if (at >= next || head === lineFeed || head === carriageReturn) {
      comments = undefined;
    } else if (head === hash) {
      if (comments?.indent !== column) comments = { start, line, indent: column };
    } else {
      if (column === 0) {
        const marker = documentMarker(text, start);
        if (marker !== undefined || head === percent) {
          comments = undefined;
          const next = marker === '---' && started ? ended + 1 : ended;
          if (!begin(start, line, 0, topLevel, next)) return { pieces, ragged };
          section = undefined;
          ended = next;
          if (marker === '---') started = true;
          if (marker === '...' && started) {
            ended++;
            started = false;
          }
        } else if (!continues(text, at, head)) {
          if (!begin(start, line, 0, topLevel)) return { pieces, ragged };
          started = true;
          section = sectionName(text, start, next);
          sectionHead = pieces.length;
          indent = -1;
        }
      } else if (section !== undefined) {
        if (indent < 0) {
          if (continues(text, at, head)) section = undefined;
          else indent = column;
        }
        const name: string | undefined = section;
        if (name !== undefined && column < indent) {
          // Entries of a section must line up; these do not, so the section is read as one.
          section = undefined;
          ragged = true;
          open = pieces[sectionHead] ?? open;
          open = { ...open, path: topLevel };
          pieces.length = Math.min(pieces.length, sectionHead);
        } else if (name !== undefined && column === indent && !continues(text, at, head)) {
          if (!begin(start, line, column, [name])) return { pieces, ragged };
        }
      }
      comments = undefined;
    }
    start = next;
  }
  // Even an empty text is a piece, so that something can be said about it.
  if (open.start < text.length || text === '') pieces.push({ ...open, end: text.length });
  return { pieces, ragged };
}

const sectionLine = new RegExp(`^(${sections.join('|')})[ \\t]*:[ \\t]*(#.*)?\\r?\\n?$`);

function sectionName(text: string, start: number, end: number): string | undefined {
  // Longer lines carry a value; not worth a copy.
  if (end - start > 400 || !'snvcm'.includes(text.charAt(start))) return undefined;
  return sectionLine.exec(text.slice(start, end))?.[1];
}

/** Whether a line at the column of keys goes on with what stands above: a list item, a closing bracket, a `: value`, a tab. */
function continues(text: string, at: number, head: number): boolean {
  switch (head) {
    case dash:
    case colon:
      return isBreak(text.charCodeAt(at + 1));
    case closeMap:
    case closeList:
    case comma:
    case tab:
      return true;
    default:
      return false;
  }
}
