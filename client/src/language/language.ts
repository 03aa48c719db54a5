import { join } from 'node:path';
import * as vscode from 'vscode';
import { CodeLensRequest, LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type { Middleware } from 'vscode-languageclient/node';
import type {
  ClientRequests,
  DocumentService,
  EffectiveConfig,
  EffectiveConfigParams,
  FileEdit,
  FileTarget,
  Notifications,
  ProxyLink,
  ReplicasParams,
  Requests,
  ServiceParams,
  StackFile,
  WorkspaceProject,
} from '../../../server/src/protocol.js';
import { ruleUri } from './rulePages.js';
import { proxyLanguages } from './proxyLanguages.js';

/** What the language server knows and no file of ours could tell without it. */
export interface Language {
  /** Empty while the server is not there; an answer costs nothing until something changed. */
  projects(): Promise<readonly WorkspaceProject[]>;
  target(uri: string): Promise<FileTarget | undefined>;
  proxiesOf(service: ServiceParams): Promise<readonly ProxyLink[]>;
  replicasEdit(wanted: ReplicasParams): Promise<FileEdit | undefined>;
  /** Undefined where there is no such file, or no answer. */
  stackFile(uri: string): Promise<StackFile | undefined>;
  /** The services that stand in a document; none where it is no Compose or stack file. */
  services(uri: string): Promise<readonly DocumentService[]>;
  /** Undefined where the file is in no project, or no answer. */
  effectiveConfig(wanted: EffectiveConfigParams): Promise<EffectiveConfig | undefined>;
  /** Has the lenses that the server gives asked for again. */
  refreshLenses(): void;
  onProjectsChanged(listener: () => void): vscode.Disposable;
  /** Once after each answer of `effectiveConfig`, when another one may be due. */
  onEffectiveConfigChanged(listener: () => void): vscode.Disposable;
}

/** The files that are ours, as language ids; a YAML file under another id is ours when its name or a setting says so. */
export const languages: readonly string[] = ['dockercompose', ...proxyLanguages];
/** Files that a proxy may read, whatever their language: the server knows which of them one does. */
const proxyPatterns = [
  '**/*.{conf,cfg,template,tmpl,nginx,nginxconf,haproxy}',
  '**/{conf.d,sites-available,sites-enabled}/*',
];
/** Where variables come from: what is typed there counts in the files that use them. */
const envPattern = '**/{.env,.env.*,*.env}';
const yamlPatterns = ['compose', 'stack', 'swarm'].map((word) => `**/*${word}*.{yml,yaml}`);

/**
 * The documents that are ours; `alsoYaml` are patterns from settings. Files and what may become one: an older version in a
 * comparison, or a text that was made here, is no part of a project.
 */
export function documentSelector(alsoYaml: readonly string[] = []): readonly DocumentFilter[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const schemes = [...new Set(['file', 'untitled', ...folders.map(({ uri }) => uri.scheme)])];
  return schemes.flatMap((scheme) => [
    ...languages.map((language) => ({ scheme, language })),
    ...[...proxyPatterns, envPattern].map((pattern) => ({ scheme, pattern })),
    ...[...yamlPatterns, ...alsoYaml].map((pattern) => ({ scheme, language: 'yaml', pattern })),
  ]);
}

export interface DocumentFilter {
  readonly scheme: string;
  readonly language?: string;
  readonly pattern?: string;
}

export interface LanguageParts {
  /** Patterns of YAML files that settings make ours. */
  readonly alsoYaml: readonly string[];
  /** What the Engine has, by name. */
  readonly images: () => Promise<readonly string[]>;
  readonly middleware: Middleware;
}

export function startLanguage(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  { alsoYaml, images, middleware }: LanguageParts,
): Language {
  const module = context.asAbsolutePath(join('dist', 'server.js'));
  // In MB. What is new is mostly garbage of answers that were given: no need to let much of it lie.
  const execArgv = ['--max-semi-space-size=8'];
  const run = { module, transport: TransportKind.ipc, options: { execArgv } };
  const output = vscode.window.createOutputChannel('Longshore Language Server', { log: true });
  const client = new LanguageClient(
    'longshore',
    'Longshore Language Server',
    { run, debug: { ...run, options: { execArgv: [...execArgv, '--nolazy', '--inspect=6009'] } } },
    {
      documentSelector: [...documentSelector(alsoYaml)],
      middleware,
      outputChannel: output,
      initializationOptions: { ruleUri, images: true, besideOthers: true },
      synchronize: { configurationSection: 'longshore' },
    },
  );
  const changed = new vscode.EventEmitter<void>();
  const configChanged = new vscode.EventEmitter<void>();
  const listen = (notification: keyof Notifications, listener: () => void): void => {
    client.onNotification(notification, listener);
  };
  listen('longshore/projectsChanged', () => {
    known = undefined;
    changed.fire();
  });
  listen('longshore/effectiveConfigChanged', () => configChanged.fire());
  const imagesRequest: keyof ClientRequests = 'longshore/images';
  client.onRequest(imagesRequest, images);
  const started = client.start();
  started.catch((error: unknown) => log.error(`The language server did not start: ${String(error)}`));
  context.subscriptions.push(client, output, changed, configChanged);

  async function ask<M extends keyof Requests>(
    method: M,
    params: Requests[M]['params'],
  ): Promise<Requests[M]['result'] | undefined> {
    try {
      await started;
      return await client.sendRequest<Requests[M]['result']>(method, params);
    } catch (error) {
      log.warn(`The language server gave no answer to ${method}: ${String(error)}`);
      return undefined;
    }
  }

  let known: Promise<readonly WorkspaceProject[] | undefined> | undefined;
  return {
    async projects() {
      known ??= ask('longshore/projects', null);
      const projects = await known;
      // No answer is nothing to remember.
      if (!projects) known = undefined;
      return projects ?? [];
    },
    target: async (uri) => (await ask('longshore/target', { uri })) ?? undefined,
    proxiesOf: async (service) => (await ask('longshore/proxiesOf', service)) ?? [],
    replicasEdit: async (wanted) => (await ask('longshore/replicasEdit', wanted)) ?? undefined,
    stackFile: async (uri) => (await ask('longshore/stackFile', { uri })) ?? undefined,
    services: async (uri) => (await ask('longshore/services', { uri })) ?? [],
    effectiveConfig: async (wanted) => (await ask('longshore/effectiveConfig', wanted)) ?? undefined,
    refreshLenses() {
      const feature = client.getFeature(CodeLensRequest.method);
      for (const document of vscode.workspace.textDocuments) {
        feature.getProvider(document)?.onDidChangeCodeLensEmitter.fire();
      }
    },
    onProjectsChanged: (listener) => changed.event(listener),
    onEffectiveConfigChanged: (listener) => configChanged.event(listener),
  };
}
