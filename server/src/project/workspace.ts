import { readFile, type FileModel, type Variables } from '../compose/model/file.js';
import { buildProject, folderOfPaths, type Loader, type Project } from '../compose/model/project.js';
import { Linter, type Log, type Reported } from '../compose/rules/lint.js';
import type { Files, Mention, Rule, RuleContext, RuleSettings } from '../compose/rules/rule.js';
import { readSource, type Source } from '../compose/syntax/source.js';
import type { Target } from '../compose/target.js';
import { noProfiles } from '../compose/model/service.js';
import { get, str } from '../compose/model/value.js';
import { folderOf, isRemote, resolveUri } from '../text/uri.js';
import type { Host } from './host.js';
import { projectName } from './projectName.js';
import { configCache } from './proxy/configCache.js';
import { linkProxies, type Proxy } from './proxy/link.js';
import { lintProxies } from './proxy/lint.js';
import { known, type Assigned, type Known, type World } from './proxy/world.js';
import { includedVariables, type IncludedVariables } from './includedVariables.js';
import { projectVariables, type ProjectVariables } from './variables.js';

/** Which files are one project, in the order in which the tool merges them. */
export interface ProjectFiles {
  readonly target: Target;
  readonly files: readonly string[];
  /** Files with variables in place of `.env`, as with `--env-file`. */
  readonly envFiles?: readonly string[];
}

export interface Checked {
  readonly project: Project;
  readonly variables: ProjectVariables;
  readonly context: RuleContext;
  readonly findings: readonly Reported[];
  readonly world: World;
  /** The services that run a proxy, with the files it reads. */
  readonly proxies: readonly Proxy[];
}

/** Sources, models and findings of the files that were asked for, each kept until its text or what it reads changes. */
export class Workspace {
  readonly #sources = new Map<string, Source>();
  /** Each file as it was last read alone, by target and file. */
  readonly #alone = new Map<string, FileModel>();
  readonly #projects = new Map<string, ProjectState>();
  readonly #readConfig: World['read'];

  constructor(
    private readonly host: Host,
    private readonly rules: readonly Rule[],
    private readonly log: Log,
  ) {
    this.#readConfig = configCache(host);
  }

  /** The newest text of a file in blocks; undefined where there is no such file. */
  source(uri: string): Source | undefined {
    const known = this.#sources.get(uri);
    const text = this.host.edited?.(uri) ?? this.host.readText(uri);
    if (text === undefined) {
      this.#sources.delete(uri);
      return undefined;
    }
    if (known && text === (typeof text === 'string' ? known.content.text : known.content)) return known;
    const source = readSource(uri, text, known);
    this.#sources.set(uri, source);
    return source;
  }

  /** A file as its tool reads it alone; undefined where there is no such file. */
  model(uri: string, target: Target): FileModel | undefined {
    const source = this.source(uri);
    if (!source) return undefined;
    const variables = projectVariables(this.host, { target, files: [uri] });
    const model = readFile(source, target, variables, this.#alone.get(`${target} ${uri}`));
    this.#alone.set(`${target} ${uri}`, model);
    return model;
  }

  /** Reads and checks a project anew; what did not change since the last time costs nothing. */
  check(files: ProjectFiles, settings: RuleSettings, assigned: readonly Assigned[] = []): Checked {
    const { state, project, variables, context } = this.read(files, settings);
    const knownBy = JSON.stringify([this.host.revision(), assigned, context]);
    if (state.known.key !== knownBy || state.resources !== project.resources) state.known = known(knownBy);
    state.resources = project.resources;
    const world: World = {
      project,
      folder: folderOf(files.files[0] ?? ''),
      name: projectName(project, files.files[0] ?? '', variables),
      host: this.host,
      read: this.#readConfig,
      assigned,
      known: state.known,
      neighbourhoods: new Map(),
    };
    const proxies = linkProxies(world);
    const findings = [
      ...state.linter.lint(project, context, this.filesBeside(project, variables)),
      ...lintProxies(world, proxies, context, this.log),
    ];
    return { project, variables, context, findings, world, proxies };
  }

  /** The project before it is checked, and what can be said of it part by part; see `Linter.parts`. */
  begin(files: ProjectFiles, settings: RuleSettings): { project: Project; parts: Iterable<readonly Reported[]> } {
    const { state, project, variables, context } = this.read(files, settings);
    return { project, parts: state.linter.parts(project, context, this.filesBeside(project, variables)) };
  }

  private read(files: ProjectFiles, settings: RuleSettings): Read {
    const key = [files.target, ...files.files].join('\n');
    const state = this.#projects.get(key) ?? {
      linter: new Linter(this.rules, this.log),
      models: new Map(),
      inside: new Map(),
      variables: undefined,
      project: undefined,
      known: known(''),
      resources: undefined,
    };
    this.#projects.set(key, state);
    const { project, variables } = this.load(files, state);
    state.project = project;
    const first = files.files[0] === undefined ? undefined : project.files.get(files.files[0]);
    const context: RuleContext = {
      target: files.target,
      format: str(get(first?.documents[0], 'version')),
      settings,
    };
    return { state, project, variables, context };
  }

  /** Drops what is kept of a project, as when its last document closes. */
  forget(files: ProjectFiles): void {
    const key = [files.target, ...files.files].join('\n');
    for (const uri of this.#projects.get(key)?.models.keys() ?? []) {
      this.#sources.delete(uri);
      this.#alone.delete(`${files.target} ${uri}`);
    }
    this.#projects.delete(key);
  }

  private filesBeside(project: Project, variables: ProjectVariables): Files {
    const { envFile } = variables;
    const isNamed = envFile !== undefined && variables.origin(nameVariable) === envFile.uri;
    const uriOf = ({ path, at: { block } }: Pick<Mention, 'path' | 'at'>): string | undefined =>
      resolveUri(folderOfPaths(project, block.uri), path);
    return {
      stat: (mention) => {
        const uri = uriOf(mention);
        return uri === undefined ? 'unknown' : (this.host.stat(uri) ?? 'missing');
      },
      read: (mention) => {
        const uri = uriOf(mention);
        return uri === undefined ? undefined : this.host.readText(uri);
      },
      dotEnv: envFile && {
        text: envFile.text,
        problems: envFile.content.problems,
        projectName: isNamed ? variables.lookup(nameVariable) : undefined,
      },
    };
  }

  private load(project: ProjectFiles, state: ProjectState): { project: Project; variables: ProjectVariables } {
    const { target, files } = project;
    const variables = projectVariables(this.host, project, state.variables);
    state.variables = variables;
    const models = new Map<string, FileModel>();
    const open = (uri: string, seen: Variables = variables): FileModel | undefined => {
      const done = models.get(uri);
      if (done) return done;
      const source = this.source(uri);
      if (!source) return undefined;
      const before = state.models.get(uri) ?? this.#alone.get(`${target} ${uri}`);
      const model = readFile(source, target, seen, before);
      models.set(uri, model);
      return model;
    };
    const selected = variables.lookup('COMPOSE_PROFILES');
    const inside = new Map<string, IncludedVariables>();
    const loader: Loader = {
      surroundings: { folder: folderOf(files[0] ?? ''), variables },
      open: (path, around) => {
        if (isRemote(path) || !around.folder.startsWith('file:')) return 'remote';
        const uri = resolveUri(around.folder, path);
        return (uri === undefined ? undefined : open(uri, around.variables)) ?? 'missing';
      },
      inside: (around, folder, envFiles) => {
        const key = [folder, ...(envFiles ?? ['.env'])].join('\n');
        const read = includedVariables(this.host, around.variables, folder, envFiles, state.inside.get(key));
        inside.set(key, read);
        return { folder, ...read };
      },
      selectedProfiles: selected === undefined ? noProfiles : new Set(selected.split(',').map((name) => name.trim())),
    };
    const roots = files.map((uri) => open(uri)).filter((it) => it !== undefined);
    state.models = models;
    state.inside = inside;
    return { project: buildProject(roots, target, loader, state.project), variables };
  }
}

const nameVariable = 'COMPOSE_PROJECT_NAME';

interface Read {
  readonly state: ProjectState;
  readonly project: Project;
  readonly variables: ProjectVariables;
  readonly context: RuleContext;
}

interface ProjectState {
  readonly linter: Linter;
  known: Known;
  resources: Project['resources'] | undefined;
  models: ReadonlyMap<string, FileModel>;
  /** What included files see, by where they are included from. */
  inside: ReadonlyMap<string, IncludedVariables>;
  variables: ProjectVariables | undefined;
  project: Project | undefined;
}
