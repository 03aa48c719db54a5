import * as vscode from 'vscode';
import { othersLanguage } from './proxyLanguages.js';

/** Gives proxy files to the extension that provides their language, as soon as there is one: its colours and features come first. */
export function standBack(): vscode.Disposable {
  let known: readonly string[] = [];
  const look = (document: vscode.TextDocument): void => {
    const other = othersLanguage(document.languageId, known);
    if (other !== undefined) void vscode.languages.setTextDocumentLanguage(document, other);
  };
  const lookAgain = async (): Promise<void> => {
    known = await vscode.languages.getLanguages();
    vscode.workspace.textDocuments.forEach(look);
  };
  void lookAgain();
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.extensions.onDidChange(() => void lookAgain()),
  );
}
