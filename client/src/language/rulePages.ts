import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { rulesOf, sectionOf } from './rules.js';

/** The page of a rule as a read-only document, cut out of the packaged RULES.md. */
const scheme = 'longshore-rule';

/** What a finding links to, as the server is told it. VS Code runs a command that a finding names, offline and without asking. */
export const ruleUri = 'command:longshore.showRule?%5B%22{rule}%22%5D';

export function rulePages(context: vscode.ExtensionContext): vscode.Disposable {
  const page = (): Promise<string> => readFile(context.asAbsolutePath('RULES.md'), 'utf8');
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: async ({ path }) => sectionOf(await page(), path.slice(1, -'.md'.length)) ?? '',
    }),
    vscode.commands.registerCommand('longshore.showRule', async (asked: unknown) => {
      const text = await page();
      const wanted = typeof asked === 'string' ? asked : await choose(text);
      if (wanted === undefined || sectionOf(text, wanted) === undefined) return;
      await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.from({ scheme, path: `/${wanted}.md` }));
    }),
  );
}

async function choose(page: string): Promise<string | undefined> {
  const items = rulesOf(page).map(({ id, summary }) => ({ label: id, detail: summary }));
  return (await vscode.window.showQuickPick(items, { title: 'Explain a Rule', matchOnDetail: true }))?.label;
}
