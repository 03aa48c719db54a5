import { PassThrough } from 'node:stream';
import {
  createConnection,
  createMessageConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type {
  CancellationToken,
  Diagnostic,
  InitializeResult,
  Range,
  TextDocumentContentChangeEvent,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { startServer, type Parts } from '../../server/src/lsp/server.js';
import { LineIndex } from '../../server/src/text/lineIndex.js';
import { memoryHost, type MemoryHost } from './memoryHost.js';

// The build puts the version in here.
Object.assign(globalThis, { __VERSION__: '0.0.0' });

export interface Published {
  readonly uri: string;
  readonly version: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** A language server and its client in this process, over two real streams. */
export interface LanguageClient {
  readonly host: MemoryHost;
  readonly initialized: InitializeResult;
  /** Every message of the server's log. */
  readonly logged: readonly string[];
  /** Settings under `longshore`, by the URI they are asked for. */
  readonly settings: (uri: string | undefined) => unknown;
  request<R = unknown>(method: string, params: unknown, ...token: readonly CancellationToken[]): Promise<R>;
  notify(method: string, params: unknown): void;
  open(uri: string, text: string, languageId?: string): void;
  /** Replaces a range, or the whole text, as the next version. */
  change(uri: string, ...changes: readonly TextDocumentContentChangeEvent[]): number;
  close(uri: string): void;
  text(uri: string): string;
  /** The next notification of that name that fits; also what is registered, unregistered and refreshed. */
  next<P>(method: string, fits?: (params: P) => boolean): Promise<P>;
  /** What is said of a file in its newest version; waits for it. */
  diagnostics(uri: string): Promise<readonly Diagnostic[]>;
  /** Applies an edit to the open documents as an editor does. */
  apply(edit: WorkspaceEdit): void;
  stop(): Promise<void>;
}

export interface ClientOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly folders?: readonly string[];
  readonly settings?: (uri: string | undefined) => unknown;
  /** Whether the client shows edits that want to be confirmed. */
  readonly confirms?: boolean;
  readonly initializationOptions?: Readonly<Record<string, unknown>>;
  /** The URI of RULES.md. */
  readonly rules?: string;
  /** False for a client that cannot be asked for settings and hands them over at once. */
  readonly configuration?: boolean;
  /** Whether formatting can be announced to it later on. */
  readonly registersFormatting?: boolean;
  /** Whether it asks for the documentation of a completion by itself. */
  readonly resolvesDocumentation?: boolean;
  /** The images of its Engine; without that it has none and says so. */
  readonly images?: () => Promise<readonly string[]>;
  /** Whether it watches files for the server. */
  readonly watches?: boolean;
  /** Whether it refuses what the server wants to register or have refreshed. */
  readonly refuses?: boolean;
  /** Other rules and features than all of them. */
  readonly parts?: Parts;
  readonly host?: (host: MemoryHost) => MemoryHost;
}

export async function startInProcess(options: ClientOptions = {}): Promise<LanguageClient> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const plain = memoryHost(options.files ?? {}, options.variables);
  const host = options.host?.(plain) ?? plain;
  // Given the streams themselves it would end the process with them.
  const server = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(toServer),
    new StreamMessageWriter(toClient),
  );
  startServer(server, host, options.rules, options.parts);
  const connection = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));

  const documents = new Map<string, { version: number; text: string }>();
  const said = new Map<string, Published>();
  const logged: string[] = [];
  const waiting = new Set<(method: string, params: unknown) => void>();
  const settings = options.settings ?? (() => ({}));
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => void logged.push(message));
  connection.onNotification((method, params) => {
    if (method === 'textDocument/publishDiagnostics') {
      const published = params as unknown as Published;
      said.set(published.uri, published);
    }
    for (const hear of [...waiting]) hear(method, params);
  });
  connection.onRequest('workspace/configuration', ({ items }: { items: { scopeUri?: string }[] }) =>
    items.map(({ scopeUri }) => settings(scopeUri)),
  );
  for (const method of ['client/registerCapability', 'client/unregisterCapability', 'workspace/inlayHint/refresh']) {
    connection.onRequest(method, (params: unknown) => {
      for (const hear of [...waiting]) hear(method, params);
      if (options.refuses) throw new Error('Not with me.');
      return null;
    });
  }
  connection.onRequest('longshore/images', () => options.images?.() ?? Promise.reject(new Error('Nobody asked me.')));
  connection.listen();

  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: null,
    workspaceFolders: (options.folders ?? []).map((uri) => ({ uri, name: uri })),
    capabilities: {
      workspace: {
        configuration: options.configuration ?? true,
        workspaceFolders: true,
        inlayHint: { refreshSupport: true },
        didChangeWatchedFiles: { dynamicRegistration: options.watches === true },
        ...(options.confirms ? { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } } : {}),
      },
      textDocument: {
        formatting: { dynamicRegistration: options.registersFormatting ?? true },
        ...(options.resolvesDocumentation
          ? { completion: { completionItem: { resolveSupport: { properties: ['documentation'] } } } }
          : {}),
      },
    },
    initializationOptions:
      options.configuration === false
        ? settings(undefined)
        : (options.initializationOptions ?? { images: options.images !== undefined }),
  });
  await connection.sendNotification('initialized', {});

  const next = <P>(method: string, fits: (params: P) => boolean = () => true): Promise<P> =>
    new Promise((resolve) => {
      const hear = (heard: string, params: unknown): void => {
        if (heard !== method || !fits(params as P)) return;
        waiting.delete(hear);
        resolve(params as P);
      };
      waiting.add(hear);
    });

  const documentOf = (uri: string): { version: number; text: string } => {
    const document = documents.get(uri);
    if (!document) throw new Error(`${uri} is not open.`);
    return document;
  };

  const client: LanguageClient = {
    host,
    initialized,
    logged,
    settings,
    // An undefined token would be sent as a second parameter.
    request: (method, params, ...token) => connection.sendRequest(method, params, ...token),
    notify: (method, params) => void connection.sendNotification(method, params),
    open(uri, text, languageId = 'dockercompose') {
      documents.set(uri, { version: 1, text });
      client.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
    },
    change(uri, ...changes) {
      const document = documentOf(uri);
      document.version++;
      for (const change of changes) {
        document.text = 'range' in change ? replaced(document.text, change.range, change.text) : change.text;
      }
      client.notify('textDocument/didChange', {
        textDocument: { uri, version: document.version },
        contentChanges: changes,
      });
      return document.version;
    },
    close(uri) {
      documents.delete(uri);
      client.notify('textDocument/didClose', { textDocument: { uri } });
    },
    text: (uri) => documentOf(uri).text,
    next,
    async diagnostics(uri) {
      const { version } = documentOf(uri);
      const known = said.get(uri);
      if (known?.version === version) return known.diagnostics;
      return (
        await next<Published>(
          'textDocument/publishDiagnostics',
          (it) => it.uri === uri && (it.version === version || documents.get(uri)?.version === it.version),
        )
      ).diagnostics;
    },
    apply({ changes = {}, documentChanges = [] }) {
      const annotated = documentChanges.flatMap((it) =>
        'edits' in it ? [[it.textDocument.uri, it.edits.filter((edit) => 'newText' in edit)] as const] : [],
      );
      for (const [uri, edits] of [...Object.entries(changes), ...annotated]) {
        // Later ones first, so that the places of the others stay as they are.
        const sorted = [...edits].sort(
          (a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character,
        );
        client.change(uri, ...sorted.map(({ range, newText }) => ({ range, text: newText })));
      }
    },
    async stop() {
      await connection.sendRequest('shutdown');
      connection.dispose();
      server.dispose();
    },
  };
  return client;
}

function replaced(text: string, range: Range, newText: string): string {
  const lines = new LineIndex(text);
  return text.slice(0, lines.offset(range.start)) + newText + text.slice(lines.offset(range.end));
}
