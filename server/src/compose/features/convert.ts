import { applyEdits, type Edit } from '../../text/edit.js';
import { lineDiff } from '../../text/lineDiff.js';
import { readFile, type FileModel, type Variables } from '../model/file.js';
import { buildProject } from '../model/project.js';
import { noProfiles } from '../model/service.js';
import { get, str } from '../model/value.js';
import { rules } from '../rules/index.js';
import { Linter, type Reported } from '../rules/lint.js';
import type { Files, Fix } from '../rules/rule.js';
import { placeOf, readSource } from '../syntax/source.js';
import { entriesOf, type Block } from '../syntax/tree.js';
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
  /** `lost`: taken out, as the tool has nothing for it. `unused`: still there, without effect. `found`: a finding in what was made. */
  readonly kind: 'lost' | 'unused' | 'found';
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
  const lost = new Map<string, ConversionNote>();
  let text = before;
  for (let round = 0; ; round++) {
    const { file, findings } = check(uri, text, target, variables);
    const chosen = round < mostRounds ? choose(file, findings, also) : [];
    if (chosen.length === 0) {
      const notes = new Map([...lost, ...leftOf(findings, also).map((note) => [keyOf(note), note] as const)]);
      return { text, edits: lineDiff(before, text), notes: [...notes.values()] };
    }
    for (const { finding, fix } of chosen) {
      if (!fix.lossy) continue;
      const note: ConversionNote = { kind: 'lost', where: whereOf(finding), message: finding.message };
      lost.set(keyOf(note), note);
    }
    text = applyEdits(
      text,
      chosen.flatMap(({ edits }) => edits),
    );
  }
}

interface Chosen {
  readonly finding: Reported;
  readonly fix: Fix;
  readonly edits: readonly Edit[];
}

/** Fixes that do not touch each other. */
function choose(file: FileModel, findings: readonly Reported[], also: ReadonlySet<string>): readonly Chosen[] {
  const chosen: Chosen[] = [];
  const taken: Edit[] = [];
  const blocks = new Set<Block>();
  for (const finding of findings) {
    if (finding.severity !== 'error' && !also.has(finding.rule)) continue;
    const fix = finding.fixes?.find(({ preferred }) => preferred) ?? finding.fixes?.find(({ lossy }) => lossy);
    if (!fix || (finding.rule === 'ignored-in-stack' && isRemoval(fix))) continue;
    const edits = fix.edits.flatMap(({ at, text }) => {
      const start = placeOf(file.source, at.block)?.start;
      return start === undefined ? [] : [{ start: start + at.start, end: start + at.end, text }];
    });
    if (edits.length === 0 || edits.length < fix.edits.length) continue;
    // Two fixes of one service may both want to begin the same mapping.
    const addsKeys = edits.some(({ text }) => text.includes(':'));
    if (addsKeys && blocks.has(finding.at.block)) continue;
    if (edits.some((edit) => taken.some((it) => edit.start <= it.end && it.start <= edit.end))) continue;
    taken.push(...edits);
    if (addsKeys) blocks.add(finding.at.block);
    chosen.push({ finding, fix, edits });
  }
  return chosen;
}

/** A key without effect does no harm where it stands. */
function isRemoval({ edits }: Fix): boolean {
  return edits.every(({ text }) => text === '');
}

function leftOf(findings: readonly Reported[], also: ReadonlySet<string>): readonly ConversionNote[] {
  return findings
    .filter(({ severity, rule }) => severity === 'error' || severity === 'warning' || also.has(rule) || rule === unused)
    .map((finding) => ({
      kind: finding.rule === unused ? 'unused' : 'found',
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
): { readonly file: FileModel; readonly findings: readonly Reported[] } {
  const file = readFile(readSource(uri, text), target, variables);
  const project = buildProject([file], target, { open: () => 'remote', selectedProfiles: noProfiles });
  const context = { target, format: str(get(file.documents[0], 'version')), settings: { severity: {} } };
  return { file, findings: new Linter(rules, () => undefined).lint(project, context, noFiles) };
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
