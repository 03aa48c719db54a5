import type { Connection, ServerCapabilities } from 'vscode-languageserver';
import { DidChangeWatchedFilesNotification, FileChangeType, TextDocumentSyncKind } from 'vscode-languageserver';
import type { Host } from '../project/host.js';
import { canonicalUri, fileName } from '../text/uri.js';
import { rules } from '../compose/rules/index.js';
import type { Rule } from '../compose/rules/rule.js';
import { failed } from './failed.js';
import type { ClientAbilities, Feature, FeatureHost } from './feature.js';
import { features } from './index.js';
import { Publisher } from './publishDiagnostics.js';
import { rulePage } from './rulePage.js';
import { Session } from './session.js';

/** What a server is made of. */
export interface Parts {
  readonly rules: readonly Rule[];
  readonly features: readonly Feature[];
}

/** Serves one client until it hangs up. `rulesPage` is the URI of RULES.md, for clients that show no page of their own. */
export function startServer(
  connection: Connection,
  host: Host,
  rulesPage?: string,
  { rules, features }: Parts = everything,
): void {
  const session = new Session(host, (message) => connection.console.error(message), rules);
  const publisher = new Publisher(connection, session);
  const listeners: (() => void)[] = [];
  const attempt = (what: string, run: () => void): void => {
    try {
      run();
    } catch (error) {
      session.log(failed(what, error));
    }
  };
  const changed = (): void => listeners.forEach((listener) => attempt('What follows a change', listener));
  const client: ClientAbilities = {
    confirmsEdits: false,
    refreshesHints: false,
    resolvesDocumentation: false,
    besideOthers: false,
    registersFormatting: false,
    knowsImages: false,
  };
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let canConfigure = false;
  let canWatch = false;
  let hasFolders = false;

  const server: FeatureHost = {
    connection,
    session,
    client,
    onChange: (listener) => void listeners.push(listener),
    later: (milliseconds, run) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        attempt('What was to be done later', run);
      }, milliseconds);
      timers.add(timer);
      return () => {
        timers.delete(timer);
        clearTimeout(timer);
      };
    },
    handle: (name, run) => async (params, token) => {
      try {
        await publisher.settled();
        if (token.isCancellationRequested) return null;
        return (await run(params)) ?? null;
      } catch (error) {
        session.log(failed(name, error));
        return null;
      }
    },
  };

  connection.onInitialize(({ capabilities, workspaceFolders, rootUri, initializationOptions }) => {
    canConfigure = capabilities.workspace?.configuration === true;
    client.confirmsEdits = capabilities.workspace?.workspaceEdit?.changeAnnotationSupport !== undefined;
    client.refreshesHints = capabilities.workspace?.inlayHint?.refreshSupport === true;
    const resolved = capabilities.textDocument?.completion?.completionItem?.resolveSupport?.properties;
    client.resolvesDocumentation = resolved?.includes('documentation') === true;
    client.registersFormatting = capabilities.textDocument?.formatting?.dynamicRegistration === true;
    const options = initializationOptions as Readonly<Record<string, unknown>> | null | undefined;
    client.knowsImages = options?.['images'] === true;
    client.besideOthers = options?.['besideOthers'] === true;
    publisher.pageOf = rulePage(initializationOptions, rulesPage);
    canWatch = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    hasFolders = capabilities.workspace?.workspaceFolders === true;
    session.folders = (workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : [])).map(folderUri);
    // Clients without `workspace/configuration` hand their settings in here.
    if (!canConfigure) session.setDefaultSettings(initializationOptions);
    return {
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        ...features.reduce<ServerCapabilities>(
          (all, { capabilities: own }) => ({ ...all, ...(typeof own === 'function' ? own(server) : own) }),
          {},
        ),
      },
      serverInfo: { name: 'longshore', version: __VERSION__ },
    };
  });

  connection.onInitialized(async () => {
    publisher.configure(canConfigure);
    // Any file may be mounted, whatever its name: which ones count is known here.
    const watchers = [{ globPattern: '**/*' }];
    if (canWatch) {
      connection.client
        .register(DidChangeWatchedFilesNotification.type, { watchers })
        .catch((error: unknown) => session.log(failed('Watching files', error)));
    }
    if (hasFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => folderUri(uri)));
        session.folders = [...session.folders.filter((it) => !gone.has(it)), ...added.map(({ uri }) => folderUri(uri))];
        session.filesChanged([]);
        publisher.everything();
        changed();
      });
    }
  });

  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    publisher.opened(session.open(uri, languageId, version, text));
    changed();
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    const document = session.change(uri, version, contentChanges);
    if (document) publisher.changed(document);
    changed();
  });
  connection.onDidSaveTextDocument(() => {
    if (canWatch) session.textsChanged([]);
    else session.filesChanged([]);
    publisher.everything();
    changed();
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    session.close(uri);
    publisher.closed(uri);
    changed();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const seen = changes.map(({ uri, type }) => ({ uri: canonicalUri(uri), type }));
    const counting = seen.filter(({ uri }) => session.dependsOn(uri));
    if (counting.length === 0) return;
    const files = counting.map(({ uri }) => uri);
    // What `.env` says may name a project.
    const stayed = counting.every(({ uri, type }) => type === FileChangeType.Changed && fileName(uri) !== '.env');
    if (stayed) session.textsChanged(files);
    else session.filesChanged(files);
    publisher.everything();
    changed();
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    session.forgetSettings();
    if (!canConfigure) session.setDefaultSettings(settings?.longshore ?? settings);
    publisher.everything();
    changed();
  });

  connection.onShutdown(() => timers.forEach((timer) => clearTimeout(timer)));

  for (const feature of features) attempt('A feature that begins', () => feature.register(server));
  connection.listen();
}

const everything: Parts = { rules, features };

/** As the session knows a workspace folder: without a slash at the end. */
function folderUri(uri: string): string {
  return canonicalUri(uri).replace(/\/$/, '');
}
