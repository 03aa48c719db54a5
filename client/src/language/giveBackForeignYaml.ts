import * as vscode from 'vscode';
import { isForeignYaml } from './foreignYaml.js';

/** Gives files back whose name is like ours and whose content is somebody else's: no other tool loses its files to us. */
export function giveBackForeignYaml(): vscode.Disposable {
  const look = (document: vscode.TextDocument): void => {
    if (document.languageId !== 'dockercompose' || !isForeignYaml(document.getText())) return;
    void vscode.languages.setTextDocumentLanguage(document, 'yaml');
  };
  vscode.workspace.textDocuments.forEach(look);
  return vscode.workspace.onDidOpenTextDocument(look);
}
