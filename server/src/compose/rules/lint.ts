import { carryOver, type Made } from '../../text/carryOver.js';
import { groupBy } from '../../text/groupBy.js';
import type { ResolvedBlock } from '../model/file.js';
import type { Project } from '../model/project.js';
import { indexProject, type ProjectIndex } from '../model/projectIndex.js';
import type { Resource } from '../model/resource.js';
import type { Service } from '../model/service.js';
import { inProject } from './shapeInProject.js';
import type { Files, Rule, RuleContext } from './rule.js';
import { joined, none, Run, type Log, type Mentioned, type Reported } from './run.js';

export type { Log, Reported };

type Kept<I> = Made<I, readonly Reported[]>;

/**
 * Runs the rules over a project and remembers what each block and service said: a keystroke costs what it changed. Results are
 * taken over for the very objects they were made from, so a changed block or service has none.
 */
export class Linter {
  #blocks = new Map<string, Kept<ResolvedBlock>>();
  #services: Kept<Service> | undefined;
  #inProject: Kept<Service> | undefined;
  #resources: Kept<Resource> | undefined;
  #mentions: Made<Service | Resource, readonly Mentioned[]> | undefined;
  #index: ProjectIndex | undefined;
  #project: Project | undefined;
  #context: string | undefined;
  /** What `parts` found, until `lint` has taken it over. */
  #ready: Ready | undefined;

  constructor(
    private readonly rules: readonly Rule[],
    private readonly log: Log,
  ) {}

  /**
   * What each block and its services say, in the order of the text, for those who cannot wait for `lint`, which takes it over. Nothing
   * where that was here before.
   */
  *parts(project: Project, context: RuleContext, files: Files): Generator<readonly Reported[]> {
    this.forgetIfOther(context);
    if (this.#services ?? this.#ready) return;
    const run = new Run(this.rules, context, files, this.log);
    const index = (this.#index = indexProject(project));
    this.#project = project;
    const ready: Ready = { index, blocks: new Map(), services: new Map(), inProject: new Map() };
    this.#ready = ready;
    const services = groupBy(project.services.values(), ({ nameAt }) => [nameAt.block]);
    const isMerged = comesOfSeveral(project);
    for (const file of project.files.values()) {
      for (const resolved of file.blocks) {
        const found = [keep(ready.blocks, resolved, run.block(resolved))];
        for (const service of services.get(resolved.block) ?? []) {
          found.push(keep(ready.services, service, run.service(service)));
          found.push(keep(ready.inProject, service, run.inProject(service, index)));
        }
        const told = joined(found);
        yield isMerged && told.length > 0 ? inProject(told, file.source.uri, project) : told;
        if (this.#ready !== ready) return;
      }
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
    const isMerged = comesOfSeveral(project);
    for (const [uri, file] of project.files) {
      const made = carryOver(file.blocks, this.#blocks.get(uri), (it) => this.#ready?.blocks.get(it) ?? run.block(it));
      blocks.set(uri, made);
      const told = (list: readonly Reported[]): readonly Reported[] =>
        isMerged && list.length > 0 ? inProject(list, uri, project) : list;
      add(isMerged ? made.outputs.map(told) : made.outputs);
      add([told(run.file(file, project))]);
    }
    this.#blocks = blocks;
    add([run.loading(project)]);

    const services = [...project.services.values()];
    this.#services = carryOver(services, this.#services, (it) => this.#ready?.services.get(it) ?? run.service(it));
    const index = indexProject(project, this.#index, this.#project);
    this.#project = project;
    const known = index === this.#index ? this.#inProject : undefined;
    const ready = index === this.#ready?.index ? this.#ready.inProject : undefined;
    this.#inProject = carryOver(services, known, (it) => ready?.get(it) ?? run.inProject(it, index));
    this.#ready = undefined;
    const resources = [...project.resources.values()].flatMap((it) => [...it.values()]);
    const same = index === this.#index ? this.#resources : undefined;
    this.#resources = carryOver(resources, same, (it) => run.resource(it, index));
    this.#index = index;
    add(this.#services.outputs);
    add(project.unmerged.map((it) => unsaid(run.unmerged(it), found)));
    add(this.#inProject.outputs);
    add(this.#resources.outputs);
    this.#mentions = carryOver([...services, ...resources], this.#mentions, (it) => run.mentions(it));
    add(this.#mentions.outputs.map((it) => (it.length > 0 ? run.mentioned(it) : none)));
    return found;
  }

  private forgetIfOther(context: RuleContext): void {
    const key = JSON.stringify(context);
    if (key === this.#context) return;
    this.#context = key;
    this.#inProject = undefined;
    this.#ready = undefined;
    this.#blocks = new Map();
    this.#services = undefined;
    this.#resources = undefined;
    this.#mentions = undefined;
    this.#index = undefined;
  }
}

/** Whether docker compose merges anything, be it files, documents or services that extend others. */
function comesOfSeveral({ target, files, root }: Project): boolean {
  const [first] = files.values();
  return target === 'compose' && root !== first?.documents[0];
}

interface Ready {
  readonly index: ProjectIndex;
  readonly blocks: Map<ResolvedBlock, readonly Reported[]>;
  readonly services: Map<Service, readonly Reported[]>;
  readonly inProject: Map<Service, readonly Reported[]>;
}

/** What was not found yet at the same place. */
function unsaid(list: readonly Reported[], found: readonly Reported[]): readonly Reported[] {
  const isSaid = (it: Reported): boolean =>
    found.some(({ rule, at }) => rule === it.rule && at.block === it.at.block && at.start === it.at.start);
  return list.filter((it) => !isSaid(it));
}

function keep<K, V>(known: Map<K, V>, key: K, value: V): V {
  known.set(key, value);
  return value;
}
