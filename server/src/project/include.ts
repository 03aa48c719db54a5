import type { Included } from '../compose/model/assembly.js';
import type { FileModel } from '../compose/model/file.js';
import { LineIndex } from '../text/lineIndex.js';
import { folderOf, resolveUri } from '../text/uri.js';
import type { Host } from './host.js';
import { includedVariables, type IncludedVariables } from './variables.js';

/**
 * The variables for an entry of `include`, with what docker compose has against the files they come from. `known` has those of
 * before, by `key`.
 */
export function include(
  host: Host,
  by: FileModel,
  folder: string,
  envFiles: readonly string[],
  known: ReadonlyMap<string, IncludedVariables>,
): Included & { readonly key: string; readonly variables: IncludedVariables } {
  const from = folderOf(by.source.uri);
  const paths = envFiles.length > 0 ? envFiles : [`${folder.replace(/\/$/, '')}/.env`];
  const files = paths.flatMap((path) => ({ path, uri: resolveUri(from, path) ?? '' })).filter(({ uri }) => uri !== '');
  const key = [by.source.uri, ...files.map(({ uri }) => uri)].join('\n');
  const uris = files.map(({ uri }) => uri);
  const variables = includedVariables(host, by.variables, uris, known.get(key));
  const problems: Included['problems'][number][] = [];
  for (const { path, uri } of files) {
    const there = host.stat(uri);
    if (there !== 'file') {
      const what =
        there === 'folder'
          ? 'is a folder: docker compose stops.'
          : 'does not exist here: docker compose stops without it.';
      if (envFiles.length > 0) problems.push({ path, rule: 'missing-file', message: `File \`${path}\` ${what}` });
      continue;
    }
    const file = variables.read.find((it) => it.uri === uri);
    const problem = file?.content.problems[0];
    if (!file || !problem) continue;
    const line = new LineIndex(file.text).position(problem.start).line + 1;
    const message = `\`${path}\`, line ${line}: ${problem.message} docker compose refuses the file.`;
    problems.push({ path, rule: 'env-file-syntax', message });
  }
  return { key, variables, problems };
}
