import * as vscode from 'vscode';
import type { EffectiveConfigParams } from '../../../server/src/protocol.js';
import type { Language } from '../language/language.js';
import { addressOf, effectiveScheme, shownBy } from './address.js';

/** Read-only documents with what a tool makes of a file, kept up to date as one types. Their text goes nowhere else. */
export class EffectiveDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #language: Language;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #parts: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(language: Language) {
    this.#language = language;
    this.#parts = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(effectiveScheme, this),
      language.onEffectiveConfigChanged(() => {
        for (const { uri } of vscode.workspace.textDocuments)
          if (uri.scheme === effectiveScheme) this.#changed.fire(uri);
      }),
    );
  }

  /** Ready to be shown, as YAML. */
  async open(shown: EffectiveConfigParams): Promise<vscode.Uri> {
    const uri = vscode.Uri.from({ scheme: effectiveScheme, ...addressOf(shown) });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, 'yaml');
    return uri;
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const shown = shownBy(uri.query);
    const config = shown && (await this.#language.effectiveConfig(shown));
    if (!config) return '# The file is not there, or in no project.\n';
    const before = vscode.workspace.textDocuments.find((it) => it.uri.toString() === uri.toString());
    // Half a line that is being typed takes nothing away from what one looks at.
    return config.whole || !before ? config.text : before.getText();
  }

  dispose(): void {
    this.#parts.dispose();
  }
}
