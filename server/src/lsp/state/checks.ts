import { assignedFiles } from '../../project/proxy/assigned.js';
import type { Proxy } from '../../project/proxy/link.js';
import type { Assigned } from '../../project/proxy/world.js';
import type { Checked, ProjectFiles, Workspace } from '../../project/workspace.js';
import { folderOf, relativePath } from '../../text/uri.js';
import type { Files } from './files.js';
import type { ProjectList } from './projectList.js';
import type { SettingsStore } from './settingsStore.js';

/** The projects as they were last checked, and by that which of them read a file. */
export class Checks {
  /** The list that all below is about. */
  #projects: readonly ProjectFiles[] = [];
  readonly #checked = new Map<string, Checked>();
  /** Projects that read a file without being given it, by the file. */
  readonly #readers = new Map<string, Set<ProjectFiles>>();
  /** Projects whose proxies read a file, by the file; all of them once `#linked` is set. */
  readonly #proxyReaders = new Map<string, Set<ProjectFiles>>();
  #linked = false;
  /** Proxy files that comments and settings give to services, by the project's folder. */
  readonly #assigned = new Map<string, readonly Assigned[]>();

  constructor(
    private readonly files: Files,
    private readonly settings: SettingsStore,
    readonly list: ProjectList,
    private readonly workspace: Workspace,
  ) {}

  /** What was checked may not be true any more. */
  forget(): void {
    this.#checked.clear();
  }

  projects(): readonly ProjectFiles[] {
    const projects = this.list.all();
    if (projects === this.#projects) return projects;
    this.#projects = projects;
    this.#checked.clear();
    this.#readers.clear();
    this.#proxyReaders.clear();
    this.#assigned.clear();
    this.#linked = false;
    return projects;
  }

  /** The projects a file is part of; what it is given to comes first. */
  projectsOf(uri: string): readonly ProjectFiles[] {
    const all = this.projects();
    const given = all.filter(({ files }) => files.includes(uri));
    const readers = this.#readers.get(uri);
    if (given.length > 0) return given;
    if (readers && readers.size > 0) return [...readers];
    const found = all.filter((files) => files.target === 'compose' && this.check(files).project.files.has(uri));
    return found.length === 0 && this.list.isCompose(uri) ? [this.list.alone(uri)] : found;
  }

  check(files: ProjectFiles): Checked {
    const key = [files.target, ...files.files, '', ...(files.envFiles ?? [])].join('\n');
    const known = this.#checked.get(key);
    if (known) return known;
    const checked = this.checkApart(files);
    this.#checked.set(key, checked);
    for (const uri of checked.project.origins.keys()) addTo(this.#readers, uri, files);
    for (const proxy of checked.proxies) for (const { uri } of proxy.files) addTo(this.#proxyReaders, uri, files);
    return checked;
  }

  /** Files as a project that no other answer knows of, such as one for the other tool. */
  checkApart(files: ProjectFiles): Checked {
    const [first = ''] = files.files;
    return this.workspace.check(files, this.settings.of(first), this.assigned(first));
  }

  /** The projects whose proxies read a file. */
  proxyProjects(uri: string): readonly Checked[] {
    const all = this.projects();
    if (!this.#linked) {
      this.#linked = true;
      all.forEach((files) => this.check(files));
    }
    return [...(this.#proxyReaders.get(uri) ?? [])]
      .map((files) => this.check(files))
      .filter(({ proxies }) => proxies.some(({ files }) => files.some((file) => file.uri === uri)));
  }

  /** The projects that take variables from a file. */
  variableProjects(uri: string): readonly Checked[] {
    const all = this.projects().map((files) => this.check(files));
    return all.filter(({ variables }) => variables.read.some((file) => file.uri === uri));
  }

  /** The proxy that an open document is for: the language its editor gives it says so, or a service that reads it. */
  proxyLanguage(uri: string): Proxy['kind'] | undefined {
    const document = this.files.documents.get(uri);
    if (!document || this.list.isCompose(uri)) return undefined;
    const named = /haproxy|nginx/i.exec(document.languageId)?.[0].toLowerCase();
    if (named === 'haproxy' || named === 'nginx') return named;
    const [reader] = this.proxyProjects(uri);
    return reader?.proxies.find(({ files }) => files.some((file) => file.uri === uri))?.kind;
  }

  private assigned(first: string): readonly Assigned[] {
    const folder = folderOf(first);
    const known = this.#assigned.get(folder);
    if (known) return known;
    const root = this.settings.folderOf(folder) ?? folder;
    const serviceOf = (uri: string): string | undefined => this.settings.of(uri).proxyOf(relativePath(root, uri));
    const found = assignedFiles(this.files.host, folder, serviceOf);
    this.#assigned.set(folder, found);
    return found;
  }
}

function addTo<K, V>(index: Map<K, Set<V>>, key: K, value: V): void {
  const known = index.get(key);
  if (known) known.add(value);
  else index.set(key, new Set([value]));
}
