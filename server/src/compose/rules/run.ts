import type { FileModel, ResolvedBlock } from '../model/file.js';
import type { Project } from '../model/project.js';
import type { ProjectIndex } from '../model/projectIndex.js';
import { resourceSections, type Resource } from '../model/resource.js';
import type { Service } from '../model/service.js';
import { isNothing, type MapValue, type Member, type Value } from '../model/value.js';
import { checkShape } from '../schema/check.js';
import { repeatedInMerged } from '../schema/repeated.js';
import { sections } from '../syntax/cut.js';
import { readFindings } from './read.js';
import type { Files, Finding, Mention, MentionRule, Rule, RuleContext, Severity } from './rule.js';
import { shapeFixes } from './shapeFixes.js';

/** A finding of a rule with what a person set for it. */
export interface Reported extends Finding {
  readonly rule: string;
  readonly severity: Severity;
}

export type Log = (message: string) => void;

export interface Mentioned {
  readonly rule: MentionRule;
  readonly mention: Mention;
}

/** Most blocks and services have nothing to say; what is kept for them is one object. */
export const none: readonly never[] = [];

export function joined<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const full = lists.filter((list) => list.length > 0);
  return full.length > 1 ? full.flat() : (full[0] ?? none);
}

/** One pass with one context. A rule that throws is logged and skipped: its neighbours go on. */
export class Run {
  /** The rules that are on, by what they see. */
  readonly #active: Partial<Record<Rule['scope'], readonly Rule[]>>;

  constructor(
    private readonly rules: readonly Rule[],
    private readonly context: RuleContext,
    private readonly files: Files,
    private readonly log: Log,
  ) {
    const active: Partial<Record<Rule['scope'], Rule[]>> = {};
    for (const rule of rules) if (this.severityOf(rule)) (active[rule.scope] ??= []).push(rule);
    this.#active = active;
  }

  block(resolved: ResolvedBlock): readonly Reported[] {
    const { block } = resolved;
    const value = resolved.resolution.value;
    // What a bare `---` or a file without content means is for rules that see the file.
    const shaped = !block.broken && value && !isNothing(value);
    return joined([
      this.named(readFindings(resolved)),
      this.each('text', (rule) => rule.check(block, this.context)),
      shaped ? this.shape(withoutHeading(value, block.path), block.path) : none,
      block.broken && value?.kind === 'map' ? this.shape(listsFor(value, block.path), block.path) : none,
    ]);
  }

  file(file: FileModel, project: Project): readonly Reported[] {
    return joined([
      ...file.documents.map((document) => this.shape(emptySections(document), [])),
      this.named(file.duplicates.map(duplicateKey)),
      this.each('file', (rule) => rule.check(file, project, this.context, this.files)),
    ]);
  }

  loading(project: Project): readonly Reported[] {
    return this.named(project.problems);
  }

  service(service: Service): readonly Reported[] {
    if (service.value.at.block.broken) return none;
    const found = this.each('service', (rule) => rule.check(service, this.context));
    return joined([found, this.repeated(service.value, ['services', service.name])]);
  }

  /** What is refused although another file or service replaces it. */
  unmerged(service: Service): readonly Reported[] {
    if (service.value.at.block.broken) return none;
    const found = this.each('service', (rule) => (rule.readFirst ? rule.check(service, this.context) : none));
    return found.filter(({ severity }) => severity === 'error');
  }

  inProject(service: Service, index: ProjectIndex): readonly Reported[] {
    if (service.value.at.block.broken) return none;
    return this.each('project', (rule) => rule.check(service, index, this.context));
  }

  resource(resource: Resource, index: ProjectIndex): readonly Reported[] {
    if (resource.nameAt.block.broken) return none;
    const found = this.each('resource', (rule) => rule.check(resource, index, this.context));
    return joined([found, this.repeated(resource.value, [resourceSections[resource.kind], resource.name])]);
  }

  mentions(of: Service | Resource): readonly Mentioned[] {
    if (of.value.at.block.broken) return none;
    let found: Mentioned[] | undefined;
    for (const rule of this.#active.mention ?? []) {
      if (rule.scope !== 'mention') continue;
      try {
        for (const mention of rule.mentions(of, this.context)) (found ??= []).push({ rule, mention });
      } catch (error) {
        this.failed(rule, error);
      }
    }
    return found ?? none;
  }

  mentioned(all: readonly Mentioned[]): readonly Reported[] {
    let found: Reported[] | undefined;
    for (const { rule, mention } of all) {
      try {
        for (const it of rule.check(mention, this.files, this.context)) (found ??= []).push(this.report(rule, it));
      } catch (error) {
        this.failed(rule, error);
      }
    }
    return found ?? none;
  }

  private shape(value: Value, path: readonly string[]): readonly Reported[] {
    const found = checkShape(value, path, { target: this.context.target, version: this.context.format });
    return this.named(
      found.map((it) => {
        const format = it.rule === 'needs-newer-format' ? it.data?.format : undefined;
        const repair = format === undefined ? undefined : ({ kind: 'format', format } as const);
        const lacks = it.data?.missing;
        return { ...it, fixes: shapeFixes(it), ...(repair && { repair }), ...(lacks && { lacks }) };
      }),
    );
  }

  /** Items that stand twice in a list only since several files or services make it. */
  private repeated(value: Value, path: readonly string[]): readonly Reported[] {
    if (this.context.target === 'stack') return none;
    const found = repeatedInMerged(value, path, this.context.target);
    return found.length === 0 ? none : this.named(found.map((it) => ({ ...it, fixes: shapeFixes(it) })));
  }

  private each<S extends Rule['scope']>(
    scope: S,
    check: (rule: Extract<Rule, { scope: S }>) => Iterable<Finding>,
  ): readonly Reported[] {
    let found: Reported[] | undefined;
    for (const rule of this.#active[scope] ?? []) {
      try {
        for (const finding of check(rule as Extract<Rule, { scope: S }>))
          (found ??= []).push(this.report(rule, finding));
      } catch (error) {
        this.failed(rule, error);
      }
    }
    return found ?? none;
  }

  private failed(rule: Rule, error: unknown): void {
    this.log(`Rule ${rule.id} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }

  /** Findings that name their rule themselves. */
  private named(findings: Iterable<Finding & { readonly rule: string }>): readonly Reported[] {
    let found: Reported[] | undefined;
    for (const finding of findings) {
      const rule = this.rules.find(({ id }) => id === finding.rule);
      if (!rule) throw new Error(`No rule is called ${finding.rule}.`);
      if (this.severityOf(rule)) (found ??= []).push(this.report(rule, finding));
    }
    return found ?? none;
  }

  private report(rule: Rule, finding: Finding): Reported {
    const set = this.context.settings.severity[rule.id];
    const severity = set && set !== 'off' ? set : (finding.severity ?? rule.severity);
    return { ...finding, rule: rule.id, severity };
  }

  private severityOf(rule: Rule): Severity | undefined {
    if (!rule.targets.includes(this.context.target)) return undefined;
    const set = this.context.settings.severity[rule.id];
    return set === 'off' || (!set && rule.off) ? undefined : (set ?? rule.severity);
  }
}

/** A section's heading stands in a block without its entries, which are checked in blocks of their own. */
function withoutHeading(value: Value, path: readonly string[]): Value {
  if (value.kind !== 'map' || path.length > 0) return value;
  const members = new Map([...value.members].filter(([key, member]) => !isHeading(key, member)));
  return members.size === value.members.size ? value : { ...value, members };
}

/** Where a list begins in the place of a mapping, all below is misread, and that one mistake is worth saying. */
function listsFor(value: MapValue, path: readonly string[]): MapValue {
  const members = new Map<string, Member>();
  for (const [key, member] of value.members) {
    if (member.value.kind !== 'seq' || (path.length === 0 && !sections.includes(key))) continue;
    members.set(key, { ...member, value: { ...member.value, items: [] } });
  }
  return { ...value, members };
}

/** The sections without their entries: whether the target takes them, and what `volumes:` alone means to it. */
function emptySections(root: MapValue): MapValue {
  const members = new Map<string, Member>();
  for (const [key, member] of root.members) {
    if (isHeading(key, member)) members.set(key, member);
    else if (sections.includes(key) && member.value.kind === 'map') {
      members.set(key, { ...member, value: { ...member.value, members: new Map() } });
    }
  }
  return { ...root, members };
}

function isHeading(key: string, { value }: Member): boolean {
  return sections.includes(key) && value.kind === 'scalar' && value.value === null;
}

function duplicateKey({ key, keyAt }: Member): Finding & { rule: string } {
  return {
    rule: 'duplicate-key',
    at: keyAt,
    message: `Key \`${key}\` is already defined above: the tools refuse the file.`,
  };
}
