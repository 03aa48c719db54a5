import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { inCopy, openDocument, openExample } from './documents.js';
import type { EditorTest } from './runTests.js';

const scheme = 'longshore-effective';

/** The documents that show what a tool makes of a file, opened by their commands and followed while one types. */
export const effectiveConfig: readonly EditorTest[] = [
  {
    name: 'the effective configuration opens beside its file and follows what is typed',
    run: () =>
      inCopy('gpu-inference', async (folder) => {
        const document = await openDocument(vscode.Uri.joinPath(folder, 'compose.yaml'));
        await vscode.commands.executeCommand('longshore.showEffectiveConfig');
        const shown = await shownDocument((text) => /image: inference-api:1\.0/.test(text));
        assert.equal(shown.languageId, 'yaml');
        assert.equal(vscode.window.activeTextEditor?.document, document);
        assert.ok(vscode.window.visibleTextEditors.some((editor) => editor.document === shown));
        assert.match(shown.getText(), /^# What docker compose makes of compose\.yaml/);

        await replace(document, 'inference-api:1.0', 'inference-api:2.0');
        await shownDocument((text) => /image: inference-api:2\.0/.test(text));
        // A quote that is not closed yet takes nothing away.
        await replace(document, 'inference-api:2.0', '"inference-api:2.0');
        await replace(document, '"inference-api:2.0', 'inference-api:3.0');
        await shownDocument((text) => /image: inference-api:3\.0/.test(text));
      }),
  },
  {
    name: 'a file of several is compared alone with its project, and both tools with each other',
    run: async () => {
      await openExample('gpu-inference/compose.cpu.yaml');
      await vscode.commands.executeCommand('longshore.compareEffectiveConfig');
      const alone = await comparison('compose.cpu.yaml: alone ↔ with the other files of its project');
      assert.doesNotMatch(alone.original, /image: nginx/);
      assert.match(alone.modified, /image: nginx/);

      await openExample('gpu-inference/compose.yaml');
      await vscode.commands.executeCommand('longshore.compareTargets');
      const tools = await comparison('compose.yaml: docker compose ↔ docker stack deploy');
      assert.match(tools.original, /^# What docker compose makes of/);
      assert.match(tools.modified, /^# What docker stack deploy makes of/);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    },
  },
];

/** The effective configuration that is open, as soon as its text is as wanted; the test's own time limit ends the wait. */
function shownDocument(wanted: (text: string) => boolean): Promise<vscode.TextDocument> {
  return new Promise((resolve) => {
    const look = (): void => {
      const found = vscode.workspace.textDocuments.find((it) => it.uri.scheme === scheme && wanted(it.getText()));
      if (!found) return;
      listening.dispose();
      resolve(found);
    };
    const listening = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(look),
      vscode.workspace.onDidOpenTextDocument(look),
    );
    look();
  });
}

async function comparison(title: string): Promise<{ readonly original: string; readonly modified: string }> {
  const tab = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label === title);
  assert.ok(tab?.input instanceof vscode.TabInputTextDiff, `No comparison is called ${title}.`);
  const read = async (uri: vscode.Uri): Promise<string> => (await vscode.workspace.openTextDocument(uri)).getText();
  return { original: await read(tab.input.original), modified: await read(tab.input.modified) };
}

async function replace(document: vscode.TextDocument, text: string, by: string): Promise<void> {
  const at = document.getText().indexOf(text);
  assert.ok(at >= 0, `${text} is not in ${document.fileName}`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + text.length)), by);
  await vscode.workspace.applyEdit(edit);
}
