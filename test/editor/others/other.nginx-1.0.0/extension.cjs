// What others offer for nginx: names of directives and what they mean.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const vscode = require('vscode');

exports.activate = ({ subscriptions }) => {
  const text = 'from the other extension';
  subscriptions.push(
    vscode.languages.registerCompletionItemProvider('NGINX', {
      provideCompletionItems: () => [new vscode.CompletionItem('proxy_pass'), new vscode.CompletionItem('server')],
    }),
    vscode.languages.registerHoverProvider('NGINX', { provideHover: () => new vscode.Hover(text) }),
  );
};
