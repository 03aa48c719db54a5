import * as vscode from 'vscode';
import { commands } from './commands/index.js';
import { runCommand } from './commands/register.js';
import { swarmCommands } from './commands/swarm/index.js';
import { switchTarget } from './commands/switchTarget.js';
import type { Ctx } from './context.js';
import { contextStatus } from './contextStatus.js';
import { watchDrift } from './drift.js';
import { effectiveConfigs } from './effective/commands.js';
import { dockerCli } from './engine/cli.js';
import { dockerFolder } from './engine/endpoint.js';
import { EngineWatch } from './engine/watch.js';
import { engineAccess } from './engine/engineAccess.js';
import { giveBackForeignYaml } from './language/giveBackForeignYaml.js';
import { imageNames } from './engine/imageNames.js';
import { startLanguage } from './language/language.js';
import { serviceLenses } from './lens/serviceLenses.js';
import { upstreamLenses } from './lens/upstreamLenses.js';
import { logPanels } from './logs/logPanels.js';
import { showLanguageStatus } from './language/languageStatus.js';
import { LiveProjects } from './model/liveProjects.js';
import { rulePages } from './language/rulePages.js';
import { scaledCounts } from './scale/scaledCounts.js';
import { servicesView } from './tree/servicesView.js';
import { standBack } from './language/standBack.js';
import { balancePanels } from './swarm/balancePanels.js';
import { swarmProblems } from './swarm/swarmProblems.js';
import { sideBySide } from './sideBySide/sideBySide.js';
import { swarmTargetOf } from './swarm/swarmTargetOf.js';
import { swarmView } from './swarm/swarmView.js';
import { targetOf } from './tree/targetOf.js';
import { vscodeConfig } from './vscodeConfig.js';
import { TextDocuments, vscodeUi } from './vscodeUi.js';

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Longshore', { log: true });
  const texts = new TextDocuments();
  const config = vscodeConfig();
  const access = engineAccess(config);
  const watch = new EngineWatch({
    connect: access.engine,
    changed: () => live.join(),
    log: (message) => log.info(message),
  });
  const ui = vscodeUi(log, texts);
  const beside = sideBySide({ config, ui }, context.globalState);
  const alsoYaml = [
    ...Object.keys(config.get('targets')),
    ...config.get('projects').flatMap((files) => files.map((file) => `**/${file}`)),
  ];
  const language = startLanguage(context, log, {
    alsoYaml,
    images: imageNames(access.engine),
    middleware: {
      ...beside.middleware,
      provideCodeLenses: upstreamLenses(() => live.now),
      // What the server watches is what projects are made of: Git and other editors change it too.
      workspace: {
        didChangeWatchedFile: async (event, next) => {
          driftAgain();
          return next(event);
        },
      },
    },
  });
  const scaled = scaledCounts(context.workspaceState, () => live.join());
  const ctx: Ctx = {
    ui,
    log,
    config,
    language,
    cli: dockerCli({ prepare: access.program, log: (line) => log.info(line) }),
    engine: access.engine,
    endpoint: access.endpoint,
    snapshot: () => watch.seen(),
    projects: () => live.all(),
    scaled,
    showLogs: async (scope) => logs.open(scope, await live.all(), watch.snapshot),
    showBalance: async (service, spread) => balances.open(service, await watch.seen(), spread),
    refresh: () => watch.refresh(),
  };
  const services = servicesView(ctx);
  const swarm = swarmView();
  const problems = swarmProblems();
  const balances = balancePanels(context.extensionUri);
  const logs = logPanels({
    ctx,
    extension: context.extensionUri,
    reveal: (id) => void (services.reveal(id) || swarm.reveal(id)),
  });
  const status = contextStatus(ctx);
  const drift = watchDrift(ctx, (hashes) => (live.hashes = hashes));
  const lenses = serviceLenses(ctx, () => void lookAtLocal());
  const live: LiveProjects = new LiveProjects({
    language,
    watch,
    scaled: () => scaled.counts,
    others: () => config.get('tree.otherProjects'),
    changed(projects, snapshot) {
      services.show(projects, snapshot);
      swarm.show(snapshot);
      problems.show(projects, snapshot.swarm);
      balances.update(snapshot);
      logs.update(projects, snapshot);
      drift.look(projects);
      lenses.update(projects);
    },
  });

  let driftTimer: NodeJS.Timeout | undefined;
  const reconnect = (): void => {
    access.forget();
    watch.reconnect();
    void status.show();
  };
  const dockerConfig = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.file(dockerFolder(access.env())), 'config.json'),
  );
  const look = (): void => {
    watch.start();
    void live.readFiles();
  };
  const begin = ({ visible }: { readonly visible: boolean }): void => {
    if (visible) look();
  };
  begin(services.tree.view);
  void status.show();

  context.subscriptions.push(
    log,
    services,
    swarm,
    problems,
    balances,
    logs,
    lenses,
    beside,
    status,
    dockerConfig,
    dockerConfig.onDidChange(reconnect),
    dockerConfig.onDidCreate(reconnect),
    dockerConfig.onDidDelete(reconnect),
    { dispose: () => watch.stop() },
    { dispose: () => clearTimeout(driftTimer) },
    vscode.workspace.onDidSaveTextDocument(driftAgain),
    showLanguageStatus(ctx),
    giveBackForeignYaml(),
    rulePages(context),
    effectiveConfigs(ctx),
    standBack(),
    vscode.workspace.registerTextDocumentContentProvider(TextDocuments.scheme, texts),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => texts.forget(uri)),
    services.tree.view.onDidChangeVisibility(begin),
    swarm.tree.view.onDidChangeVisibility(begin),
    language.onProjectsChanged(() => void live.readFiles()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('longshore.docker')) reconnect();
      if (change.affectsConfiguration('longshore.tree')) live.join();
      if (change.affectsConfiguration('longshore.statusBar')) void status.show();
    }),
    ...commands.map((command) =>
      vscode.commands.registerCommand(command.id, async (first: unknown, all: unknown) => {
        const { target, targets } = await targetOf(ctx, services.tree, first, all);
        await runCommand(ctx, command, target, targets);
      }),
    ),
    ...swarmCommands.map((command) =>
      vscode.commands.registerCommand(command.id, async (first: unknown, all: unknown) => {
        const { target, targets } = await swarmTargetOf(ctx, swarm.tree, services.tree, first, all);
        await runCommand(ctx, command, target, targets);
      }),
    ),
    vscode.commands.registerCommand('longshore.revealService', async (first: unknown) => {
      const { target } = await targetOf(ctx, services.tree, first, undefined);
      if (target?.kind !== 'service') return;
      await vscode.commands.executeCommand('longshore.services.focus');
      services.tree.reveal((it) => it.kind === 'service' && it.service.key === target.service.key);
    }),
    vscode.commands.registerCommand('longshore.refresh', () => {
      watch.start();
      reconnect();
      drift.forget();
      void live.readFiles();
    }),
    vscode.commands.registerCommand('longshore.filter', async () => {
      const text = await ctx.ui.input({
        title: 'Filter Services',
        prompt: 'Name, image or state',
        value: services.tree.filter,
      });
      if (text !== undefined) filter(text);
    }),
    vscode.commands.registerCommand('longshore.clearFilter', () => filter('')),
    vscode.commands.registerCommand('longshore.showLog', () => log.show()),
    vscode.commands.registerCommand('longshore.switchTarget', async () => {
      const uri = vscode.window.activeTextEditor?.document.uri;
      if (uri) await switchTarget(ctx, { uri: uri.toString(), path: vscode.workspace.asRelativePath(uri, false) });
    }),
  );

  /** Files that change together are one change. */
  function driftAgain(): void {
    clearTimeout(driftTimer);
    driftTimer = setTimeout(() => {
      drift.forget();
      live.join();
    }, 300);
  }

  /** A remote Engine is asked once somebody wants to see it, and not because a file was opened. */
  async function lookAtLocal(): Promise<void> {
    const endpoint = await access.endpoint().catch(() => undefined);
    if (/^(unix|npipe):/.test(endpoint?.host ?? '')) look();
  }

  function filter(text: string): void {
    services.tree.filter = text;
    void vscode.commands.executeCommand('setContext', 'longshore.filtered', text !== '');
  }
}
