// Stands in for an extension that helps in Compose files too: its settings, what it does to them, and answers in the shape of its own.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const vscode = require('vscode');

exports.activate = (context) => {
  if (!vscode.workspace.getConfiguration('containers').get('enableComposeLanguageService')) return;
  // Where another one of the three is there it leaves most to that.
  const alone = !['redhat.vscode-yaml', 'docker.docker'].some((id) => vscode.extensions.getExtension(id));
  const item = (label, insert) => {
    const completion = new vscode.CompletionItem(label);
    completion.insertText = new vscode.SnippetString(insert);
    return completion;
  };
  const selector = [{ language: 'dockercompose' }];
  context.subscriptions.push(
    vscode.languages.registerCompletionItemProvider(selector, {
      provideCompletionItems: () => [
        ...(alone ? [item('image:', 'image: ${1:imageName}$0')] : []),
        item('build:', 'build:\n\tcontext: ${1:contextPath}\n\tdockerfile: ${2:Dockerfile}'),
      ],
    }),
    vscode.languages.registerHoverProvider(selector, {
      provideHover: (document, position) => {
        const word = document.getText(document.getWordRangeAtPosition(position));
        return alone && word === 'image' ? new vscode.Hover('The image that this service is based on.') : undefined;
      },
    }),
  );
  if (!alone) return;
  const found = vscode.languages.createDiagnosticCollection('compose');
  const look = (document) => {
    if (document.languageId !== 'dockercompose') return;
    const tab = /^\t/m.exec(document.getText());
    if (!tab) return found.delete(document.uri);
    const start = document.positionAt(tab.index);
    const finding = new vscode.Diagnostic(
      new vscode.Range(start, start.translate(0, 1)),
      'Tabs are not allowed as indentation',
      vscode.DiagnosticSeverity.Error,
    );
    finding.code = 'TAB_AS_INDENT';
    found.set(document.uri, [finding]);
  };
  const timers = new Map();
  const later = (document) => {
    clearTimeout(timers.get(document));
    timers.set(document, setTimeout(look, 1000, document));
  };
  context.subscriptions.push(
    found,
    vscode.workspace.onDidOpenTextDocument(later),
    vscode.workspace.onDidChangeTextDocument(({ document }) => later(document)),
  );
  vscode.workspace.textDocuments.forEach(later);
};
