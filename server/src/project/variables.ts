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
  const read = readFiles(host, uris, lookup, before?.read);
  if (before && read === before.read) return before;
  return { ...layered(lookup, read), final, envFile: read.find(({ uri }) => uri === dotEnv), read };
}

/** The variables of a file that is included. */
export interface IncludedVariables extends Variables {
  /** Those of the file that includes it, which count more. */
  readonly base: Variables;
  readonly read: readonly VariableFile[];
}

/** Those of the file that includes it, and where it has none those of its own files. The very object of before where nothing changed. */
export function includedVariables(
  host: Host,
  base: Variables,
  uris: readonly string[],
  before?: IncludedVariables,
): IncludedVariables {
  const known = before?.base === base ? before : undefined;
  const read = readFiles(host, uris, (name) => base.lookup(name), known?.read);
  if (known && read === known.read) return known;
  return { ...layered((name) => base.lookup(name), read), final: base.final, base, read };
}

/** The files that are there, each read with what `lookup` and those before it give. The very list of before where nothing changed. */
function readFiles(
  host: Host,
  uris: readonly string[],
  lookup: Variables['lookup'],
  before: readonly VariableFile[] = [],
): readonly VariableFile[] {
  const texts = uris.flatMap((uri) => {
    const text = host.readText(uri);
    return text === undefined ? [] : [{ uri, text }];
  });
  const same =
    before.length === texts.length &&
    texts.every(({ uri, text }, i) => before[i]?.uri === uri && before[i].text === text);
  if (same) return before;
  const read: VariableFile[] = [];
  for (const { uri, text } of texts)
    read.push({ uri, text, content: parseEnvFile(text, 'dotenv', layered(lookup, read).lookup) });
  return read;
}

/** What is looked up first, and below it the files, of which a later one counts. */
function layered(
  lookup: Variables['lookup'],
  read: readonly VariableFile[],
): Pick<ProjectVariables, 'lookup' | 'origin'> {
  const values = new Map(read.flatMap(({ content }) => [...valuesOf(content)]));
  return {
    lookup: (name) => lookup(name) ?? values.get(name),
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
