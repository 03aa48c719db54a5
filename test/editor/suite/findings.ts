import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import expectations from '../../fixtures/brokenExpectations.json';
import { openExample } from './documents.js';
import type { EditorTest } from './runTests.js';

const extensionId = 'longshore.longshore';

/** From a file that is opened to what the Problems view shows, for every mistake of `examples/broken`. */
export const findings: readonly EditorTest[] = [...new Set(expectations.map(({ file }) => file))].map((file) => ({
  name: `broken/${file} shows its mistakes`,
  run: () => showsMistakes(file),
}));

async function showsMistakes(file: string): Promise<void> {
  const document = await openExample(`broken/${file}`);
  const wanted = expectations.filter((it) => it.file === file);
  const missing = (found: readonly vscode.Diagnostic[]): typeof wanted =>
    wanted.filter(
      ({ line, text, code, match }) =>
        !found.some(
          (it) =>
            it.source === 'longshore' &&
            codeOf(it) === code &&
            it.range.start.line === line - 1 &&
            coveredText(document, it.range) === text &&
            new RegExp(match).test(it.message),
        ),
    );
  const found = await diagnosticsWhere(document.uri, (all) => all.length > 0 && missing(all).length === 0);
  assert.deepEqual(missing(found), []);
  assert.equal(vscode.extensions.getExtension(extensionId)?.isActive, true);
}

/** The `delopy` fix, on a copy: what is changed in `examples` would be saved. */
export const quickFix: EditorTest = {
  name: 'the fix of a misspelt key is applied and its finding goes',
  run: async () => {
    const broken = await openExample('broken/compose.yaml');
    const folder = mkdtempSync(join(tmpdir(), 'longshore-'));
    try {
      const uri = vscode.Uri.file(join(folder, 'compose.yaml'));
      await vscode.workspace.fs.writeFile(uri, Buffer.from(broken.getText()));
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document);
      const [finding] = await diagnosticsWhere(uri, (all) => all.some((it) => codeOf(it) === 'unknown-key'));
      assert.ok(finding);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        finding.range,
        vscode.CodeActionKind.QuickFix.value,
      );
      const fix = actions.find(({ title }) => title.includes('deploy'));
      assert.ok(fix?.edit, `Offered: ${actions.map(({ title }) => title).join(', ')}`);
      assert.ok(await vscode.workspace.applyEdit(fix.edit));
      await diagnosticsWhere(uri, (all) => !all.some((it) => codeOf(it) === 'unknown-key'));
      assert.match(document.getText(), /^ {4}deploy:/m);
      assert.doesNotMatch(document.getText(), /delopy:/);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

/** The findings of a file, as soon as they are as wanted; the test's own time limit ends the wait. */
export function diagnosticsWhere(
  file: vscode.Uri,
  wanted: (found: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  return new Promise((resolve) => {
    const look = (): void => {
      const found = vscode.languages.getDiagnostics(file);
      if (!wanted(found)) return;
      listener.dispose();
      resolve(found);
    };
    const listener = vscode.languages.onDidChangeDiagnostics(look);
    look();
  });
}

export function codeOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}

/** What a range covers of its first line. */
function coveredText(document: vscode.TextDocument, { start, end }: vscode.Range): string {
  const line = document.lineAt(start.line).text;
  return line.slice(start.character, end.line === start.line ? end.character : line.length);
}
