import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  actions,
  ask,
  changed,
  folds,
  hints,
  links,
  outline,
  places,
  renames,
  searched,
  selections,
  tokens,
} from './ask.js';
import { inCopy, openDocument, openExample, positionOf } from './documents.js';
import type { EditorTest } from './runTests.js';

const definition = 'vscode.executeDefinitionProvider';
const references = 'vscode.executeReferenceProvider';

/** What the language offers, asked through VS Code's own commands: in a Compose file, a stack file and a file of nginx. */
export const features: readonly EditorTest[] = [
  {
    name: 'Compose: completion, hover, outline, search, links, folding, selection and colours',
    run: async () => {
      const document = await openExample('gpu-inference/compose.yaml');
      const key = positionOf(document, '    stop_grace_period').translate(0, 4);
      const labels = await completions(document, key.translate(0, 2));
      assert.ok(labels.includes('stop_grace_period') && labels.includes('stop_signal'), labels.join(', '));
      assert.ok((await completions(document, positionOf(document, 'depends_on:').translate(1, 2))).includes('api'));
      assert.match(await described(document, key.translate(0, 2), 'stop_signal'), /docker stack/);
      assert.match(await hover(document, key.translate(0, 3)), /stop/i);
      assert.match(await hover(document, positionOf(document, '${PORT:-8080}:80').translate(0, 9)), /8080/);
      includes(await outline(document), 'services/api', 'services/nginx');
      includes(await searched('api'), `api in compose.yaml:${positionOf(document, '  api:').line + 1}`);
      includes(
        await links(document),
        './nginx/inference.conf.template → inference.conf.template',
        './api → Dockerfile',
      );
      const api = positionOf(document, '  api:').line + 1;
      includes(await folds(document), `${api}-${positionOf(document, '  nginx:').line - 1}`);
      const memory = await selections(document, positionOf(document, 'memory: 2G').translate(0, 9));
      assert.equal(memory[0], '2G');
      includes(memory, 'memory: 2G');
      const colours = await tokens(document);
      assert.ok(
        colours.some((it) => it.startsWith('api ')),
        colours.join(', '),
      );
      assert.ok(
        colours.some((it) => it.startsWith('PORT ')),
        colours.join(', '),
      );
    },
  },
  {
    name: 'Compose: definition, references, highlights and rename of a service',
    run: async () => {
      const document = await openExample('gpu-inference/compose.yaml');
      const line = (text: string): number => positionOf(document, text).line + 1;
      const key = positionOf(document, '  api:').translate(0, 3);
      const dependency = positionOf(document, 'depends_on:').translate(1, 3);
      assert.deepEqual(await places(definition, document, dependency), [`compose.yaml:${line('  api:')}`]);
      const all = [`compose.yaml:${line('  api:')}`, `compose.yaml:${line('depends_on:') + 1}`];
      includes(await places(references, document, key), ...all, 'inference.conf.template:5');
      const marks = await ask<vscode.DocumentHighlight[]>('vscode.executeDocumentHighlights', document, key);
      includes(
        marks.map(({ range }) => `compose.yaml:${range.start.line + 1}`),
        ...all,
      );
      assert.equal(await renames(document, key), 'api');
      assert.equal(await renames(document, positionOf(document, '    image:').translate(0, 6)), undefined);
      const edit = await ask<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document, key, 'inference');
      includes(changed(edit), ...all, `compose.yaml:${line('API_HOST: api')}`, 'compose.cpu.yaml:3');
    },
  },
  {
    name: 'Compose: inlay hints, conversion, formatting and no lens where nothing runs',
    run: () =>
      inCopy('gpu-inference', async (folder) => {
        await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, '.env'), Buffer.from('PORT=9000\n'));
        const document = await openDocument(vscode.Uri.joinPath(folder, 'compose.yaml'));
        const port = positionOf(document, '"${PORT:-8080}:80"').line + 1;
        const shown = await hints(document);
        assert.ok(
          shown.some((it) => it.startsWith(`${port}: `) && it.includes('9000')),
          shown.join(', '),
        );
        const offered = await actions(document, vscode.CodeActionKind.Source);
        assert.ok(
          offered.some((it) => /stack/i.test(it)),
          offered.join(', '),
        );
        assert.deepEqual(await ask('vscode.executeCodeLensProvider', document), []);
        const format = (): Promise<vscode.TextEdit[] | undefined> =>
          ask('vscode.executeFormatDocumentProvider', document, { tabSize: 2, insertSpaces: true });
        const spoil = new vscode.WorkspaceEdit();
        spoil.insert(document.uri, positionOf(document, 'name: gpu').translate(0, 5), '   ');
        await vscode.workspace.applyEdit(spoil);
        assert.deepEqual((await format()) ?? [], []);
        const settings = vscode.workspace.getConfiguration('longshore');
        await settings.update('format.enable', true, vscode.ConfigurationTarget.Global);
        try {
          let edits = await format();
          while (!edits?.length) {
            // The formatter is there once the server has heard of the setting.
            await new Promise((resolve) => setTimeout(resolve, 50));
            edits = await format();
          }
          const change = new vscode.WorkspaceEdit();
          change.set(document.uri, edits);
          await vscode.workspace.applyEdit(change);
          assert.match(document.getText(), /^name: gpu-inference$/m);
        } finally {
          await settings.update('format.enable', undefined, vscode.ConfigurationTarget.Global);
        }
      }),
  },
  {
    name: 'Compose: a variable leads to its line in .env and back, and counts while it is typed',
    run: () =>
      inCopy('gpu-inference', async (folder) => {
        const env = vscode.Uri.joinPath(folder, '.env');
        await vscode.workspace.fs.writeFile(env, Buffer.from('# The port\nPORT=9000\n'));
        const document = await openDocument(vscode.Uri.joinPath(folder, 'compose.yaml'));
        const use = positionOf(document, '"${PORT:-8080}:80"').translate(0, 4);
        assert.deepEqual(await places(definition, document, use), ['.env:2']);
        assert.match(await hover(document, use), /9000.*from `\.env`/s);
        assert.equal(await renames(document, use), undefined);
        const lines = await openDocument(env);
        const uses = await places(references, lines, new vscode.Position(1, 2));
        assert.deepEqual(uses, ['.env:2', `compose.yaml:${use.line + 1}`]);
        const typed = new vscode.WorkspaceEdit();
        typed.replace(env, new vscode.Range(1, 5, 1, 9), '9100');
        await vscode.workspace.applyEdit(typed);
        assert.match(await hover(document, use), /9100/);
      }),
  },
  {
    name: 'stack: inlay hints, a merge key explained, and no lens where nothing runs',
    run: () =>
      inCopy('swarm-ha', async (folder) => {
        const document = await openDocument(vscode.Uri.joinPath(folder, 'swarm-ha-stack.yaml'));
        const merge = positionOf(document, '<<: *update').translate(0, 1);
        assert.match(await hover(document, merge), /merges `\*update`.*parallelism: 1/s);
        const spoil = new vscode.WorkspaceEdit();
        spoil.insert(document.uri, positionOf(document, 'x-update:'), 'x-three: &three\n  replicas: 3\n\n');
        const written = positionOf(document, '      replicas: 3').translate(0, 6);
        spoil.replace(
          document.uri,
          new vscode.Range(written, written.translate(0, 'replicas: 3'.length)),
          '<<: *three',
        );
        await vscode.workspace.applyEdit(spoil);
        const shown = await hints(document);
        const web = positionOf(document, '  web:').line + 1;
        assert.ok(shown.includes(`${web}: 3 replicas`), shown.join(', '));
        assert.deepEqual(await ask('vscode.executeCodeLensProvider', document), []);
      }),
  },
  {
    name: 'stack: completion, hover, navigation, links, folding, colours and conversion',
    run: async () => {
      const document = await openExample('swarm-ha/swarm-ha-stack.yaml');
      const line = (text: string): number => positionOf(document, text).line + 1;
      const labels = await completions(document, positionOf(document, '    image:').translate(0, 4));
      assert.ok(labels.includes('stop_grace_period'), labels.join(', '));
      assert.ok(!labels.includes('mem_limit'), labels.join(', '));
      assert.match(
        await hover(document, positionOf(document, '      endpoint_mode').translate(0, 8)),
        /dnsrr|virtual IP/i,
      );
      const network = positionOf(document, '      - front').translate(0, 9);
      const declared = `swarm-ha-stack.yaml:${line('  front:')}`;
      assert.deepEqual(await places(definition, document, network), [declared]);
      const uses = await places(references, document, network);
      assert.equal(uses.filter((it) => it.startsWith('swarm-ha-stack.yaml:')).length >= 2, true, uses.join(', '));
      const anchor = positionOf(document, '<<: *update').translate(0, 6);
      assert.deepEqual(await places(definition, document, anchor), [`swarm-ha-stack.yaml:${line('x-update:')}`]);
      assert.equal(await renames(document, anchor), 'update');
      const edit = await ask<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document, network, 'edge');
      includes(changed(edit), declared, `swarm-ha-stack.yaml:${network.line + 1}`);
      const marks = await ask<vscode.DocumentHighlight[]>('vscode.executeDocumentHighlights', document, network);
      assert.equal(marks.length, uses.length);
      includes(await outline(document), 'services/broker', 'networks/front', 'secrets/broker_password');
      includes(await links(document), './nginx.conf → nginx.conf');
      assert.ok((await folds(document)).some((it) => it.startsWith(`${line('  broker:')}-`)));
      includes(await selections(document, positionOf(document, 'internal: true').translate(0, 11)), 'internal: true');
      const colours = await tokens(document);
      assert.ok(
        colours.some((it) => it.startsWith('update ') || it.startsWith('*update ')),
        colours.join(', '),
      );
      const offered = await actions(document, vscode.CodeActionKind.Source);
      assert.ok(
        offered.some((it) => /compose/i.test(it)),
        offered.join(', '),
      );
    },
  },
  {
    name: 'nginx: definition, references, highlights, outline and lens of an upstream',
    run: async () => {
      const document = await openExample('gpu-inference/nginx/inference.conf.template');
      const use = positionOf(document, 'http://inference').translate(0, 8);
      assert.deepEqual(await places(definition, document, use), ['inference.conf.template:1']);
      const uses = await places(references, document, use);
      includes(uses, `inference.conf.template:${use.line + 1}`);
      const marks = await ask<vscode.DocumentHighlight[]>('vscode.executeDocumentHighlights', document, use);
      assert.deepEqual(
        marks.map(({ range }) => range.start.line),
        [0, use.line],
      );
      includes(await outline(document), 'inference');
      const lenses = await ask<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document, 10);
      assert.ok(lenses.some(({ range }) => range.start.line === 0));
    },
  },
  {
    name: 'nginx: completion, hover, definition, references and rename of a service',
    run: () =>
      inCopy('broken', async (folder) => {
        const compose = await openDocument(vscode.Uri.joinPath(folder, 'proxy/compose.yaml'));
        const document = await openDocument(vscode.Uri.joinPath(folder, 'proxy/nginx.conf'));
        const name = positionOf(document, '    server app').translate(0, '    server a'.length);
        assert.ok((await completions(document, name)).includes('app'));
        assert.match(await hover(document, name), /Service `app`/);
        const declared = positionOf(compose, '  app:').line + 1;
        assert.deepEqual(await places(definition, document, name), [`compose.yaml:${declared}`]);
        includes(await places(references, document, name), `compose.yaml:${declared}`, `nginx.conf:${name.line + 1}`);
        assert.equal(await renames(document, name), 'app');
        const edit = await ask<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document, name, 'site');
        const asked = `compose.yaml:${positionOf(compose, '      - app').line + 1}`;
        includes(changed(edit), `compose.yaml:${declared}`, asked, `nginx.conf:${name.line + 1}`);
      }),
  },
];

function includes(found: readonly string[], ...wanted: readonly string[]): void {
  for (const it of wanted) assert.ok(found.includes(it), `${it} is not among: ${found.join(', ')}`);
}

export async function completions(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<readonly string[]> {
  const list = await ask<vscode.CompletionList>('vscode.executeCompletionItemProvider', document, position);
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

/** The documentation of a completion, as the list shows it once the item is chosen. */
async function described(document: vscode.TextDocument, position: vscode.Position, wanted: string): Promise<string> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
    undefined,
    1000,
  );
  const found = items.find(({ label }) => (typeof label === 'string' ? label : label.label) === wanted)?.documentation;
  return typeof found === 'string' ? found : (found?.value ?? '');
}

export async function hover(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const found = await ask<vscode.Hover[]>('vscode.executeHoverProvider', document, position);
  return found
    .flatMap(({ contents }) => contents)
    .map((it) => (typeof it === 'string' ? it : it.value))
    .join('\n');
}
