import { carryOver, type Made } from '../../text/carryOver.js';
import type { FileModel, ResolvedBlock } from '../model/file.js';
import type { Project } from '../model/project.js';
import { indexProject, type ProjectIndex } from '../model/projectIndex.js';
import type { Resource } from '../model/resource.js';
import type { Service } from '../model/service.js';
import { get, type MapValue, type Member, type Value } from '../model/value.js';
import type { Block } from '../syntax/tree.js';
import { checkShape } from '../schema/check.js';
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

type Kept<I> = Made<I, readonly Reported[]>;

interface Mentioned {
  readonly rule: MentionRule;
  readonly mention: Mention;
}

/**
 * Runs the rules over a project and remembers what each block and service said: a keystroke costs what it changed. Results are
 * taken over for the very objects they were made from, so a changed block or service has none.
 */
export class Linter {
  #blocks = new Map<string, Kept<ResolvedBlock>>();
  #services: Kept<Service> | undefined;
  #inProject: Kept<Service> | undefined;
  #mentions: Made<Service | Resource, readonly Mentioned[]> | undefined;
  #index: ProjectIndex | undefined;
  #project: Project | undefined;
  #context: string | undefined;
  /** What `parts` found, until `lint` has taken it over. */
  #ready: Map<ResolvedBlock | Service, readonly Reported[]> | undefined;

  constructor(
    private readonly rules: readonly Rule[],
    private readonly log: Log,
  ) {}

  /**
   * What each block and each service says alone, in the order of the text, for those who cannot wait for `lint`, which takes it over.
   * Nothing where that was here before.
   */
  *parts(project: Project, context: RuleContext, files: Files): Generator<readonly Reported[]> {
    this.forgetIfOther(context);
    if (this.#services ?? this.#ready) return;
    const ready = (this.#ready = new Map<ResolvedBlock | Service, readonly Reported[]>());
    const run = new Run(this.rules, context, files, this.log);
    const services = new Map<Block, Service[]>();
    for (const it of project.services.values()) {
      const known = services.get(it.nameAt.block);
      if (known) known.push(it);
      else services.set(it.nameAt.block, [it]);
    }
    for (const resolved of [...project.files.values()].flatMap(({ blocks }) => blocks)) {
      const own = services.get(resolved.block) ?? [];
      ready.set(resolved, run.block(resolved));
      for (const service of own) ready.set(service, run.service(service));
      // Whether something empty matters is known with the whole project only.
      yield joined([resolved, ...own].map((it) => ready.get(it) ?? none)).filter(({ unlessSet }) => !unlessSet);
      if (this.#ready !== ready) return;
    }
  }

  /** Every finding in the project, each in the file that owns the text. */
  lint(project: Project, context: RuleContext, files: Files): readonly Reported[] {
    this.forgetIfOther(context);
    const run = new Run(this.rules, context, files, this.log);
    const found: Reported[] = [];
    const add = (lists: readonly (readonly Reported[])[]): void => {
      for (const list of lists) if (list.length > 0) found.push(...list);
    };
    const blocks = new Map<string, Kept<ResolvedBlock>>();
    const [first] = project.files.keys();
    for (const [uri, file] of project.files) {
      const made = carryOver(file.blocks, this.#blocks.get(uri), (it) => this.#ready?.get(it) ?? run.block(it));
      blocks.set(uri, made);
      // What is empty in a file that is laid over others leaves what they say as it is.
      const isOver = uri !== first && !project.origins.has(uri);
      const told = (list: readonly Reported[]): readonly Reported[] =>
        isOver ? list.filter((it) => !isSet(it, project)) : list;
      add(isOver ? made.outputs.map(told) : made.outputs);
      add([told(run.file(file, project))]);
    }
    this.#blocks = blocks;
    add([run.loading(project)]);

    const services = [...project.services.values()];
    this.#services = carryOver(services, this.#services, (it) => this.#ready?.get(it) ?? run.service(it));
    this.#ready = undefined;
    const index = indexProject(project, this.#index, this.#project);
    this.#project = project;
    const known = index === this.#index ? this.#inProject : undefined;
    this.#inProject = carryOver(services, known, (it) => run.inProject(it, index));
    this.#index = index;
    add(this.#services.outputs);
    add(this.#inProject.outputs);
    const resources = [...project.resources.values()].flatMap((it) => [...it.values()]);
    add(resources.map((it) => run.resource(it, index)));
    this.#mentions = carryOver([...services, ...resources], this.#mentions, (it) => run.mentions(it));
    add(this.#mentions.outputs.map((it) => (it.length > 0 ? run.mentioned(it) : none)));
    return found;
  }

  private forgetIfOther(context: RuleContext): void {
    const key = JSON.stringify(context);
    if (key === this.#context) return;
    this.#context = key;
    this.#ready = undefined;
    this.#blocks = new Map();
    this.#services = undefined;
    this.#mentions = undefined;
    this.#index = undefined;
  }
}

/** Whether the merged project has a value where a finding misses one. */
function isSet({ unlessSet }: Reported, { root }: Project): boolean {
  if (!unlessSet || !root) return false;
  const value = unlessSet.reduce<Value | undefined>((at, key) => get(at, String(key)), root);
  return value !== undefined && !isNothing(value);
}

/** Most blocks and services have nothing to say; what is kept for them is one object. */
const none: readonly never[] = [];

function joined<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const full = lists.filter((list) => list.length > 0);
  return full.length > 1 ? full.flat() : (full[0] ?? none);
}

/** One pass with one context. A rule that throws is logged and skipped: its neighbours go on. */
class Run {
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
    const shaped = !block.broken && value && !isNothing(value);
    return joined([
      this.named(readFindings(resolved)),
      this.each('text', (rule) => rule.check(block, this.context)),
      shaped ? this.shape(withoutHeading(value, block.path), block.path) : none,
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
    return this.each('service', (rule) => rule.check(service, this.context));
  }

  inProject(service: Service, index: ProjectIndex): readonly Reported[] {
    if (service.value.at.block.broken) return none;
    return this.each('project', (rule) => rule.check(service, index, this.context));
  }

  resource(resource: Resource, index: ProjectIndex): readonly Reported[] {
    if (resource.nameAt.block.broken) return none;
    return this.each('resource', (rule) => rule.check(resource, index, this.context));
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
        const unlessSet = it.isEmpty && this.context.target === 'compose' ? { unlessSet: it.path } : {};
        return { ...it, fixes: shapeFixes(it), ...(repair && { repair }), ...unlessSet };
      }),
    );
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

/** A bare `---`, or a file without content: what that means is for rules that see the file. */
function isNothing(value: Value): boolean {
  return value.kind === 'scalar' && value.value === null;
}

function duplicateKey({ key, keyAt }: Member): Finding & { rule: string } {
  return {
    rule: 'duplicate-key',
    at: keyAt,
    message: `Key \`${key}\` is already defined above: the tools refuse the file.`,
  };
}
