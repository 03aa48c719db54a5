import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import { completionsLeft, findingsLeft } from './doubled.js';
import { isOthersProxy } from '../language/proxyLanguages.js';
import type { OtherExtension } from './others.js';

/**
 * How long ours wait for theirs, in milliseconds: one of them asks a registry over the network. The editor itself waits for all
 * of them before it shows a list or a hover.
 */
const patience = 1000;

/** Leaves out of our answers what one of the others says at the same place. */
export class Answers implements vscode.Disposable {
  readonly middleware: Middleware;
  readonly #others: () => readonly OtherExtension[];
  /** The questions of ours that are on their way to everybody, and so to us. */
  readonly #asking = new Set<string>();
  readonly #findings = new Map<
    string,
    { readonly uri: vscode.Uri; readonly all: vscode.Diagnostic[]; shown?: vscode.Diagnostic[] }
  >();
  readonly #parts: vscode.Disposable;
  #publish: (uri: vscode.Uri, findings: vscode.Diagnostic[]) => void = () => undefined;

  /** `others` are those that may speak about Compose files now. */
  constructor(others: () => readonly OtherExtension[]) {
    this.#others = others;
    this.#parts = vscode.languages.onDidChangeDiagnostics(({ uris }) => uris.forEach((uri) => this.#look(uri)));
    this.middleware = {
      provideHover: async (document, position, token, next) => {
        const ours = async (): Promise<vscode.Hover | null | undefined> => next(document, position, token);
        const ask = (): Thenable<vscode.Hover[]> =>
          vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, position);
        const shared = document.languageId === 'dockercompose' && this.#others().length > 0;
        return this.#beside(document, position, shared, ours, ask, (our, theirs) =>
          theirs.some(({ contents }) => contents.some(hasText)) ? undefined : our,
        );
      },
      provideCompletionItem: async (document, position, context, token, next) => {
        type Completions = vscode.CompletionItem[] | vscode.CompletionList | null | undefined;
        const ours = async (): Promise<Completions> => next(document, position, context, token);
        const ask = (): Thenable<vscode.CompletionList> =>
          vscode.commands.executeCommand(
            'vscode.executeCompletionItemProvider',
            document.uri,
            position,
            context.triggerCharacter,
          );
        const shared =
          (document.languageId === 'dockercompose' && this.#others().length > 0) || isOthersProxy(document.languageId);
        return this.#beside(document, position, shared, ours, ask, (our, { items }) => {
          if (!our) return our;
          const taken = items.filter(({ kind }) => !isNobodys(kind)).map(labelOf);
          const left = completionsLeft(Array.isArray(our) ? our : our.items, taken, labelOf);
          return new vscode.CompletionList([...left], !Array.isArray(our) && our.isIncomplete);
        });
      },
      handleDiagnostics: (uri, findings, next) => {
        this.#publish = next;
        this.#findings.set(uri.toString(), { uri, all: findings });
        this.#look(uri);
      },
    };
  }

  /** Shows all or less of our findings again, as after a change of a setting. */
  refresh(): void {
    for (const { uri } of this.#findings.values()) this.#look(uri);
  }

  dispose(): void {
    this.#parts.dispose();
  }

  /** Asks everybody what we are asked, where somebody else may answer too; our own answer to that is nothing. */
  async #beside<T, U>(
    { uri, version }: vscode.TextDocument,
    { line, character }: vscode.Position,
    shared: boolean,
    ours: () => Promise<T>,
    ask: () => Thenable<U>,
    left: (ours: T, theirs: U) => T,
  ): Promise<T | undefined> {
    if (!shared) return ours();
    const question = [uri.toString(), version, line, character].join(' ');
    if (this.#asking.delete(question)) return undefined;
    this.#asking.add(question);
    try {
      const [our, theirs] = await Promise.all([ours(), soon(ask())]);
      return theirs === undefined ? our : left(our, theirs);
    } finally {
      this.#asking.delete(question);
    }
  }

  #look(uri: vscode.Uri): void {
    const known = this.#findings.get(uri.toString());
    if (!known) return;
    const others = this.#others();
    const theirs = others.length === 0 ? [] : vscode.languages.getDiagnostics(uri).filter(isOneOf(others));
    const left = findingsLeft(known.all.map(asFinding), theirs.map(asFinding)).map(({ diagnostic }) => diagnostic);
    if (left.length === 0 && known.all.length === 0) this.#findings.delete(uri.toString());
    if (known.shown?.length === left.length && left.every((it, index) => it === known.shown?.[index])) return;
    known.shown = left;
    this.#publish(uri, left);
  }
}

function asFinding(diagnostic: vscode.Diagnostic) {
  return { range: diagnostic.range, isError: diagnostic.severity === vscode.DiagnosticSeverity.Error, diagnostic };
}

function isOneOf(others: readonly OtherExtension[]): (finding: vscode.Diagnostic) => boolean {
  return ({ source }) => source !== 'longshore' && others.some((other) => other.says(source));
}

function hasText(content: vscode.MarkdownString | vscode.MarkedString): boolean {
  return (typeof content === 'string' ? content : content.value).trim() !== '';
}

function labelOf({ label }: vscode.CompletionItem): string {
  return typeof label === 'string' ? label : label.label;
}

/** Words of the file and snippets come from no language extension. */
function isNobodys(kind: vscode.CompletionItemKind | undefined): boolean {
  return kind === vscode.CompletionItemKind.Text || kind === vscode.CompletionItemKind.Snippet;
}

async function soon<T>(work: Thenable<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, patience, undefined)));
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
