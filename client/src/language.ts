import { join } from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type {
  FileEdit,
  FileTarget,
  Notifications,
  ProxyLink,
  ReplicasParams,
  Requests,
  ServiceParams,
  StackFile,
  WorkspaceProject,
} from '../../server/src/protocol.js';
import { ruleUri } from './rulePages.js';

/** What the language server knows and no file of ours could tell without it. */
export interface Language {
  /** Empty while the server is not there; an answer costs nothing until something changed. */
  projects(): Promise<readonly WorkspaceProject[]>;
  target(uri: string): Promise<FileTarget | undefined>;
  proxiesOf(service: ServiceParams): Promise<readonly ProxyLink[]>;
  replicasEdit(wanted: ReplicasParams): Promise<FileEdit | undefined>;
  /** Undefined where there is no such file, or no answer. */
  stackFile(uri: string): Promise<StackFile | undefined>;
  onProjectsChanged(listener: () => void): vscode.Disposable;
}

/** The files that are ours, as language ids; a YAML file under another id is ours when its name or a setting says so. */
export const languages: readonly string[] = ['dockercompose', 'nginx', 'haproxy'];
const yamlPatterns = ['compose', 'stack', 'swarm'].map((word) => `**/*${word}*.{yml,yaml}`);

export function startLanguage(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  alsoYaml: readonly string[],
): Language {
  const module = context.asAbsolutePath(join('dist', 'server.js'));
  const run = { module, transport: TransportKind.ipc };
  const output = vscode.window.createOutputChannel('Longshore Language Server', { log: true });
  const client = new LanguageClient(
    'longshore',
    'Longshore Language Server',
    { run, debug: { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } } },
    {
      documentSelector: [
        ...languages.map((language) => ({ language })),
        ...[...yamlPatterns, ...alsoYaml].map((pattern) => ({ language: 'yaml', pattern })),
      ],
      outputChannel: output,
      initializationOptions: { ruleUri },
      synchronize: { configurationSection: 'longshore' },
    },
  );
  const changed = new vscode.EventEmitter<void>();
  const notification: keyof Notifications = 'longshore/projectsChanged';
  client.onNotification(notification, () => {
    known = undefined;
    changed.fire();
  });
  const started = client.start();
  started.catch((error: unknown) => log.error(`The language server did not start: ${String(error)}`));
  context.subscriptions.push(client, output, changed);

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
    onProjectsChanged: (listener) => changed.event(listener),
  };
}
