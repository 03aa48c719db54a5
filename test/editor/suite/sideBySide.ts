// The suite beside stand-ins for the other extensions that help in Compose files.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openExample, positionOf } from './documents.js';
import { codeOf, diagnosticsWhere } from './findings.js';
import { runTests } from './runTests.js';
import type { EditorTest } from './runTests.js';

const { Text, Snippet } = vscode.CompletionItemKind;
const theirs = /Specifies the image/;

const tests: readonly EditorTest[] = [
  {
    name: 'what another extension explains is explained once, and the rest by us',
    run: async () => {
      const document = await openExample('gpu-inference/compose.yaml');
      const ask = async (at: vscode.Position): Promise<readonly string[]> => {
        const found = await vscode.commands.executeCommand<vscode.Hover[]>(
          'vscode.executeHoverProvider',
          document.uri,
          at,
        );
        return found.map(({ contents }) => contents.map((it) => (typeof it === 'string' ? it : it.value)).join('\n'));
      };
      const at = (text: string): vscode.Position => positionOf(document, text).translate(0, 6);
      // Where only we know something, so that we are there when it counts.
      const grace = await answer(
        () => ask(at('    stop_grace_period')),
        (all) => all.length > 0,
      );
      assert.equal(grace.length, 1);
      assert.match(grace[0] ?? '', /stop/i);
      const image = await answer(
        () => ask(at('    image:')),
        (all) => all.some((it) => theirs.test(it)),
      );
      assert.equal(image.length, 1, image.join('\n---\n'));
    },
  },
  {
    name: 'what another extension offers is offered once, and the rest by us',
    run: async () => {
      const document = await openExample('gpu-inference/compose.yaml');
      const at = positionOf(document, '    stop_grace_period').translate(0, 4);
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        at,
      );
      const names = list.items
        .filter(({ kind }) => kind !== Text && kind !== Snippet)
        .map(({ label }) => (typeof label === 'string' ? label : label.label).replace(/:$/, ''));
      const twice = names.filter((name, index) => names.indexOf(name) !== index);
      assert.deepEqual(twice, []);
      for (const name of ['image', 'build', 'gpus', 'stop_signal']) assert.ok(names.includes(name), names.join(', '));
    },
  },
  {
    name: 'what another extension finds is found once, and keeps our fix',
    run: async () => {
      const { uri } = await openExample('broken/compose.yaml');
      const yaml = vscode.extensions.getExtension('redhat.vscode-yaml') !== undefined;
      const wanted = (all: readonly vscode.Diagnostic[]): boolean => {
        const [first, second] = all;
        if (!first || second) return false;
        return yaml ? first.source?.startsWith('yaml-schema:') === true : codeOf(first) === 'unknown-key';
      };
      const [finding] = await diagnosticsWhere(uri, wanted);
      assert.ok(finding);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        finding.range,
        vscode.CodeActionKind.QuickFix.value,
      );
      assert.ok(
        actions.some(({ title }) => title.includes('deploy')),
        actions.map(({ title }) => title).join(', '),
      );
    },
  },
  {
    name: 'no setting was written for them',
    run: async () => {
      const user = (setting: string): unknown => vscode.workspace.getConfiguration().inspect(setting)?.globalValue;
      assert.equal(user('containers.enableComposeLanguageService'), undefined);
      assert.doesNotMatch(JSON.stringify(user('yaml.disableSchemaDetection') ?? []), /\*compose\*/);
      const compose = vscode.workspace.getConfiguration(undefined, { languageId: 'dockercompose' });
      assert.equal(compose.inspect('yaml.validate')?.globalLanguageValue, undefined);
      // Docker DX turns itself off beside YAML, so here too.
      const yaml = vscode.extensions.getExtension('redhat.vscode-yaml') !== undefined;
      assert.equal(user('docker.extension.enableComposeLanguageServer'), yaml ? false : undefined);
    },
  },
];

export async function run(): Promise<void> {
  await settled();
  await runTests(tests);
}

/** Beside YAML, Docker DX turns itself off, and YAML then takes its patterns back: until that is done, neither answers. */
async function settled(): Promise<void> {
  await openExample('gpu-inference/compose.yaml');
  const user = (setting: string): unknown => vscode.workspace.getConfiguration().inspect(setting)?.globalValue;
  if (!vscode.extensions.getExtension('redhat.vscode-yaml')) return;
  await answer(
    async () => [user('docker.extension.enableComposeLanguageServer'), user('yaml.disableSchemaDetection')],
    ([docker, patterns]) => docker === false && JSON.stringify(patterns ?? []) === '[]',
  );
}

/** Asks until all extensions have come up; the test's own time limit ends it. */
async function answer<T>(ask: () => Promise<T>, complete: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const found = await ask();
    if (complete(found)) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
