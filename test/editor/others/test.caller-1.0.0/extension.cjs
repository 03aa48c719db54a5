// Calls what Longshore hides in a folder that is not trusted, on the service `api` of the folder's compose.yaml.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const vscode = require('vscode');

exports.activate = ({ subscriptions }) => {
  subscriptions.push(
    vscode.commands.registerCommand('caller.callAll', async () => {
      const { contributes } = vscode.extensions.getExtension('longshore.longshore').packageJSON;
      const hidden = contributes.menus.commandPalette.filter(({ when }) => /isWorkspaceTrusted/.test(when));
      const [folder] = vscode.workspace.workspaceFolders;
      const api = { uri: vscode.Uri.joinPath(folder.uri, 'compose.yaml').toString(), service: 'api' };
      // Each answers once its message is gone, which the next one sees to: they are the same.
      for (const { command } of hidden) void vscode.commands.executeCommand(command, api);
      vscode.window.setStatusBarMessage(`Called ${hidden.length} commands.`);
    }),
  );
};
