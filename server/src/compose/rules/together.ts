import { resourceSections } from '../model/resource.js';
import type { Project } from '../model/project.js';
import type { Block } from '../syntax/tree.js';
import { declare, needsNothing, type Missing } from './declare.js';
import { fixesOf, inStyle } from './repairs.js';
import type { Finding, Fix, PlacedEdit } from './rule.js';

/** The preferred fixes of findings in one, as far as they leave each other alone. Nothing gets lost by it, and nothing is guessed. */
export function fixTogether(findings: readonly Finding[], project: Project): readonly PlacedEdit[] {
  const together = new Together();
  const uris = new Set(findings.map(({ at }) => at.block.uri));
  for (const uri of uris) {
    const declared = declareMissing(missingIn(findings, uri).filter(needsNothing), uri, project);
    if (declared) together.add(declared);
  }
  for (const finding of findings) {
    const safe = fixesOf(finding, project).find(({ preferred, lossy, guess }) => preferred && !lossy && !guess);
    if (safe && finding.repair?.kind !== 'declare') together.add(safe);
  }
  return together.edits;
}

/** Declares every resource of one kind that a file lacks, where there are several. */
export function declareAll(finding: Finding, findings: readonly Finding[], project: Project): Fix | undefined {
  const { repair, at } = finding;
  if (repair?.kind !== 'declare') return undefined;
  const missing = missingIn(findings, at.block.uri).filter(({ resource }) => resource === repair.resource);
  const fix = missing.length > 1 ? declareMissing(missing, at.block.uri, project) : undefined;
  return (
    fix && {
      ...fix,
      title: `Declare all ${missing.length} missing ${resourceSections[repair.resource]}`,
      preferred: false,
    }
  );
}

/** What is surely missing, and no slip of the fingers. */
function missingIn(findings: readonly Finding[], uri: string): readonly Missing[] {
  const missing = new Map<string, Missing>();
  for (const { repair, fixes = [], at } of findings) {
    if (repair?.kind === 'declare' && fixes.length === 0 && at.block.uri === uri)
      missing.set(`${repair.resource} ${repair.name}`, repair);
  }
  return [...missing.values()];
}

function declareMissing(missing: readonly Missing[], uri: string, project: Project): Fix | undefined {
  const file = project.files.get(uri);
  const fix =
    file && missing.length > 0 ? declare(file, missing, 'Declare what is missing', project.target) : undefined;
  return fix && inStyle(fix, project);
}

/** Takes fixes one after another, as long as they do not touch those before them. */
export class Together {
  readonly edits: PlacedEdit[] = [];
  /** Blocks that got new keys: two fixes of one service may both want to begin the same mapping. */
  readonly #grown = new Set<Block>();

  /** Whether the fix was taken. */
  add({ edits }: Fix): boolean {
    const grown = edits.filter(({ text }) => /[\w"']:(?:\s|$)/.test(text)).map(({ at }) => at.block);
    if (grown.some((block) => this.#grown.has(block))) return false;
    if (edits.some((edit) => this.edits.some((other) => meet(edit, other)))) return false;
    for (const block of grown) this.#grown.add(block);
    this.edits.push(...edits);
    return true;
  }
}

function meet({ at: a }: PlacedEdit, { at: b }: PlacedEdit): boolean {
  return a.block === b.block && a.start <= b.end && b.start <= a.end;
}
