import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** Opens a file of `examples` in an editor. */
export function openExample(path: string): Promise<vscode.TextDocument> {
  return openDocument(vscode.Uri.joinPath(examples(), path));
}

export async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: false, viewColumn: vscode.ViewColumn.One });
  return document;
}

/** Runs something on a copy of an example: what is changed in `examples` would be saved. Its editors are closed afterwards. */
export async function inCopy(example: string, run: (folder: vscode.Uri) => Promise<void>): Promise<void> {
  const parent = mkdtempSync(join(tmpdir(), 'longshore-'));
  const folder = join(parent, example);
  cpSync(vscode.Uri.joinPath(examples(), example).fsPath, folder, { recursive: true });
  try {
    await run(vscode.Uri.file(folder));
  } finally {
    for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(parent, { recursive: true });
  }
}

/** Where a text stands first: at the start of a line if it does, else anywhere. */
export function positionOf(document: vscode.TextDocument, text: string): vscode.Position {
  const at = document.getText().indexOf(`\n${text}`) + 1 || document.getText().indexOf(text);
  assert.ok(at >= 0, `${text} is not in ${document.fileName}`);
  return document.positionAt(at);
}

function examples(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'No folder is open.');
  return folder.uri;
}
