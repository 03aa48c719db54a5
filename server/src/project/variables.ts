import { parseEnvFile, valuesOf, type EnvFile } from '../compose/model/envFile.js';
import type { Variables } from '../compose/model/file.js';
import { folderOf, resolveUri } from '../text/uri.js';
import type { Host } from './host.js';
import type { ProjectFiles } from './workspace.js';

export interface ProjectVariables extends Variables {
  /** The `.env` file that was read, if any. */
  readonly envFile: VariableFile | undefined;
  /** Every file that was read for them, in the order in which a later one counts. */
  readonly read: readonly VariableFile[];
  /** The file that gives a variable its value, as a URI; undefined for one of the environment, and for none. */
  origin(name: string): string | undefined;
}

export interface VariableFile {
  readonly uri: string;
  readonly text: string;
  readonly content: EnvFile;
}

/**
 * The variables a project is read with. docker compose takes the environment first, then the files that it is given with
 * `--env-file` or by `COMPOSE_ENV_FILES`, or else `.env` in the project's folder; docker stack takes the environment alone, so there is nothing more to come
 * where that is known. The very object of before where nothing changed.
 */
export function projectVariables(
  host: Host,
  { target, files, envFiles }: ProjectFiles,
  before?: ProjectVariables,
): ProjectVariables {
  const folder = folderOf(files[0] ?? '');
  // An editor, and what starts without a shell, have no `PWD`; where docker compose runs there is one.
  const pwd = target === 'compose' ? /^file:\/\/(\/(?![a-z]:).*)$/.exec(folder)?.[1] : undefined;
  const lookup = (name: string): string | undefined => host.variable(name) ?? (name === 'PWD' ? pwd : undefined);
  const final = host.isToolsEnvironment && target === 'stack';
  const disabled = /^(1|t|true)$/i.test(host.variable('COMPOSE_DISABLE_ENV_FILE') ?? '');
  const given = envFiles ?? listed(host, folder);
  const dotEnv = `${folder}/.env`;
  const uris = target === 'stack' ? [] : given.length > 0 ? given : disabled ? [] : [dotEnv];
  const texts = uris.flatMap((uri) => {
    const text = host.readText(uri);
    return text === undefined ? [] : [{ uri, text }];
  });
  const same =
    before?.read.length === texts.length &&
    texts.every(({ uri, text }, i) => before.read[i]?.uri === uri && before.read[i].text === text);
  if (before && same) return before;
  const values = new Map<string, string>();
  const known = (name: string): string | undefined => lookup(name) ?? values.get(name);
  const read = texts.map(({ uri, text }): VariableFile => {
    const content = parseEnvFile(text, 'dotenv', known);
    for (const [name, value] of valuesOf(content)) values.set(name, value);
    return { uri, text, content };
  });
  return {
    lookup: known,
    final,
    envFile: read.find(({ uri }) => uri === dotEnv),
    read,
    origin: (name) => (lookup(name) === undefined ? read.findLast(sets(name))?.uri : undefined),
  };
}

function sets(name: string): (file: VariableFile) => boolean {
  return ({ content }) => content.entries.some((entry) => entry.name === name && entry.value !== undefined);
}

function listed(host: Host, folder: string): readonly string[] {
  const paths = (host.variable('COMPOSE_ENV_FILES') ?? '').split(',').filter(Boolean);
  return paths.flatMap((path) => resolveUri(folder, path) ?? []);
}
