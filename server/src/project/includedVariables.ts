import { parseEnvFile, valuesOf } from '../compose/model/envFile.js';
import type { Variables } from '../compose/model/file.js';
import { refuses } from '../compose/target.js';
import { LineIndex } from '../text/lineIndex.js';
import { fileName } from '../text/uri.js';
import type { Host } from './host.js';

/** What an included file sees: all that its includer does and, where that has no such variable, those of files of its own. */
export interface IncludedVariables {
  readonly variables: Variables;
  /** Files that were asked for and are not there. */
  readonly missing: readonly string[];
  /** Why docker compose cannot read one of them, as a sentence. */
  readonly problem: string | undefined;
  /** The texts that were read. */
  readonly texts: readonly string[];
  readonly outer: Variables;
}

/** Reads `envFiles`, or `.env` in the folder where none are named; the very object of before where nothing changed. */
export function includedVariables(
  host: Host,
  outer: Variables,
  folder: string,
  envFiles: readonly string[] | undefined,
  before?: IncludedVariables,
): IncludedVariables {
  const uris = envFiles ?? [`${folder}/.env`];
  const found = uris.flatMap((uri) => {
    const text = host.readText(uri);
    return text === undefined ? [] : [{ uri, text }];
  });
  const texts = found.map(({ text }) => text);
  if (before?.outer === outer && before.texts.length === texts.length && texts.every((it, i) => it === before.texts[i]))
    return before;
  const values = new Map<string, string>();
  const lookup = (name: string): string | undefined => outer.lookup(name) ?? values.get(name);
  let problem: string | undefined;
  for (const { uri, text } of found) {
    const content = parseEnvFile(text, 'dotenv', lookup);
    for (const [name, value] of valuesOf(content)) values.set(name, value);
    const [first] = content.problems;
    if (!first || problem !== undefined) continue;
    const line = new LineIndex(text).position(first.start).line + 1;
    problem = `\`${fileName(uri)}\`, line ${line}: ${first.message} ${refuses.compose}.`;
  }
  const missing = envFiles?.filter((uri) => !found.some((it) => it.uri === uri)) ?? [];
  const variables = values.size > 0 ? { lookup, final: outer.final } : outer;
  return { variables, missing, problem, texts, outer };
}
