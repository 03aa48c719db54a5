// Stands in for an extension that helps in Compose files too: its settings, what it does to them, and answers in the shape of its own.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const vscode = require('vscode');

exports.activate = async (context) => {
  const config = vscode.workspace.getConfiguration('docker.extension');
  const { globalValue } = config.inspect('enableComposeLanguageServer');
  // It turns itself off, without a word, where YAML is there and nobody has said that it should stay.
  if (vscode.extensions.getExtension('redhat.vscode-yaml') && globalValue === undefined) {
    await config.update('enableComposeLanguageServer', false, vscode.ConfigurationTarget.Global);
    return;
  }
  if (!config.get('enableComposeLanguageServer')) return;
  const selector = [{ scheme: 'file', language: 'dockercompose' }];
  context.subscriptions.push(
    vscode.languages.registerHoverProvider(selector, {
      provideHover: (document, position) => {
        const word = document.getText(document.getWordRangeAtPosition(position));
        return word === 'image'
          ? new vscode.Hover('Specifies the image to start the container from.\n\nSchema: compose-spec.json')
          : undefined;
      },
    }),
    vscode.languages.registerCompletionItemProvider(selector, {
      provideCompletionItems: () => {
        const item = new vscode.CompletionItem('image');
        item.detail = 'string';
        item.documentation = 'Specifies the image to start the container from.';
        return [item];
      },
    }),
  );
};
