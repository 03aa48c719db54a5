import { relativePath } from '../../text/uri.js';
import { readSettings, type Settings } from '../settings.js';

/** The settings of files and workspace folders, as far as the client has told them. */
export class SettingsStore {
  /** The workspace folders, without a slash at the end. */
  folders: readonly string[] = [];
  #known = new Map<string, Settings>();
  #default = readSettings(undefined);

  set(uri: string, value: unknown): void {
    this.#known.set(uri, readSettings(value));
  }

  /** For clients that hand their settings over instead of being asked for them. */
  setDefault(value: unknown): void {
    this.#default = readSettings(value);
  }

  forget(): void {
    this.#known = new Map();
  }

  isKnown(uri: string): boolean {
    return this.#known.has(uri);
  }

  /** Those of a file, where they are known; else those of its folder in the workspace. */
  of(uri: string): Settings {
    return this.#known.get(uri) ?? this.#known.get(this.folderOf(uri) ?? '') ?? this.#default;
  }

  /** The workspace folder that a file is in. */
  folderOf(uri: string): string | undefined {
    return this.folders.find((it) => uri === it || uri.startsWith(`${it}/`));
  }

  /** The path that the globs of settings are about: from the workspace folder on. */
  pathOf(uri: string): string {
    return relativePath(this.folderOf(uri) ?? '', uri);
  }
}
