import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { WorkspaceEdit } from 'vscode-languageserver';
import { LineIndex } from '../../server/src/text/lineIndex.js';
import { startInProcess } from './inProcess.js';

/** The texts of an example by their path in it, before and after the language server renamed what `name` stands for. */
export async function renamedExample(
  example: string,
  name: string,
  newName: string,
): Promise<{ readonly before: ReadonlyMap<string, string>; readonly after: ReadonlyMap<string, string> }> {
  const folder = join('examples', example);
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  const paths = found.map((it) => relative(folder, join(it.parentPath, it.name)));
  const before = new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
  const uriOf = (path: string): string => `file:///${folder}/${path}`;
  const files = Object.fromEntries(Array.from(before, ([path, text]) => [uriOf(path), text]));
  const client = await startInProcess({ files, folders: [`file:///${folder}`] });
  for (const [path, text] of before) {
    const language = /\.ya?ml$/.test(path)
      ? 'dockercompose'
      : /\.(?:conf|template)$/.test(path)
        ? 'nginx'
        : 'plaintext';
    client.open(uriOf(path), text, language);
  }
  const main = before.get('compose.yaml') ?? '';
  const edit = await client.request<WorkspaceEdit>('textDocument/rename', {
    textDocument: { uri: uriOf('compose.yaml') },
    position: new LineIndex(main).position(main.indexOf(`\n${name}`) + 1 + name.search(/\w/)),
    newName,
  });
  client.apply(edit);
  const after = new Map(paths.map((path) => [path, client.text(uriOf(path))]));
  await client.stop();
  return { before, after };
}
