import * as vscode from 'vscode';
import type { FileRange, Ui } from './ui.js';

export function vscodeUi(log: vscode.LogOutputChannel, texts: TextDocuments): Ui {
  const { window, workspace, env } = vscode;
  return {
    get trusted() {
      return workspace.isTrusted;
    },
    get activeFile() {
      return window.activeTextEditor?.document.uri.toString();
    },
    async pick(items, { title, placeholder, always }) {
      const [only] = items;
      if (only && items.length === 1 && !always) return only.value;
      const shown = items.map((item) => ({ ...item }));
      return (await window.showQuickPick(shown, pickOptions(title, placeholder)))?.value;
    },
    async pickMany(items, { title, placeholder }) {
      const shown = items.map((item) => ({ ...item }));
      const chosen = await window.showQuickPick(shown, { ...pickOptions(title, placeholder), canPickMany: true });
      return chosen?.map(({ value }) => value);
    },
    async input({ title, prompt, value, secret, check }) {
      return window.showInputBox({
        title,
        prompt,
        ...(secret && { password: true }),
        ...(value !== undefined && { value }),
        ...(check && { validateInput: check }),
      });
    },
    async confirm(message, detail, action) {
      return (await window.showWarningMessage(message, { modal: true, detail }, action)) === action;
    },
    done(message) {
      log.info(message);
      window.setStatusBarMessage(`$(check) ${message}`, 6000);
    },
    async inform(message, ...actions) {
      return window.showInformationMessage(message, ...actions);
    },
    async warn(message, ...actions) {
      return window.showWarningMessage(message, ...actions);
    },
    async fail(message, ...actions) {
      return window.showErrorMessage(message, ...actions);
    },
    async progress(title, work) {
      const location = vscode.ProgressLocation.Notification;
      return window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
        const cancelled = new AbortController();
        const listening = token.onCancellationRequested(() => cancelled.abort());
        try {
          return await work((message) => progress.report({ message }), cancelled.signal);
        } finally {
          listening.dispose();
        }
      });
    },
    terminal({ name, program, args, env: variables, cwd }) {
      const options = { name, shellPath: program, shellArgs: [...args], env: variables };
      window.createTerminal(cwd === undefined ? options : { ...options, cwd }).show();
    },
    async showText(title, language, text) {
      const document = await workspace.openTextDocument(texts.add(title, text));
      await vscode.languages.setTextDocumentLanguage(document, language);
      await window.showTextDocument(document, { preview: true });
    },
    async openFile(uri, range) {
      // Nothing is selected, lest the next key replace it.
      const selection = range && toRange({ start: range.start, end: range.start });
      await window.showTextDocument(vscode.Uri.parse(uri, true), selection ? { selection } : {});
    },
    async openExternal(url) {
      await env.openExternal(vscode.Uri.parse(url, true));
    },
    async copy(text) {
      await env.clipboard.writeText(text);
    },
    async edit(uri, edits) {
      const change = new vscode.WorkspaceEdit();
      for (const { range, newText } of edits) change.replace(vscode.Uri.parse(uri, true), toRange(range), newText);
      return workspace.applyEdit(change);
    },
    showLog() {
      log.show(true);
    },
    manageTrust() {
      void vscode.commands.executeCommand('workbench.trust.manage');
    },
  };
}

function pickOptions(title: string, placeHolder: string | undefined): vscode.QuickPickOptions {
  return { title, matchOnDescription: true, ...(placeHolder !== undefined && { placeHolder }) };
}

export function toRange({ start, end }: FileRange): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** Read-only documents that are made here and belong to no file: what was inspected, what a tool printed. */
export class TextDocuments implements vscode.TextDocumentContentProvider {
  static readonly scheme = 'longshore';
  readonly #texts = new Map<string, string>();

  add(title: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: TextDocuments.scheme, path: `/${title}`, query: String(this.#texts.size) });
    this.#texts.set(uri.toString(), text);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  forget(uri: vscode.Uri): void {
    this.#texts.delete(uri.toString());
  }
}
