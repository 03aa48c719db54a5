import type { Target } from '../target.js';
import type { Block } from '../syntax/tree.js';
import type { FileModel } from '../model/file.js';
import type { Problem } from '../model/problem.js';
import type { Project } from '../model/project.js';
import type { ProjectIndex } from '../model/projectIndex.js';
import type { Resource } from '../model/resource.js';
import type { Service } from '../model/service.js';
import type { Place, Value } from '../model/value.js';

/** `error`: the target's tool refuses the file, by itself or surely at deploy. `warning`: accepted, but it will surprise. */
export type Severity = 'error' | 'warning' | 'info' | 'hint';

export interface Finding {
  readonly at: Place;
  readonly message: string;
  /** Where it differs from the rule's. */
  readonly severity?: Severity;
  readonly fixes?: readonly Fix[];
  /** A cure elsewhere in the file: `fixesOf` makes a fix of it. */
  readonly repair?: Repair;
  /** Services the message speaks of, to be shown beside it. */
  readonly related?: readonly { readonly service: string; readonly message: string }[];
  readonly tag?: 'unnecessary' | 'deprecated';
  /** What a finding about a shape is about, as a path in its file: other files may make it void. */
  readonly path?: readonly (string | number)[];
  /** Whether no other file does: docker compose refuses it before it brings files together. */
  readonly readFirst?: boolean;
  /** The keys that are missing there. */
  readonly lacks?: readonly string[];
}

/** What is missing outside of the block that a finding is in; an alias may mean an anchor that stands anywhere before it. */
export type Repair =
  | { readonly kind: 'anchor' }
  | { readonly kind: 'declare'; readonly resource: Resource['kind']; readonly name: string }
  | { readonly kind: 'format'; readonly format: string };

/** The smallest edit that cures a finding. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly PlacedEdit[];
  /** The one cure a person would expect: offered first and applied by "fix all", unless it is `lossy` or a `guess`. */
  readonly preferred?: boolean;
  /** Whether something gets lost that the tool has no place for. */
  readonly lossy?: boolean;
  /** Whether another name may be meant as well. */
  readonly guess?: boolean;
}

/** Replaces the text of a place. */
export interface PlacedEdit {
  readonly at: Place;
  readonly text: string;
}

interface RuleBase {
  /** Diagnostic code, settings key, docs anchor and fixture name, for ever. */
  readonly id: string;
  readonly severity: Severity;
  readonly targets: readonly Target[];
  /** Whether the rule is silent until a setting turns it on. */
  readonly off?: boolean;
  /** Whether the tool stops over what is a warning only because it may be otherwise where the file is used. */
  readonly stops?: boolean;
  readonly docs: RuleDocs;
}

export interface RuleDocs {
  readonly summary: string;
  readonly why: string;
  /** A file the rule reports, for the first of its targets. */
  readonly bad: string;
  /** The same file, cured. */
  readonly good: string;
  /** What the tool says, where the rule stands for a message of it. */
  readonly tool?: string;
}

/** Found while the file is read (`read`) or compared with the attribute table (`schema`): the reader reports it under this id. */
export interface ReportedRule extends RuleBase {
  readonly scope: 'read' | 'schema';
}

/** Sees the text of one block, and so also what is broken. */
export interface TextRule extends RuleBase {
  readonly scope: 'text';
  check(block: Block, context: RuleContext): Iterable<Finding>;
}

/** Sees one service as its project has it, and nothing else: run again only when that service changes. */
export interface ServiceRule extends RuleBase {
  readonly scope: 'service';
  /** Whether docker compose refuses it as soon as it reads a file, before files are brought together. */
  readonly readFirst?: boolean;
  check(service: Service, context: RuleContext): Iterable<Finding>;
}

/** Sees one service and the index of its project: run again when the service or the index changes. */
export interface ProjectRule extends RuleBase {
  readonly scope: 'project';
  check(service: Service, index: ProjectIndex, context: RuleContext): Iterable<Finding>;
}

/** Sees one network, volume, secret, config or model. */
export interface ResourceRule extends RuleBase {
  readonly scope: 'resource';
  check(resource: Resource, index: ProjectIndex, context: RuleContext): Iterable<Finding>;
}

/** Sees the file as a whole; must not walk its services. */
export interface FileRule extends RuleBase {
  readonly scope: 'file';
  check(file: FileModel, project: Project, context: RuleContext, files: Files): Iterable<Finding>;
}

/** Sees the files that a service or resource names: run every time, as they change without a word. */
export interface MentionRule extends RuleBase {
  readonly scope: 'mention';
  /** Where files are named; kept as long as the service or resource is the same. */
  mentions(of: Service | Resource, context: RuleContext): Iterable<Mention>;
  check(mention: Mention, files: Files, context: RuleContext): Iterable<Finding>;
}

/** A place that names a file. */
export interface Mention {
  readonly path: string;
  readonly at: Place;
  /** The attribute that names it. */
  readonly via: string;
  /** How an environment file is to be read, as written. */
  readonly format?: Value;
  /** Whether it may be missing, and where that is said. */
  readonly optional?: boolean;
  readonly required?: Value;
}

/** What stands beside the files of a project. Paths are taken as the tool takes them in the file of the place. */
export interface Files {
  /** `unknown` for paths that are not looked up: remote ones and those in a home folder. */
  stat(mention: Pick<Mention, 'path' | 'at'>): 'file' | 'folder' | 'missing' | 'unknown';
  read(mention: Pick<Mention, 'path' | 'at'>): string | undefined;
  /** `.env` in the project's folder: what makes docker compose refuse it, offsets from its start, and the name it gives the project. */
  readonly dotEnv:
    | { readonly text: string; readonly problems: readonly Problem[]; readonly projectName: string | undefined }
    | undefined;
}

export type Rule = ReportedRule | TextRule | ServiceRule | ProjectRule | ResourceRule | FileRule | MentionRule;

export interface RuleContext {
  readonly target: Target;
  /** Stack file format as written, for example `3.8`; undefined when none is. */
  readonly format: string | undefined;
  readonly settings: RuleSettings;
}

/** What a person can set; handed in per resource. */
export interface RuleSettings {
  /** Severity by rule id; `off` silences, anything else also turns on a rule that is off. */
  readonly severity: Readonly<Record<string, Severity | 'off'>>;
  /** GPUs of the machine the files are for, to compare reservations with; undefined when not said. */
  readonly gpus?: number;
}
