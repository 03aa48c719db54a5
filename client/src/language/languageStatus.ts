import * as vscode from 'vscode';
import type { Ctx } from '../context.js';
import { languages } from './language.js';

/** Shows what tool the open file is for; its action changes that. */
export function showLanguageStatus(ctx: Ctx): vscode.Disposable {
  const selector = [...languages.slice(0, 1), 'yaml'].map((language) => ({ language, scheme: 'file' }));
  const item = vscode.languages.createLanguageStatusItem('longshore.target', selector);
  item.name = 'Compose or stack file';
  let asked = 0;
  const show = async (): Promise<void> => {
    const mine = ++asked;
    const document = vscode.window.activeTextEditor?.document;
    const target =
      document && vscode.languages.match(selector, document) && (await ctx.language.target(document.uri.toString()));
    if (mine !== asked) return;
    if (!target) {
      item.text = 'Not a Compose or stack file';
      item.detail = '';
      item.command = undefined;
      return;
    }
    item.text = target.target === 'stack' ? 'Stack file' : 'Compose file';
    item.detail = target.reason;
    item.command = { command: 'longshore.switchTarget', title: 'Change…' };
  };
  void show();
  return vscode.Disposable.from(
    item,
    vscode.window.onDidChangeActiveTextEditor(show),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      // The deciding comment or key may have come or gone.
      if (document === vscode.window.activeTextEditor?.document) void show();
    }),
    ctx.language.onProjectsChanged(() => void show()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('longshore.targets')) void show();
    }),
  );
}
