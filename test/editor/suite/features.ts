import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openExample, positionOf } from './documents.js';
import type { EditorTest } from './runTests.js';

/** What the language offers, asked through VS Code's own commands. */
export const features: readonly EditorTest[] = [
  {
    name: 'completion, hover, definition and outline in a Compose file',
    run: async () => {
      const document = await openExample('gpu-inference/compose.yaml');
      const key = positionOf(document, 'stop_grace_period');
      const labels = await completions(document, key.translate(0, 2));
      assert.ok(labels.includes('stop_grace_period') && labels.includes('stop_signal'), labels.join(', '));
      assert.match(await hover(document, key.translate(0, 3)), /stop/i);
      const dependency = positionOf(document, 'depends_on:').translate(1, 3);
      const [definition] = await locations('vscode.executeDefinitionProvider', document, dependency);
      assert.equal(definition?.line, positionOf(document, '  api:').line);
      const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      );
      assert.ok(symbols.flatMap(({ name, children }) => [name, ...children.map((it) => it.name)]).includes('api'));
    },
  },
  {
    name: 'completion in a stack file offers no key that a stack refuses',
    run: async () => {
      const document = await openExample('swarm-ha/swarm-ha-stack.yaml');
      const labels = await completions(document, positionOf(document, '    image:').translate(0, 4));
      assert.ok(labels.includes('stop_grace_period'), labels.join(', '));
      assert.ok(!labels.includes('mem_limit'), labels.join(', '));
    },
  },
];

export async function completions(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<readonly string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

export async function hover(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const found = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return found
    .flatMap(({ contents }) => contents)
    .map((it) => (typeof it === 'string' ? it : it.value))
    .join('\n');
}

async function locations(
  command: string,
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<readonly vscode.Position[]> {
  const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
    command,
    document.uri,
    position,
  );
  return found.map((it) => ('targetUri' in it ? it.targetRange : it.range).start);
}
