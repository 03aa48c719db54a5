import * as vscode from 'vscode';
import type { Ctx } from './context.js';

/** The Docker context in the status bar; choosing another is a click away. */
export function contextStatus(ctx: Ctx): vscode.Disposable & { show(): Promise<void> } {
  const item = vscode.window.createStatusBarItem('longshore.context', vscode.StatusBarAlignment.Left);
  item.name = 'Docker Context';
  item.command = 'longshore.useContext';
  return {
    async show() {
      if (!ctx.config.get('statusBar.context')) return item.hide();
      try {
        const { context, host, chosenBy } = await ctx.endpoint();
        item.text = `$(server) ${context ?? chosenBy}`;
        item.tooltip = `Docker context ${context ?? host} at ${host}, from ${chosenBy}.`;
      } catch (error) {
        item.text = '$(warning) Docker context';
        item.tooltip = error instanceof Error ? error.message : String(error);
      }
      item.accessibilityInformation = { label: `Docker context: ${item.text.replace(/^\$\(\w+\) /, '')}` };
      item.show();
    },
    dispose: () => item.dispose(),
  };
}
