import * as vscode from 'vscode';
import type { Snapshot } from '../engine/snapshot.js';
import { balanceOf } from './balance.js';
import { balancePage } from './balancePage.js';
import type { Spread } from './spread.js';

export interface BalancePanels extends vscode.Disposable {
  /** Shows a service's load balancing, with what a probe found; the panel that shows it already, or a new one. */
  open(service: string, snapshot: Snapshot, spread: Spread | undefined): void;
  update(snapshot: Snapshot): void;
}

const probeCommand = 'longshore.serviceProbe';

export function balancePanels(extension: vscode.Uri): BalancePanels {
  const open = new Map<string, Shown>();
  const draw = (id: string, { panel, spread, shown }: Shown, { swarm }: Snapshot): void => {
    const service = swarm?.services.find((one) => one.id === id);
    // A service that is gone stays as it was last seen.
    if (!swarm || !service) return;
    const { webview } = panel;
    const argument = encodeURIComponent(JSON.stringify([`service/${id}`]));
    const html = balancePage({
      source: webview.cspSource,
      style: webview.asWebviewUri(vscode.Uri.joinPath(extension, 'media', 'swarm', 'balance.css')).toString(),
      probe: vscode.workspace.isTrusted && service.ports.length > 0 ? `command:${probeCommand}?${argument}` : undefined,
      balance: balanceOf(service, swarm),
      spread,
    });
    if (html !== shown) webview.html = html;
    open.set(id, { panel, spread, shown: html });
  };
  return {
    open(id, snapshot, spread) {
      const name = snapshot.swarm?.services.find((one) => one.id === id)?.name ?? id;
      const present = open.get(id);
      const panel = present?.panel ?? createPanel(extension, name);
      if (!present) panel.onDidDispose(() => open.delete(id));
      draw(id, { panel, shown: present?.shown, spread: spread ?? present?.spread }, snapshot);
      panel.reveal();
    },
    update(snapshot) {
      for (const [id, shown] of open) draw(id, shown, snapshot);
    },
    dispose() {
      for (const { panel } of open.values()) panel.dispose();
    },
  };
}

interface Shown {
  readonly panel: vscode.WebviewPanel;
  readonly spread: Spread | undefined;
  /** The page as it stands. */
  readonly shown: string | undefined;
}

function createPanel(extension: vscode.Uri, name: string): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel('longshore.balance', `Load Balancing: ${name}`, vscode.ViewColumn.Active, {
    enableScripts: false,
    enableCommandUris: [probeCommand],
    localResourceRoots: [vscode.Uri.joinPath(extension, 'media')],
  });
}
