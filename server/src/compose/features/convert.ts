import { applyEdits, type Edit } from '../../text/edit.js';
import { lineDiff } from '../../text/lineDiff.js';
import { readFile, type FileModel, type Variables } from '../model/file.js';
import { aloneLoader, buildProject, type Project } from '../model/project.js';
import { get, str } from '../model/value.js';
import { rules } from '../rules/index.js';
import { Linter, type Reported } from '../rules/lint.js';
import { fixesOf } from '../rules/repairs.js';
import type { Files, Fix, PlacedEdit } from '../rules/rule.js';
import { Together } from '../rules/together.js';
import { placeOf, readSource } from '../syntax/source.js';
import { entriesOf } from '../syntax/tree.js';
import type { Target } from '../target.js';

/** A file as the other tool takes it. */
export interface Conversion {
  readonly text: string;
  /** Whole lines of the text before. */
  readonly edits: readonly Edit[];
  readonly notes: readonly ConversionNote[];
}

/** What a person has to know of a conversion. */
export interface ConversionNote {
  /**
   * `lost`: taken out, as the tool has nothing for it. `unused`: still there, without effect. `added`: a guess to be looked at.
   * `open`: the tool refuses it, and only its author knows what to do. `found`: any other finding in what was made.
   */
  readonly kind: 'lost' | 'unused' | 'added' | 'open' | 'found';
  /** The block it is about, for example `services.web`; empty for the file. */
  readonly where: string;
  readonly message: string;
}

/** Makes a stack file of a Compose file by the fixes of what docker stack refuses, and lists what it cannot carry over. */
export function toStack(uri: string, text: string, variables: Variables): Conversion {
  return convert(
    uri,
    text,
    'stack',
    variables,
    new Set(['deprecated-key', 'ignored-in-stack', 'restart-no', 'swarm-network']),
  );
}

/** Makes a Compose file of a stack file. */
export function toCompose(uri: string, text: string, variables: Variables): Conversion {
  return convert(
    uri,
    text,
    'compose',
    variables,
    new Set(['deprecated-key', 'version-obsolete', 'generic-resource', 'boolean-word', 'overlay-network']),
  );
}

/** One fix can be in the way of another, so they are applied in rounds. */
const mostRounds = 50;

function convert(
  uri: string,
  before: string,
  target: Target,
  variables: Variables,
  also: ReadonlySet<string>,
): Conversion {
  const done = new Map<string, ConversionNote>();
  let text = before;
  for (let round = 0; ; round++) {
    const { file, project, findings } = check(uri, text, target, variables);
    const chosen = round < mostRounds ? choose(project, findings, also) : [];
    if (chosen.length === 0) {
      const notes = new Map([...done, ...leftOf(findings, also).map((note) => [keyOf(note), note] as const)]);
      return { text, edits: lineDiff(before, text), notes: [...notes.values()] };
    }
    for (const { finding, fix } of chosen) {
      const note = noteOf(finding, fix);
      if (note) done.set(keyOf(note), note);
    }
    text = applyEdits(
      text,
      chosen.flatMap(({ fix }) => fix.edits.map((edit) => inFile(file, edit))),
    );
  }
}

interface Chosen {
  readonly finding: Reported;
  readonly fix: Fix;
}

/** Fixes that do not touch each other. */
function choose(project: Project, findings: readonly Reported[], also: ReadonlySet<string>): readonly Chosen[] {
  const together = new Together();
  const open = new Set<string>();
  return findings.flatMap((finding): readonly Chosen[] => {
    if (finding.severity !== 'error' && !also.has(finding.rule)) return [];
    const fixes = fixesOf(finding, project);
    const anyCure = finding.severity === 'error' ? fixes[0] : undefined;
    const fix = fixes.find(({ preferred }) => preferred) ?? fixes.find(({ lossy }) => lossy) ?? anyCure;
    // One end of a circle is enough.
    if (finding.rule === 'dependency-cycle' && open.size === open.add(finding.rule).size) return [];
    if (!fix || (finding.rule === 'ignored-in-stack' && isRemoval(fix))) return [];
    return together.add(fix) ? [{ finding, fix }] : [];
  });
}

function inFile({ source }: FileModel, { at, text }: PlacedEdit): Edit {
  const start = placeOf(source, at.block)?.start ?? 0;
  return { start: start + at.start, end: start + at.end, text };
}

/** What a person has to know of a fix: what it takes out, and what it only guesses. */
function noteOf(finding: Reported, fix: Fix): ConversionNote | undefined {
  const where = whereOf(finding);
  const message = fix.preferred ? finding.message : `${finding.message} (${fix.title})`;
  if (fix.lossy || (isRemoval(fix) && !losesNothing.has(finding.rule))) return { kind: 'lost', where, message };
  return fix.preferred && !fix.guess ? undefined : { kind: 'added', where, message };
}

/** What is taken out was there twice, or had no effect on either tool. */
const losesNothing: ReadonlySet<string> = new Set(['duplicate-item', 'duplicate-key', 'version-obsolete']);

/** A key without effect does no harm where it stands. */
function isRemoval({ edits }: Fix): boolean {
  return edits.every(({ text }) => text === '');
}

function leftOf(findings: readonly Reported[], also: ReadonlySet<string>): readonly ConversionNote[] {
  return findings
    .filter(({ severity, rule }) => severity === 'error' || severity === 'warning' || also.has(rule) || rule === unused)
    .map((finding) => ({
      kind: finding.rule === unused ? 'unused' : finding.severity === 'error' ? 'open' : 'found',
      where: whereOf(finding),
      message: finding.message,
    }));
}

const unused = 'ignored-in-compose';

function check(
  uri: string,
  text: string,
  target: Target,
  variables: Variables,
): { readonly file: FileModel; readonly project: Project; readonly findings: readonly Reported[] } {
  const file = readFile(readSource(uri, text), target, variables);
  const project = buildProject([file], target, aloneLoader(uri, variables));
  const context = { target, format: str(get(file.documents[0], 'version')), settings: { severity: {} } };
  return { file, project, findings: new Linter(rules, () => undefined).lint(project, context, noFiles) };
}

/** What stands beside the file is the same for both tools. */
const noFiles: Files = { stat: () => 'unknown', read: () => undefined, dotEnv: undefined };

function whereOf({ at: { block } }: Reported): string {
  const [entry] = entriesOf(block.root);
  return block.path.length === 0 || !entry ? '' : `${block.path.join('.')}.${entry.key.text}`;
}

function keyOf({ kind, where, message }: ConversionNote): string {
  return `${kind} ${where} ${message}`;
}
