// Stands in for an extension that helps in Compose files too: its settings, what it does to them, and answers in the shape of its own.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const vscode = require('vscode');
const { CompletionItem, CompletionItemKind, Hover, MarkdownString } = vscode;

const managed = ['docker-compose', 'docker-compose.*', 'compose', 'compose.*'].flatMap((name) => [
  `**/${name}.yml`,
  `**/${name}.yaml`,
]);

exports.activate = (context) => {
  const found = vscode.languages.createDiagnosticCollection('yaml');
  const schemaApplies = (document) => {
    const patterns = [vscode.workspace.getConfiguration('yaml').get('disableSchemaDetection')].flat();
    return !patterns.some((pattern) => vscode.languages.match({ pattern }, document) > 0);
  };
  const validates = ({ languageId }) =>
    vscode.workspace.getConfiguration(`[${languageId}]`)['yaml.validate'] ??
    vscode.workspace.getConfiguration('yaml').get('validate');
  const look = (document) => {
    if (document.languageId !== 'dockercompose') return;
    const typo = /^ {4}(delopy|imagee):/m.exec(document.getText());
    const wrong = typo && validates(document) && schemaApplies(document);
    if (!wrong) return found.delete(document.uri);
    const start = document.positionAt(typo.index + 4);
    const finding = new vscode.Diagnostic(
      new vscode.Range(start, start.translate(0, typo[1].length)),
      `Property ${typo[1]} is not allowed.`,
      vscode.DiagnosticSeverity.Error,
    );
    finding.source = 'yaml-schema: compose_spec.json';
    finding.code = 513;
    found.set(document.uri, [finding]);
  };
  const timers = new Map();
  const later = (document) => {
    clearTimeout(timers.get(document.uri.toString()));
    timers.set(document.uri.toString(), setTimeout(look, 200, document));
  };
  const all = () => vscode.workspace.textDocuments.forEach(later);
  const selector = [{ language: 'yaml' }, { language: 'dockercompose' }];
  context.subscriptions.push(
    found,
    vscode.workspace.onDidOpenTextDocument(later),
    vscode.workspace.onDidChangeTextDocument(({ document }) => later(document)),
    vscode.workspace.onDidChangeConfiguration(() => {
      all();
      void forgetUnused();
    }),
    vscode.languages.registerHoverProvider(selector, {
      provideHover: (document, position) => {
        const word = document.getText(document.getWordRangeAtPosition(position));
        if (!schemaApplies(document) || word !== 'image') return undefined;
        return new Hover(
          new MarkdownString('Specifies the image to start the container from.\n\nSource: compose-spec.json'),
        );
      },
    }),
    vscode.languages.registerCompletionItemProvider(selector, {
      provideCompletionItems: (document) => {
        if (document.languageId !== 'dockercompose' || !schemaApplies(document)) return [];
        return ['image', 'init', 'ipc'].map((label) => new CompletionItem(label, CompletionItemKind.Property));
      },
    }),
  );
  all();
  void forgetUnused();
};

/** Its own patterns go from the user's list again where Docker DX is not there for them. */
async function forgetUnused() {
  const config = vscode.workspace.getConfiguration('yaml');
  const docker = vscode.extensions.getExtension('docker.docker');
  const enabled =
    docker && vscode.workspace.getConfiguration().get('docker.extension.enableComposeLanguageServer') !== false;
  const list = [config.inspect('disableSchemaDetection').globalValue ?? []].flat();
  const wanted = enabled ? [...new Set([...list, ...managed])] : list.filter((it) => !managed.includes(it));
  if (wanted.length !== list.length)
    await config.update('disableSchemaDetection', wanted, vscode.ConfigurationTarget.Global);
}
