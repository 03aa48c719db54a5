import type { LineIndex } from '../text/lineIndex.js';

/**
 * The whole outside world as the language sees it. Files are named by canonical URIs (see text/uri.ts). Nothing here throws:
 * what cannot be read is not there.
 */
export interface Host {
  /** The newest text of a file: the open document before the disk. */
  readText(uri: string): string | undefined;
  /** The text of an open document in the lines it is edited in: the same as `readText` gives, without a copy of it all. */
  edited?(uri: string): LineIndex | undefined;
  stat(uri: string): 'file' | 'folder' | undefined;
  /** Names in a folder; empty where it cannot be listed. */
  list(folder: string): readonly { readonly name: string; readonly kind: 'file' | 'folder' }[];
  /** A variable of the environment that the tools would be started in. */
  variable(name: string): string | undefined;
  /** Whether the tools would be started with the very same environment, as from a shell, and not perhaps from another one. */
  readonly isToolsEnvironment: boolean;
  /** Another number whenever a file that is no Compose file may be another one than before. */
  revision(): number;
}
