import * as vscode from 'vscode';

/** What VS Code's own commands answer for a document, in words that a test compares. */

export function ask<T>(command: string, { uri }: vscode.TextDocument, ...more: readonly unknown[]): Promise<T> {
  return Promise.resolve(vscode.commands.executeCommand<T>(command, uri, ...more));
}

/** `NAME:LINE` of each place, lines from 1; sorted. */
export async function places(
  command: string,
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<readonly string[]> {
  const found = await ask<(vscode.Location | vscode.LocationLink)[]>(command, document, position);
  return found.map((it) => ('targetUri' in it ? place(it.targetUri, it.targetRange) : place(it.uri, it.range))).sort();
}

export function place(uri: vscode.Uri, { start }: vscode.Range): string {
  return `${uri.path.split('/').at(-1)}:${start.line + 1}`;
}

/** Where each edit of a change is. */
export function changed(edit: vscode.WorkspaceEdit): readonly string[] {
  return edit.entries().flatMap(([uri, edits]) => edits.map(({ range }) => place(uri, range)));
}

/** Names of the outline, with those of their parents: `services/api`. */
export async function outline(document: vscode.TextDocument): Promise<readonly string[]> {
  const symbols = await ask<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document);
  const walk = (all: readonly vscode.DocumentSymbol[], above: string): readonly string[] =>
    all.flatMap(({ name, children }) => [`${above}${name}`, ...walk(children, `${above}${name}/`)]);
  return walk(symbols, '');
}

/** The texts that the semantic tokens cover, each with the name of its type. */
export async function tokens(document: vscode.TextDocument): Promise<readonly string[]> {
  const { tokenTypes } = await ask<vscode.SemanticTokensLegend>('vscode.provideDocumentSemanticTokensLegend', document);
  const { data } = await ask<vscode.SemanticTokens>('vscode.provideDocumentSemanticTokens', document);
  const found: string[] = [];
  let line = 0;
  let character = 0;
  for (let at = 0; at < data.length; at += 5) {
    const [lines = 0, characters = 0, length = 0, type = 0] = data.slice(at, at + 4);
    character = lines > 0 ? characters : character + characters;
    line += lines;
    const range = new vscode.Range(line, character, line, character + length);
    found.push(`${document.getText(range)} ${tokenTypes[type]}`);
  }
  return found;
}

/** The texts of the selections that grow from a place. */
export async function selections(document: vscode.TextDocument, at: vscode.Position): Promise<readonly string[]> {
  const [first] = await ask<vscode.SelectionRange[]>('vscode.executeSelectionRangeProvider', document, [at]);
  const found: string[] = [];
  for (let range = first; range; range = range.parent) found.push(document.getText(range.range));
  return found;
}

/** `FIRST-LAST` of each fold, lines from 1. */
export async function folds(document: vscode.TextDocument): Promise<readonly string[]> {
  const ranges = await ask<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', document);
  return ranges.map(({ start, end }) => `${start + 1}-${end + 1}`);
}

export async function links(document: vscode.TextDocument): Promise<readonly string[]> {
  const found = await ask<vscode.DocumentLink[]>('vscode.executeLinkProvider', document, 100);
  return found.map(({ range, target }) => `${document.getText(range)} → ${target?.path.split('/').at(-1) ?? ''}`);
}

export async function hints(document: vscode.TextDocument): Promise<readonly string[]> {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const found = await ask<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document, all);
  return found.map(({ label, position }) => {
    const text = typeof label === 'string' ? label : label.map(({ value }) => value).join('');
    return `${position.line + 1}: ${text}`;
  });
}

export async function actions(document: vscode.TextDocument, kind: vscode.CodeActionKind): Promise<readonly string[]> {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const found = await ask<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document, all, kind.value);
  return found.map(({ title }) => title);
}

/** Whether a name can be changed at a place. */
export async function renames(document: vscode.TextDocument, at: vscode.Position): Promise<string | undefined> {
  try {
    const found = await ask<{ readonly range: vscode.Range }>('vscode.prepareRename', document, at);
    return document.getText(found.range);
  } catch {
    return undefined;
  }
}

/** The names that a search of the workspace finds. */
export async function searched(query: string): Promise<readonly string[]> {
  const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
    'vscode.executeWorkspaceSymbolProvider',
    query,
  );
  return found.map(({ name, location }) => `${name} in ${place(location.uri, location.range)}`);
}
