import type { CancellationToken, Connection, ServerCapabilities } from 'vscode-languageserver';
import type { Session } from './session.js';

/** One LSP method: what is announced for it and how it is answered. */
export interface Feature {
  readonly capabilities?: ServerCapabilities | ((server: FeatureHost) => ServerCapabilities);
  register(server: FeatureHost): void;
}

export interface ClientAbilities {
  /** Whether it shows an edit that wants it before it applies it. */
  confirmsEdits: boolean;
  /** Whether it can be told that its inlay hints are old. */
  refreshesHints: boolean;
  /** Whether it asks for the documentation of a completion when a person looks at it. */
  resolvesDocumentation: boolean;
  /** Whether other extensions in it may explain the words of their own languages. */
  besideOthers: boolean;
  /** Whether formatting can be announced to it later on. */
  registersFormatting: boolean;
  /** Whether it can say which images its Engine has. */
  knowsImages: boolean;
}

export interface FeatureHost {
  readonly connection: Connection;
  readonly session: Session;
  /** What the client said of itself. */
  readonly client: ClientAbilities;
  /** Is told after every change of documents, files, folders or settings; must be done at once. */
  onChange(listener: () => void): void;
  /** Runs something after so many milliseconds, unless the client leaves before; answers what gives it up. */
  later(milliseconds: number, run: () => void): () => void;
  /**
   * Wraps a handler: waits for the settings of its document, honours cancellation, and answers null for nothing and for a bug,
   * which is logged.
   */
  handle<P, R>(
    name: string,
    run: (params: P) => R | undefined | Promise<R | undefined>,
  ): (params: P, token: CancellationToken) => Promise<R | null>;
}
