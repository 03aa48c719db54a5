import { DiagnosticWriter, type Diagnostic } from '../compose/rules/diagnostics.js';
import { rules as allRules } from '../compose/rules/index.js';
import type { Reported } from '../compose/rules/lint.js';
import type { Source } from '../compose/syntax/source.js';
import { findFiles, groupFiles, type Found } from '../project/discover.js';
import { isComposeFile, isSearched } from '../project/fileNames.js';
import type { Host } from '../project/host.js';
import { assignedFiles, proxyKind } from '../project/proxy/assigned.js';
import { reportAlone, reportProxies, type ProxyDiagnostic, type ProxyReport } from '../project/proxy/report.js';
import type { Proxy } from '../project/proxy/link.js';
import type { Assigned } from '../project/proxy/world.js';
import type { Target } from '../compose/target.js';
import { decideTarget, type TargetDecision } from '../project/target.js';
import { Workspace, type Checked, type ProjectFiles } from '../project/workspace.js';
import { LineIndex } from '../text/lineIndex.js';
import type { Range } from '../text/span.js';
import { canonicalUri, encodedUri, fileName, folderOf, relativePath, resolveUri } from '../text/uri.js';
import { readSettings, type Settings } from './settings.js';

/** A document that is open in the client. */
export interface OpenDocument {
  /** As the client spells it. */
  readonly clientUri: string;
  readonly uri: string;
  readonly languageId: string;
  version: number;
  /** The text and its lines. */
  content: LineIndex;
}

/** A change as LSP sends it; without a range it is the whole text. */
export interface Change {
  readonly range?: Range;
  readonly text: string;
}

/** What the server knows at a moment: open documents, workspace folders, settings, projects. Knows no messages. */
export class Session {
  readonly documents = new Map<string, OpenDocument>();
  readonly workspace: Workspace;
  readonly writer = new DiagnosticWriter();
  folders: readonly string[] = [];
  #settings = new Map<string, Settings>();
  #defaultSettings = readSettings(undefined);
  #projects: readonly ProjectFiles[] | undefined;
  #found: Found | undefined;
  /** What the files were grouped by. */
  readonly #targets = new Map<string, Target | undefined>();
  /** Projects that read a file without being given it, by the file. */
  readonly #readers = new Map<string, Set<ProjectFiles>>();
  /** Counts what may change an answer, and of that what lies beside the Compose files. */
  #revision = 0;
  #filesRevision = 0;
  readonly #checked = new Map<string, { readonly revision: number; readonly checked: Checked }>();
  readonly #stats = new Map<string, ReturnType<Host['stat']>>();
  readonly #disk = new Map<string, string | undefined>();
  /** Projects whose proxies read a file, by the file; all of them once `#linked` is set. */
  readonly #proxyReaders = new Map<string, Set<ProjectFiles>>();
  #linked = false;
  /** Proxy files that comments and settings give to services, by the project's folder. */
  readonly #assigned = new Map<string, readonly Assigned[]>();

  constructor(
    readonly host: Host,
    readonly log: (message: string) => void,
    rules = allRules,
  ) {
    const stat = (uri: string): ReturnType<Host['stat']> => {
      if (!this.#stats.has(uri)) this.#stats.set(uri, host.stat(uri));
      return this.#stats.get(uri);
    };
    const world: Host = {
      ...host,
      stat,
      readText: (uri) => this.readText(uri),
      edited: (uri) => this.documents.get(uri)?.content,
      revision: () => this.#filesRevision,
    };
    this.workspace = new Workspace(world, rules, log);
  }

  open(clientUri: string, languageId: string, version: number, text: string): OpenDocument {
    const uri = canonicalUri(clientUri);
    const document = { clientUri, uri, languageId, version, content: new LineIndex(text) };
    this.documents.set(uri, document);
    this.filesChanged([uri]);
    return document;
  }

  change(clientUri: string, version: number, changes: readonly Change[]): OpenDocument | undefined {
    const document = this.documents.get(canonicalUri(clientUri));
    if (!document) return undefined;
    document.version = version;
    for (const { range, text } of changes) {
      const { content } = document;
      document.content = range
        ? content.replace({ start: content.offset(range.start), end: content.offset(range.end) }, text)
        : new LineIndex(text);
    }
    this.#revision++;
    if (!this.isCompose(document.uri)) this.#filesRevision++;
    // A comment or a key that decides the target puts the file into another project.
    if (this.#projects && this.#targets.get(document.uri) !== this.target(document.uri)?.target)
      this.#projects = undefined;
    return document;
  }

  close(clientUri: string): void {
    const uri = canonicalUri(clientUri);
    this.documents.delete(uri);
    this.filesChanged([uri]);
  }

  /** Whether a file on disk has a part in any answer: it was read or looked for, or its name is one that folders are searched for. */
  dependsOn(uri: string): boolean {
    return this.#disk.has(uri) || this.#stats.has(uri) || isSearched(fileName(uri)) || proxyKind(uri) !== undefined;
  }

  /** Files changed on disk, or all that was read from it may be old. */
  filesChanged(uris?: readonly string[]): void {
    if (uris) uris.forEach((uri) => this.#disk.delete(uri));
    else this.#disk.clear();
    this.#stats.clear();
    this.#revision++;
    this.#filesRevision++;
    this.#projects = undefined;
    this.#found = undefined;
  }

  setSettings(uri: string, value: unknown): void {
    this.#settings.set(uri, readSettings(value));
    this.#revision++;
    this.#projects = undefined;
  }

  forgetSettings(): void {
    this.#settings = new Map();
    this.#revision++;
    this.#projects = undefined;
  }

  /** Open documents and workspace folders whose settings are not known yet. */
  withoutSettings(): readonly string[] {
    return [...this.documents.keys(), ...this.folders].filter((uri) => !this.#settings.has(uri));
  }

  /** Those of a file, where they are known; else those of its folder in the workspace. */
  settings(uri: string): Settings {
    return this.#settings.get(uri) ?? this.#settings.get(this.folder(uri) ?? '') ?? this.#defaultSettings;
  }

  /** The workspace folder that a file is in. */
  folder(uri: string): string | undefined {
    return this.folders.find((it) => uri === it || uri.startsWith(`${it}/`));
  }

  /** For clients that hand their settings over instead of being asked for them. */
  setDefaultSettings(value: unknown): void {
    this.#defaultSettings = readSettings(value);
    this.#revision++;
    this.#projects = undefined;
  }

  source(uri: string): Source | undefined {
    return this.workspace.source(uri);
  }

  target(uri: string): TargetDecision | undefined {
    const source = this.source(uri);
    return source && this.decide(source);
  }

  /** What a text would be for under the name of its file. */
  decide(source: Source): TargetDecision {
    const { uri } = source;
    return decideTarget(source, this.settings(uri).target(relativePath(this.folder(uri) ?? '', uri)));
  }

  /** Every project of the workspace, with those of open documents outside it. */
  projects(): readonly ProjectFiles[] {
    if (this.#projects) return this.#projects;
    const found = this.found();
    const files = new Set(found.files);
    for (const { uri } of this.documents.values()) if (this.isCompose(uri)) files.add(uri);
    this.#checked.clear();
    this.#readers.clear();
    this.#proxyReaders.clear();
    this.#assigned.clear();
    this.#linked = false;
    const targetOf = (uri: string): Target | undefined => {
      const target = this.target(uri)?.target;
      this.#targets.set(uri, target);
      return target;
    };
    const lists = this.folders.flatMap((folder) => this.listed(folder));
    this.#projects = groupFiles(this.host, this.workspace, { ...found, files: [...files].sort() }, targetOf, lists).map(
      (it) => this.withEnvironmentFiles(it),
    );
    return this.#projects;
  }

  /** The projects a file is part of; what it is given to comes first. */
  projectsOf(uri: string): readonly ProjectFiles[] {
    const all = this.projects();
    const given = all.filter(({ files }) => files.includes(uri));
    const readers = this.#readers.get(uri);
    if (given.length > 0) return given;
    if (readers && readers.size > 0) return [...readers];
    const found = all.filter((files) => files.target === 'compose' && this.check(files).project.files.has(uri));
    return found.length > 0
      ? found
      : this.isCompose(uri)
        ? [this.withEnvironmentFiles({ target: this.target(uri)?.target ?? 'compose', files: [uri] })]
        : [];
  }

  /** What the folders hold, each file and project once. */
  private found(): Found {
    if (this.#found) return this.#found;
    const host: Host = { ...this.host, readText: (uri) => this.readText(uri) };
    const all = this.folders.map((folder) => findFiles(host, folder));
    const named = new Map(
      all.flatMap((one) => one.named.map((project) => [project.files.join('\n'), project] as const)),
    );
    this.#found = { files: all.flatMap(({ files }) => files), named: [...named.values()] };
    return this.#found;
  }

  /** The projects that a setting names in a folder, as URIs. */
  private listed(folder: string): readonly (readonly string[])[] {
    return this.settings(folder).projects.map((files) => files.flatMap((path) => resolveUri(folder, path) ?? []));
  }

  private withEnvironmentFiles(project: ProjectFiles): ProjectFiles {
    const first = project.files[0] ?? '';
    const envFiles = this.settings(first).environmentFiles.flatMap((path) => resolveUri(folderOf(first), path) ?? []);
    return project.target === 'stack' || envFiles.length === 0 ? project : { ...project, envFiles };
  }

  check(files: ProjectFiles): Checked {
    const [first = ''] = files.files;
    const key = [files.target, ...files.files, '', ...(files.envFiles ?? [])].join('\n');
    const known = this.#checked.get(key);
    if (known?.revision === this.#revision) return known.checked;
    const checked = this.workspace.check(files, this.settings(first), this.assigned(first));
    this.#checked.set(key, { revision: this.#revision, checked });
    for (const uri of checked.project.origins.keys()) addTo(this.#readers, uri, files);
    for (const proxy of checked.proxies) for (const { uri } of proxy.files) addTo(this.#proxyReaders, uri, files);
    return checked;
  }

  /**
   * Checks the first project of a document part by part, as far as that was not done; `check` takes it over. After each part, what
   * was found in the document can be had: all of it is true, and more is to come.
   */
  *opening(uri: string): Generator<() => readonly Diagnostic[]> {
    const files = this.isCompose(uri) ? this.projectsOf(uri)[0] : undefined;
    if (!files) return;
    const { project, parts } = this.workspace.begin(files, this.settings(files.files[0] ?? ''));
    const findings: Reported[] = [];
    for (const found of parts) {
      findings.push(...found);
      yield () => this.writer.write(project, findings).get(uri) ?? [];
    }
  }

  /** Files as a project that no other answer knows of, such as one for the other tool. */
  checkApart(files: ProjectFiles): Checked {
    const [first = ''] = files.files;
    return this.workspace.check(files, this.settings(first), this.assigned(first));
  }

  /** What is to be said of each file in the projects of a document, and of the open files that their proxies read. */
  diagnostics(uri: string): ReadonlyMap<string, readonly (Diagnostic | ProxyDiagnostic)[]> {
    const found = new Map<string, readonly (Diagnostic | ProxyDiagnostic)[]>();
    const proxy = this.proxyLanguage(uri) !== undefined;
    const own = proxy ? this.proxyProjects(uri) : this.projectsOf(uri).map((files) => this.check(files));
    const projects = own.length > 0 || proxy ? own : this.variableProjects(uri);
    const read = new Set(proxy ? [uri] : []);
    for (const { project, findings, proxies } of projects) {
      for (const [file, diagnostics] of this.writer.write(project, findings)) {
        const before = found.get(file);
        found.set(
          file,
          before ? [...before, ...diagnostics.filter((it) => !before.some((one) => same(one, it)))] : diagnostics,
        );
      }
      for (const { files } of proxies) for (const file of files) if (this.documents.has(file.uri)) read.add(file.uri);
    }
    for (const file of read) {
      const report = this.proxyReport(file);
      if (report) found.set(file, report.diagnostics);
    }
    return found;
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

  /** What is to be said of a proxy's file: by the services around it, or by itself where no project reads it. */
  proxyReport(uri: string): ProxyReport | undefined {
    const settings = this.settings(uri);
    const report = reportProxies(this.proxyProjects(uri), settings, this.log, (it) => it === uri).get(uri);
    const kind = this.proxyLanguage(uri);
    const text = this.readText(uri);
    return report ?? (kind && text !== undefined ? reportAlone(kind, text, settings, this.log) : undefined);
  }

  /** The proxy that an open document is for: the language its editor gives it says so, or a service that reads it. */
  proxyLanguage(uri: string): Proxy['kind'] | undefined {
    const document = this.documents.get(uri);
    if (!document || this.isCompose(uri)) return undefined;
    const named = /haproxy|nginx/i.exec(document.languageId)?.[0].toLowerCase();
    if (named === 'haproxy' || named === 'nginx') return named;
    const [reader] = this.proxyProjects(uri);
    return reader?.proxies.find(({ files }) => files.some((file) => file.uri === uri))?.kind;
  }

  private assigned(first: string): readonly Assigned[] {
    const folder = folderOf(first);
    const known = this.#assigned.get(folder);
    if (known) return known;
    const root = this.folder(folder) ?? folder;
    const host: Host = { ...this.host, readText: (uri) => this.readText(uri) };
    const found = assignedFiles(host, folder, (uri) => this.settings(uri).proxyOf(relativePath(root, uri)));
    this.#assigned.set(folder, found);
    return found;
  }

  /** The spelling of a file for the client: its own, where it is open. */
  clientUri(uri: string): string {
    return this.documents.get(uri)?.clientUri ?? encodedUri(uri);
  }

  isCompose(uri: string): boolean {
    if (this.documents.get(uri)?.languageId === 'dockercompose' || isComposeFile(fileName(uri))) return true;
    const folder = this.folder(uri);
    if (folder === undefined) return false;
    const given = this.settings(uri).target(relativePath(folder, uri)) !== undefined;
    const lists = [...this.listed(folder), ...this.found().named.map(({ files }) => files)];
    return given || lists.some((files) => files.includes(uri));
  }

  /** The newest text of a file. */
  readText(uri: string): string | undefined {
    const document = this.documents.get(uri);
    if (document) return document.content.text;
    if (!this.#disk.has(uri)) this.#disk.set(uri, this.host.readText(uri));
    return this.#disk.get(uri);
  }
}

/** Whether two projects of a file say the same of it. */
function same(a: Diagnostic | ProxyDiagnostic, b: Diagnostic): boolean {
  const { start } = a.range;
  const isThere = start.line === b.range.start.line && start.character === b.range.start.character;
  return isThere && a.code === b.code && a.message === b.message;
}

function addTo<K, V>(index: Map<K, Set<V>>, key: K, value: V): void {
  const known = index.get(key);
  if (known) known.add(value);
  else index.set(key, new Set([value]));
}
