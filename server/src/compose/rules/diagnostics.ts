import { LineIndex } from '../../text/lineIndex.js';
import type { Range } from '../../text/span.js';
import type { Project } from '../model/project.js';
import type { Place } from '../model/value.js';
import { placeOf, type Source } from '../syntax/source.js';
import type { Block } from '../syntax/tree.js';
import type { Reported } from './lint.js';
import type { Severity } from './rule.js';
import { silences, suppressionsOf, type Suppressions } from './suppressions.js';

/** A finding at its lines and columns of a file. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  readonly finding: Reported;
}

/** Turns places into lines and columns; knows what comments silence. Lines inside a block are counted once per block. */
export class DiagnosticWriter {
  readonly #lines = new WeakMap<Block, LineIndex>();
  readonly #places = new WeakMap<Reported, PlaceInBlock>();
  readonly #suppressions = new WeakMap<Block, Suppressions>();

  /** Findings by the file that owns their text, in the order of the text, without those that comments silence. */
  write(project: Project, findings: readonly Reported[]): ReadonlyMap<string, readonly Diagnostic[]> {
    const files = new Map<
      string,
      { readonly written: Diagnostic[]; readonly source: Source; readonly silenced: ReadonlySet<string> }
    >();
    for (const [uri, { source }] of project.files) {
      files.set(uri, { written: [], source, silenced: this.silencedIn(source) });
    }
    for (const finding of findings) {
      const { block } = finding.at;
      const file = files.get(block.uri);
      const line = file && placeOf(file.source, block)?.line;
      if (!file || line === undefined || silences(file.silenced, finding.rule)) continue;
      const { range, silenced } = this.placeInBlock(finding);
      if (silenced) continue;
      const { rule: code, severity, message } = finding;
      file.written.push({ code, severity, message, range: shift(range, line), finding });
    }
    return new Map(Array.from(files, ([uri, { written }]) => [uri, eachOnce(written.sort(inTextOrder))]));
  }

  /** The lines and columns of a place; undefined where its block is not part of the project any more. */
  range(project: Project, { block, start, end }: Place): Range | undefined {
    const source = project.files.get(block.uri)?.source;
    const placed = source && placeOf(source, block);
    return placed && shift(this.linesOf(block).range({ start, end }), placed.line);
  }

  private placeInBlock(finding: Reported): PlaceInBlock {
    const known = this.#places.get(finding);
    if (known) return known;
    const { block } = finding.at;
    const range = this.linesOf(block).range(finding.at);
    const silenced = silences(this.suppressions(block)?.lines.get(range.start.line), finding.rule);
    const place = { range, silenced };
    this.#places.set(finding, place);
    return place;
  }

  private linesOf(block: Block): LineIndex {
    let lines = this.#lines.get(block);
    if (!lines) this.#lines.set(block, (lines = new LineIndex(block.text)));
    return lines;
  }

  private silencedIn({ directives }: Source): ReadonlySet<string> {
    const ids = new Set<string>();
    for (const block of directives) this.suppressions(block)?.file.forEach((id) => ids.add(id));
    return ids;
  }

  private suppressions(block: Block): Suppressions | undefined {
    if (!block.directives) return undefined;
    let known = this.#suppressions.get(block);
    if (!known) this.#suppressions.set(block, (known = suppressionsOf(block)));
    return known;
  }
}

interface PlaceInBlock {
  readonly range: Range;
  /** Whether a comment in the block silences the finding. */
  readonly silenced: boolean;
}

/** The same text may be reached through two aliases. */
function eachOnce(written: readonly Diagnostic[]): readonly Diagnostic[] {
  return written.filter((it, i) => {
    for (let before = i - 1; before >= 0; before--) {
      const other = written[before];
      if (!other || inTextOrder(other, it) !== 0) return true;
      if (other.code === it.code && other.message === it.message) return false;
    }
    return true;
  });
}

function inTextOrder({ range: { start: a } }: Diagnostic, { range: { start: b } }: Diagnostic): number {
  return a.line - b.line || a.character - b.character;
}

function shift({ start, end }: Range, lines: number): Range {
  return {
    start: { line: start.line + lines, character: start.character },
    end: { line: end.line + lines, character: end.character },
  };
}
