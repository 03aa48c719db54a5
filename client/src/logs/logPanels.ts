import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Ctx } from '../context.js';
import type { Snapshot } from '../engine/snapshot.js';
import type { Project } from '../model/projects.js';
import { LogFeed } from './feed.js';
import { linesMessage } from './messages.js';
import { openLogged } from './openLogged.js';
import { logPage } from './page.js';
import { isFromView } from './protocol.js';
import type { FromView, ToView } from './protocol.js';
import { sourcesOf } from './scope.js';
import type { LogScope } from './scope.js';
import { swarmLogged } from './swarmLogged.js';
import { realTimers } from './timers.js';

export interface LogPanels extends vscode.Disposable {
  /** Shows the logs of a scope: the panel that follows it already, or a new one. */
  open(scope: LogScope, projects: readonly Project[], snapshot: Snapshot): void;
  /** What was seen of the Engine. */
  update(projects: readonly Project[], snapshot: Snapshot): void;
}

export interface LogPanelsOptions {
  readonly ctx: Pick<Ctx, 'config' | 'engine' | 'log' | 'ui'>;
  readonly extension: vscode.Uri;
  /** Shows a container or task in the tree. */
  reveal(id: string): void;
}

export function logPanels(options: LogPanelsOptions): LogPanels {
  const open = new Map<string, OpenPanel>();
  return {
    open(scope, projects, snapshot) {
      const key = JSON.stringify(scope);
      const present = open.get(key);
      if (present) return present.panel.reveal();
      const panel = openPanel(options, scope);
      open.set(key, panel);
      panel.panel.onDidDispose(() => open.delete(key));
      panel.update(projects, snapshot);
    },
    update(projects, snapshot) {
      for (const panel of open.values()) panel.update(projects, snapshot);
    },
    dispose() {
      for (const { panel } of open.values()) panel.dispose();
    },
  };
}

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  update(projects: readonly Project[], snapshot: Snapshot): void;
}

function openPanel({ ctx, extension, reveal }: LogPanelsOptions, scope: LogScope): OpenPanel {
  const names = scope.map(({ name }) => name).join(', ');
  const roots = ['dist', 'media'].map((folder) => vscode.Uri.joinPath(extension, folder));
  const panel = vscode.window.createWebviewPanel('longshore.logs', `Logs: ${names}`, vscode.ViewColumn.Active, {
    enableScripts: true,
    // Lines exist nowhere else: without it a tab in the background would lose them.
    retainContextWhenHidden: true,
    localResourceRoots: roots,
  });
  const { webview } = panel;
  const address = (...path: readonly string[]): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extension, ...path)).toString();
  const lines = ctx.config.get('logs.lines');
  const refusals = new Set<string>();
  // Only after the page is there does it hear anything.
  let waiting: ToView[] | undefined = [{ type: 'start', lines }];
  const post = (message: ToView): void => {
    if (waiting) waiting.push(message);
    else void webview.postMessage(message);
  };
  let trouble: string | undefined;
  const tell = (): void => {
    const message = [...(trouble ? [trouble] : []), ...refusals].join('\n');
    post({ type: 'state', message: message || undefined });
  };
  const feed = new LogFeed({
    timers: realTimers,
    engine: ctx.engine,
    tail: ctx.config.get('logs.tail'),
    lines,
    view: {
      joined: (sources, from) =>
        post({ type: 'joined', from, sources: sources.map(({ id, name, color }) => ({ id, name, color })) }),
      lines: (batch) => post(linesMessage(batch)),
      waiting: (waits, more) => post({ type: 'waiting', lines: waits, more }),
      refused(source, message) {
        refusals.add(`${source.name} cannot be followed: ${message}`);
        ctx.log.warn(`Logs of ${source.name}: ${message}`);
        tell();
      },
    },
  });
  const heard = (message: FromView): unknown => {
    switch (message.type) {
      case 'ready':
        for (const one of waiting?.splice(0) ?? []) void webview.postMessage(one);
        return (waiting = undefined);
      case 'taken':
        return feed.taken();
      case 'copy':
        return ctx.ui.copy(message.text);
      case 'save':
        return save(names, message.text);
      case 'reveal':
        return reveal(message.id);
      case 'open':
        return openLogged(ctx.ui, message);
    }
  };
  webview.onDidReceiveMessage((message: unknown) => void (isFromView(message) && heard(message)));
  panel.onDidDispose(() => feed.stop());
  webview.html = logPage({
    nonce: randomBytes(16).toString('hex'),
    source: webview.cspSource,
    script: address('dist', 'logView.js'),
    style: address('media', 'logs', 'logView.css'),
  });
  return {
    panel,
    update(projects, { state, swarm }) {
      const { kind } = state;
      const before = trouble;
      trouble = kind === 'unreachable' ? `${state.message} The logs go on by themselves once it is back.` : undefined;
      if (trouble !== before) tell();
      if (kind === 'connected') feed.update(sourcesOf(scope, [...projects, ...swarmLogged({ swarm })]));
      else if (kind === 'unreachable') feed.lost();
      else feed.changed();
    },
  };
}

async function save(names: string, text: string): Promise<void> {
  const name = `${names.replace(/[^\w-]+/g, '-').slice(0, 60)}.log`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {});
  if (uri) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}
