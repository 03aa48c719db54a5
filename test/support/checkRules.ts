import { placeOf } from '../../server/src/compose/syntax/source.js';
import { DiagnosticWriter, type Diagnostic } from '../../server/src/compose/rules/diagnostics.js';
import { rules } from '../../server/src/compose/rules/index.js';
import { fixesOf } from '../../server/src/compose/rules/repairs.js';
import type { Fix, Rule, RuleSettings, Severity } from '../../server/src/compose/rules/rule.js';
import type { Project } from '../../server/src/compose/model/project.js';
import type { Place } from '../../server/src/compose/model/value.js';
import { projectsIn } from '../../server/src/project/discover.js';
import { Workspace } from '../../server/src/project/workspace.js';
import { applyEdits, type Edit } from '../../server/src/text/edit.js';
import type { FixtureCase, Note } from './fixture.js';
import { memoryHost } from './memoryHost.js';

export const folder = 'file:///project';

/** A finding where it was found, with what each of its fixes makes of the files. */
export interface Found extends Diagnostic {
  readonly path: string;
  readonly fixed: readonly { readonly fix: Fix; readonly files: ReadonlyMap<string, string> }[];
}

export interface CheckOptions {
  readonly rules?: readonly Rule[];
  readonly severity?: RuleSettings['severity'];
  /** GPUs of the machine; 2 where nothing is said. */
  readonly gpus?: number;
  readonly log?: (message: string) => void;
}

/** Everything found in the projects of a case, as the command line finds them. */
export function checkCase(fixture: FixtureCase, options: CheckOptions = {}): readonly Found[] {
  const files = Object.fromEntries(Array.from(fixture.files, ([path, text]) => [`${folder}${path}`, text]));
  const host = memoryHost(files, fixture.variables);
  const log =
    options.log ??
    ((message: string) => {
      throw new Error(message);
    });
  const workspace = new Workspace(host, options.rules ?? rules, log);
  const found = projectsIn(host, workspace, folder, fixture.target).flatMap((project) => {
    const checked = workspace.check(project, { severity: options.severity ?? {}, gpus: 8 });
    return Array.from(new DiagnosticWriter().write(checked.project, checked.findings)).flatMap(([uri, diagnostics]) =>
      diagnostics.map((it): Found => ({
        ...it,
        path: uri.slice(folder.length),
        fixed: fixesOf(it.finding, checked.project).map((fix) => ({
          fix,
          files: fixFiles(fixture.files, checked.project, fix),
        })),
      })),
    );
  });
  const seen = new Set<string>();
  return found.filter((it) => seen.size < seen.add(`${it.path} ${place(it)} ${it.code} ${it.message}`).size);
}

/** Findings of one rule as the notes of a fixture; a severity other than the rule's stands before the message. */
export function notesOf(
  fixture: FixtureCase,
  found: readonly Found[],
  rule: Pick<Rule, 'id' | 'severity'>,
): readonly Note[] {
  return found
    .filter(({ code }) => code === rule.id)
    .map(({ path, range, severity, message, fixed }) => ({
      path,
      line: range.start.line,
      start: range.start.character,
      end: range.end.line === range.start.line ? range.end.character : Infinity,
      message: `${mark(severity, rule)}${message}`,
      fixes: fixed.map(({ fix, files }) => ({ title: fix.title, lines: newLines(fixture.files, files) })),
    }));
}

function mark(severity: Severity, rule: Pick<Rule, 'severity'>): string {
  return severity === rule.severity ? '' : `[${severity}] `;
}

function place({ range: { start, end } }: Diagnostic): string {
  return `${start.line}:${start.character}-${end.line}:${end.character}`;
}

function fixFiles(files: ReadonlyMap<string, string>, project: Project, { edits }: Fix): ReadonlyMap<string, string> {
  const after = new Map(files);
  for (const [uri, file] of project.files) {
    const own = edits.flatMap(({ at, text }) => toEdit(at, placeOf(file.source, at.block)?.start, text));
    const path = uri.slice(folder.length);
    if (own.length > 0) after.set(path, applyEdits(files.get(path) ?? '', own));
  }
  return after;
}

function toEdit(at: Place, start: number | undefined, text: string): readonly Edit[] {
  return start === undefined ? [] : [{ start: start + at.start, end: start + at.end, text }];
}

/** The lines that are new, from the first that differs to the last. */
function newLines(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return Array.from(after).flatMap(([path, text]) => {
    const old = (before.get(path) ?? '').split('\n');
    const lines = text.split('\n');
    let head = 0;
    while (head < lines.length && lines[head] === old[head]) head++;
    let tail = 0;
    while (tail < Math.min(lines.length, old.length) - head && lines.at(-1 - tail) === old.at(-1 - tail)) tail++;
    return lines.slice(head, lines.length - tail);
  });
}
