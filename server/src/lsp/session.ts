import type { Diagnostic, DiagnosticWriter } from '../compose/rules/diagnostics.js';
import { rules as allRules } from '../compose/rules/index.js';
import type { Source } from '../compose/syntax/source.js';
import { holdsProjects } from '../project/discover.js';
import { isSearched } from '../project/fileNames.js';
import type { Host } from '../project/host.js';
import { proxyKind } from '../project/proxy/assigned.js';
import type { Proxy } from '../project/proxy/link.js';
import type { ProxyDiagnostic, ProxyReport } from '../project/proxy/report.js';
import type { TargetDecision } from '../project/target.js';
import { Workspace, type Checked, type ProjectFiles } from '../project/workspace.js';
import { canonicalUri, fileName } from '../text/uri.js';
import type { Settings } from './settings.js';
import { Checks } from './state/checks.js';
import { Findings } from './state/findings.js';
import { Files, type Change, type OpenDocument } from './state/files.js';
import { ProjectList } from './state/projectList.js';
import { SettingsStore } from './state/settingsStore.js';

export type { OpenDocument } from './state/files.js';

/** What the server knows at a moment, and what makes which part of it old; see `state/`. Knows no messages. */
export class Session {
  readonly workspace: Workspace;
  readonly #files: Files;
  readonly #settings = new SettingsStore();
  readonly #list: ProjectList;
  readonly #checks: Checks;
  readonly #findings: Findings;

  constructor(
    readonly host: Host,
    readonly log: (message: string) => void,
    rules = allRules,
  ) {
    this.#files = new Files(host);
    this.workspace = new Workspace(this.#files.host, rules, log);
    this.#list = new ProjectList(this.#files, this.#settings, this.workspace);
    this.#checks = new Checks(this.#files, this.#settings, this.#list, this.workspace);
    this.#findings = new Findings(this.#files, this.#settings, this.#checks, this.workspace, log);
  }

  // What changes.

  open(clientUri: string, languageId: string, version: number, text: string): OpenDocument {
    const document = this.#files.open(clientUri, languageId, version, text);
    this.textsChanged([document.uri]);
    return document;
  }

  change(clientUri: string, version: number, changes: readonly Change[]): OpenDocument | undefined {
    const document = this.#files.change(clientUri, version, changes);
    if (!document) return undefined;
    this.#checks.forget();
    if (!this.isCompose(document.uri)) this.#files.countChange();
    this.#list.textChanged(document.uri);
    return document;
  }

  close(clientUri: string): void {
    const uri = canonicalUri(clientUri);
    this.documents.delete(uri);
    this.textsChanged([uri]);
  }

  /**
   * Whether a file on disk has a part in any answer: it was read or looked for, or its name is one that folders are searched for.
   * Of a folder that comes or goes with all that is in it, editors tell nothing but the folder.
   */
  dependsOn(uri: string): boolean {
    return (
      this.#files.wasAskedFor(uri) ||
      isSearched(fileName(uri)) ||
      proxyKind(uri) !== undefined ||
      holdsProjects(this.host, uri)
    );
  }

  /** Files came or went: the folders are searched again, which takes its time in a large workspace. */
  filesChanged(uris?: readonly string[]): void {
    this.textsChanged(uris);
    this.#list.searchAgain();
  }

  /** Files have another text, or all that was read from the disk may be old. */
  textsChanged(uris?: readonly string[]): void {
    this.#files.forget(uris);
    this.#list.groupAgain();
    this.#checks.forget();
  }

  get folders(): readonly string[] {
    return this.#settings.folders;
  }

  set folders(folders: readonly string[]) {
    this.#settings.folders = folders;
  }

  setSettings(uri: string, value: unknown): void {
    this.#settings.set(uri, value);
    this.settingsChanged();
  }

  forgetSettings(): void {
    this.#settings.forget();
    this.settingsChanged();
  }

  /** For clients that hand their settings over instead of being asked for them. */
  setDefaultSettings(value: unknown): void {
    this.#settings.setDefault(value);
    this.settingsChanged();
  }

  private settingsChanged(): void {
    this.#list.groupAgain();
    this.#checks.forget();
  }

  // Files and settings.

  get documents(): Map<string, OpenDocument> {
    return this.#files.documents;
  }

  /** The newest text of a file. */
  readText(uri: string): string | undefined {
    return this.#files.host.readText(uri);
  }

  clientUri(uri: string): string {
    return this.#files.clientUri(uri);
  }

  settings(uri: string): Settings {
    return this.#settings.of(uri);
  }

  /** Open documents and workspace folders whose settings are not known yet. */
  withoutSettings(): readonly string[] {
    return [...this.documents.keys(), ...this.folders].filter((uri) => !this.#settings.isKnown(uri));
  }

  source(uri: string): Source | undefined {
    return this.workspace.source(uri);
  }

  // Projects.

  isCompose(uri: string): boolean {
    return this.#list.isCompose(uri);
  }

  target(uri: string): TargetDecision | undefined {
    return this.#list.target(uri);
  }

  decide(source: Source): TargetDecision {
    return this.#list.decide(source);
  }

  projects(): readonly ProjectFiles[] {
    return this.#checks.projects();
  }

  projectsOf(uri: string): readonly ProjectFiles[] {
    return this.#checks.projectsOf(uri);
  }

  proxyProjects(uri: string): readonly Checked[] {
    return this.#checks.proxyProjects(uri);
  }

  variableProjects(uri: string): readonly Checked[] {
    return this.#checks.variableProjects(uri);
  }

  check(files: ProjectFiles): Checked {
    return this.#checks.check(files);
  }

  checkApart(files: ProjectFiles): Checked {
    return this.#checks.checkApart(files);
  }

  /** What a proxy's file is for, where an open document is one. */
  proxyLanguage(uri: string): Proxy['kind'] | undefined {
    return this.#checks.proxyLanguage(uri);
  }

  // Findings.

  get writer(): DiagnosticWriter {
    return this.#findings.writer;
  }

  diagnostics(uri: string): ReadonlyMap<string, readonly (Diagnostic | ProxyDiagnostic)[]> {
    return this.#findings.around(uri);
  }

  opening(uri: string): Generator<() => readonly Diagnostic[]> {
    return this.#findings.opening(uri);
  }

  proxyReport(uri: string): ProxyReport | undefined {
    return this.#findings.proxyReport(uri);
  }
}
