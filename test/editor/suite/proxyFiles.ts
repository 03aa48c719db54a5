import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openExample, positionOf } from './documents.js';
import { completions, hover } from './features.js';
import { codeOf, diagnosticsWhere } from './findings.js';
import type { EditorTest } from './runTests.js';

/** nginx and HAProxy files beside their Compose files. Another extension provides nginx here, and none HAProxy. */
export const proxyFiles: readonly EditorTest[] = [
  {
    name: 'nginx files are left to the extension that provides them, and what is said of services stays',
    run: async () => {
      const { uri } = await openExample('broken/proxy/nginx.conf');
      const document = await documentWhere(uri, ({ languageId }) => languageId === 'NGINX');
      await diagnosticsWhere(uri, (found) => found.some((it) => codeOf(it) === 'proxy-wrong-port'));
      const place = positionOf(document, '    server app').translate(0, '    server '.length);
      const labels = await completions(document, place);
      assert.equal(labels.filter((it) => it === 'proxy_pass').length, 1, labels.join(', '));
      assert.ok(labels.includes('app'), labels.join(', '));
      const told = await hover(document, place.translate(0, 1));
      assert.equal(told.split('from the other extension').length, 2, told);
      assert.match(told, /Service `app`/);
      // What their extension offers is offered once, and the rest of the words by us.
      const inside = document.positionAt(document.getText().indexOf('server {') + 'server {'.length);
      const words = await completions(document, inside);
      assert.equal(words.filter((it) => it === 'proxy_pass').length, 1, words.slice(0, 20).join(', '));
      assert.ok(words.includes('server_name'), words.slice(0, 20).join(', '));
    },
  },
  {
    name: "a service's nginx file is known in whatever language it is opened",
    run: async () => {
      const { uri } = await openExample('broken/proxy/nginx.conf');
      const theirs = await documentWhere(uri, ({ languageId }) => languageId === 'NGINX');
      const document = await vscode.languages.setTextDocumentLanguage(theirs, 'plaintext');
      await diagnosticsWhere(uri, (found) => found.some((it) => codeOf(it) === 'proxy-wrong-port'));
      const place = positionOf(document, '    server app').translate(0, '    server '.length);
      assert.ok((await completions(document, place)).includes('app'));
      const inside = document.positionAt(document.getText().indexOf('server {') + 'server {'.length);
      const words = await completions(document, inside);
      for (const word of ['listen', 'location']) assert.equal(words.filter((it) => it === word).length, 1, word);
      assert.match(await hover(document, place.translate(0, 1)), /Service `app`/);
      await vscode.languages.setTextDocumentLanguage(document, 'NGINX');
    },
  },
  {
    name: 'HAProxy files are ours where nobody else provides them',
    run: async () => {
      const { uri } = await openExample('haproxy-scale/haproxy.cfg');
      const document = await documentWhere(uri, () => true);
      assert.equal(document.languageId, 'longshore-haproxy');
      const balance = positionOf(document, 'balance ').translate(0, 'balance '.length);
      const offered = await completions(document, balance);
      assert.ok(offered.includes('roundrobin') && offered.includes('leastconn'), offered.join(', '));
      assert.match(await hover(document, balance.translate(0, -3)), /How the next server is chosen/);
    },
  },
  {
    name: 'a lens over an upstream counts replicas and reloads the proxy',
    run: async () => {
      const { uri } = await openExample('gpu-inference/nginx/inference.conf.template');
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 10);
      const [command] = lenses.flatMap((lens) => (lens.command?.title.includes('replicas') ? [lens.command] : []));
      assert.equal(command?.title, '3 replicas of api · reload nginx');
      assert.ok((await vscode.commands.getCommands()).includes(command.command), command.command);
    },
  },
  {
    name: 'one rename changes a service in the Compose files, the proxy and the environment',
    run: async () => {
      const document = await openExample('gpu-inference/compose.yaml');
      const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
        'vscode.executeDocumentRenameProvider',
        document.uri,
        positionOf(document, '  api:').translate(0, 3),
        'inference',
      );
      assert.ok(await vscode.workspace.applyEdit(edit));
      assert.ok(await vscode.workspace.saveAll(false));
      const text = document.getText();
      for (const place of [/^ {2}inference:$/m, /API_HOST: inference$/m, /depends_on:\n {6}inference:$/m]) {
        assert.match(text, place);
      }
      assert.doesNotMatch(text, /(?<![\w./-])api:|: api$/m);
      const override = await openExample('gpu-inference/compose.cpu.yaml');
      assert.match(override.getText(), /^ {2}inference:$/m);
      for (const { uri } of [document, override]) {
        const errors = await diagnosticsWhere(uri, (all) => all.every((it) => it.severity !== 0));
        assert.deepEqual(errors.map(codeOf), []);
      }
    },
  },
  {
    name: 'a proxy file that changes on disk changes what is said of the Compose file',
    run: async () => {
      const document = await openExample('haproxy-scale/compose.yaml');
      const config = vscode.Uri.joinPath(document.uri, '../haproxy.cfg');
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await openExample('haproxy-scale/compose.yaml');
      await diagnosticsWhere(document.uri, (all) => all.length === 0);
      await vscode.workspace.fs.delete(config);
      await diagnosticsWhere(document.uri, (all) => all.some((it) => codeOf(it) === 'proxy-config-missing'));
    },
  },
];

/** The document of a file, as soon as it is as wanted; the test's own time limit ends the wait. */
function documentWhere(
  uri: vscode.Uri,
  wanted: (document: vscode.TextDocument) => boolean,
): Promise<vscode.TextDocument> {
  return new Promise((resolve) => {
    const look = (): void => {
      const found = vscode.workspace.textDocuments.find((it) => it.uri.toString() === uri.toString() && wanted(it));
      if (!found) return;
      listener.dispose();
      resolve(found);
    };
    const listener = vscode.workspace.onDidOpenTextDocument(look);
    look();
  });
}
