import type { Source } from '../../compose/syntax/source.js';
import type { Target } from '../../compose/target.js';
import { findFiles, groupFiles, type Found } from '../../project/discover.js';
import { isComposeFile } from '../../project/fileNames.js';
import { decideTarget, type TargetDecision } from '../../project/target.js';
import type { ProjectFiles, Workspace } from '../../project/workspace.js';
import { fileName, folderOf, resolveUri } from '../../text/uri.js';
import type { Files } from './files.js';
import type { SettingsStore } from './settingsStore.js';

/** Which files are for Compose or Swarm, and which of them are one project. */
export class ProjectList {
  #projects: readonly ProjectFiles[] | undefined;
  #found: Found | undefined;
  /** What the files were grouped by. */
  readonly #targets = new Map<string, Target | undefined>();

  constructor(
    private readonly files: Files,
    private readonly settings: SettingsStore,
    private readonly workspace: Workspace,
  ) {}

  /** Every project of the workspace, with those of open documents outside it; the same list until one may be another. */
  all(): readonly ProjectFiles[] {
    if (this.#projects) return this.#projects;
    const found = this.found();
    const files = new Set(found.files);
    for (const { uri } of this.files.documents.values()) if (this.isCompose(uri)) files.add(uri);
    const targetOf = (uri: string): Target | undefined => {
      const target = this.target(uri)?.target;
      this.#targets.set(uri, target);
      return target;
    };
    const lists = this.settings.folders.flatMap((folder) => this.listed(folder));
    const sorted = { ...found, files: [...files].sort() };
    this.#projects = groupFiles(this.files.host, this.workspace, sorted, targetOf, lists).map((it) =>
      this.withEnvironmentFiles(it),
    );
    return this.#projects;
  }

  /** A file that no project has, as one of its own. */
  alone(uri: string): ProjectFiles {
    return this.withEnvironmentFiles({ target: this.target(uri)?.target ?? 'compose', files: [uri] });
  }

  /** Files came or went, or are in other folders. */
  searchAgain(): void {
    this.#found = undefined;
    this.groupAgain();
  }

  /** The same files may be other projects. */
  groupAgain(): void {
    this.#projects = undefined;
  }

  /** A comment or a key that decides the target puts the file into another project. */
  textChanged(uri: string): void {
    if (this.#projects && this.#targets.get(uri) !== this.target(uri)?.target) this.groupAgain();
  }

  target(uri: string): TargetDecision | undefined {
    const source = this.workspace.source(uri);
    return source && this.decide(source);
  }

  /** What a text would be for under the name of its file. */
  decide(source: Source): TargetDecision {
    const { uri } = source;
    return decideTarget(source, this.settings.of(uri).target(this.settings.pathOf(uri)));
  }

  isCompose(uri: string): boolean {
    if (this.files.documents.get(uri)?.languageId === 'dockercompose' || isComposeFile(fileName(uri))) return true;
    const folder = this.settings.folderOf(uri);
    if (folder === undefined) return false;
    const given = this.settings.of(uri).target(this.settings.pathOf(uri)) !== undefined;
    const lists = [...this.listed(folder), ...this.found().named.map(({ files }) => files)];
    return given || lists.some((files) => files.includes(uri));
  }

  /** What the folders hold, each file and project once. */
  private found(): Found {
    if (this.#found) return this.#found;
    const all = this.settings.folders.map((folder) => findFiles(this.files.host, folder));
    const named = new Map(
      all.flatMap((one) => one.named.map((project) => [project.files.join('\n'), project] as const)),
    );
    this.#found = { files: all.flatMap(({ files }) => files), named: [...named.values()] };
    return this.#found;
  }

  /** The projects that a setting names in a folder, as URIs. */
  private listed(folder: string): readonly (readonly string[])[] {
    return this.settings.of(folder).projects.map((files) => files.flatMap((path) => resolveUri(folder, path) ?? []));
  }

  private withEnvironmentFiles(project: ProjectFiles): ProjectFiles {
    const first = project.files[0] ?? '';
    const { environmentFiles } = this.settings.of(first);
    const envFiles = environmentFiles.flatMap((path) => resolveUri(folderOf(first), path) ?? []);
    return project.target === 'stack' || envFiles.length === 0 ? project : { ...project, envFiles };
  }
}
