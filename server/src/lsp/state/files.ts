import type { Host } from '../../project/host.js';
import { LineIndex } from '../../text/lineIndex.js';
import type { Range } from '../../text/span.js';
import { canonicalUri, encodedUri } from '../../text/uri.js';

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

/** The newest text of every file: the open documents, and what was read from the disk until it changes there. */
export class Files {
  readonly documents = new Map<string, OpenDocument>();
  /** The outside world, open documents before the disk, each file asked for once. */
  readonly host: Host;
  readonly #texts = new Map<string, string | undefined>();
  readonly #stats = new Map<string, ReturnType<Host['stat']>>();
  #revision = 0;

  constructor(disk: Host) {
    this.host = {
      ...disk,
      stat: (uri) => remembered(this.#stats, uri, disk.stat),
      readText: (uri) => this.documents.get(uri)?.content.text ?? remembered(this.#texts, uri, disk.readText),
      edited: (uri) => this.documents.get(uri)?.content,
      revision: () => this.#revision,
    };
  }

  open(clientUri: string, languageId: string, version: number, text: string): OpenDocument {
    const uri = canonicalUri(clientUri);
    const document = { clientUri, uri, languageId, version, content: new LineIndex(text) };
    this.documents.set(uri, document);
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
    return document;
  }

  /** Whether a file on disk, or one in a folder, was read or looked for. */
  wasAskedFor(uri: string): boolean {
    const isIt = isAtOrBelow(uri);
    return [this.#texts, this.#stats].some((known) => known.has(uri) || [...known.keys()].some(isIt));
  }

  /** Files and folders changed on disk, or all that was read from it may be old. */
  forget(uris?: readonly string[]): void {
    const changed = uris?.map(isAtOrBelow);
    for (const uri of this.#texts.keys()) if (changed?.some((isIt) => isIt(uri)) ?? true) this.#texts.delete(uri);
    this.#stats.clear();
    this.countChange();
  }

  /** Something that lies beside the Compose files may be another one than before. */
  countChange(): void {
    this.#revision++;
  }

  /** The spelling of a file for the client: its own, where it is open. */
  clientUri(uri: string): string {
    return this.documents.get(uri)?.clientUri ?? encodedUri(uri);
  }
}

function isAtOrBelow(place: string): (uri: string) => boolean {
  const folder = `${place}/`;
  return (uri) => uri === place || uri.startsWith(folder);
}

function remembered<T>(known: Map<string, T>, uri: string, ask: (uri: string) => T): T {
  if (!known.has(uri)) known.set(uri, ask(uri));
  return known.get(uri) as T;
}
