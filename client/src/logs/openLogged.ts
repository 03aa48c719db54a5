import * as vscode from 'vscode';
import type { Ui } from '../ui.js';
import { bestMatch } from './bestMatch.js';

/**
 * Opens the file of the workspace that a line of a log names. The name comes from a container, where the file lies elsewhere, so
 * it is only compared with the files that the workspace has; a path is never opened as it is.
 */
export async function openLogged(
  ui: Ui,
  { path, line, column }: { readonly path: string; readonly line: number; readonly column: number },
): Promise<void> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const files = /^[\w@+.-]+$/.test(name) ? await vscode.workspace.findFiles(`**/${name}`, undefined, 200) : [];
  const found = bestMatch(
    path,
    files.map((uri) => vscode.workspace.asRelativePath(uri, true)),
  );
  const uri = found === undefined ? undefined : files[found];
  if (!uri) {
    await ui.inform(`No file of this workspace is called ${name}, so there is nothing to open.`);
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const at = document.validatePosition(new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1)));
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at), preview: true });
}
