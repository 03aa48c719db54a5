import type { Language } from '../language/language.js';
import type { EngineWatch } from '../engine/watch.js';
import type { Snapshot } from '../engine/snapshot.js';
import type { WorkspaceProject } from '../../../server/src/protocol.js';
import { joinProjects } from './projects.js';
import type { Project } from './projects.js';

export interface LiveOptions {
  readonly language: Pick<Language, 'projects'>;
  readonly watch: EngineWatch;
  scaled(): ReadonlyMap<string, number>;
  /** Whether to list projects whose files are not in the workspace. */
  others(): boolean;
  changed(projects: readonly Project[], snapshot: Snapshot): void;
}

/** The projects as files and Engine say now; tells of each change once the first reading of the files is there. */
export class LiveProjects {
  readonly #options: LiveOptions;
  #workspace: readonly WorkspaceProject[] | undefined;
  #hashes: ReadonlyMap<string, string> = new Map();
  #projects: readonly Project[] = [];
  #reading = 0;

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  get now(): readonly Project[] {
    return this.#projects;
  }

  /** After the first answer of both; an Engine that is not there counts as an answer. */
  async all(): Promise<readonly Project[]> {
    await Promise.all([this.#workspace ? undefined : this.readFiles(), this.#options.watch.seen()]);
    this.join();
    return this.#projects;
  }

  async readFiles(): Promise<void> {
    const mine = ++this.#reading;
    const workspace = await this.#options.language.projects();
    if (mine !== this.#reading) return;
    this.#workspace = workspace;
    this.join();
  }

  /** Hashes of service definitions as the files hold them, by service key. */
  set hashes(hashes: ReadonlyMap<string, string>) {
    this.#hashes = hashes;
    this.join();
  }

  join(): void {
    if (!this.#workspace) return;
    const { watch, scaled, others, changed } = this.#options;
    this.#projects = joinProjects({
      workspace: this.#workspace,
      snapshot: watch.snapshot,
      scaled: scaled(),
      hashes: this.#hashes,
      others: others(),
    });
    changed(this.#projects, watch.snapshot);
  }
}
