import { parseEnvFile, valuesOf, type EnvFile } from '../compose/model/envFile.js';
import type { Variables } from '../compose/model/file.js';
import type { Target } from '../compose/target.js';
import type { Host } from './host.js';

export interface ProjectVariables extends Variables {
  /** The `.env` file that was read, if any. */
  readonly envFile: { readonly uri: string; readonly text: string; readonly content: EnvFile } | undefined;
}

/**
 * The variables a project is read with. docker compose takes the environment first, then `.env` in the project's folder;
 * docker stack takes the environment alone, so there is nothing more to come where that is known. The very object of before where nothing changed.
 */
export function projectVariables(
  host: Host,
  folder: string,
  target: Target,
  before?: ProjectVariables,
): ProjectVariables {
  const lookup = (name: string): string | undefined => host.variable(name);
  const final = host.isToolsEnvironment && target === 'stack';
  const disabled = /^(1|t|true)$/i.test(host.variable('COMPOSE_DISABLE_ENV_FILE') ?? '');
  const uri = `${folder}/.env`;
  const text = target === 'compose' && !disabled ? host.readText(uri) : undefined;
  if (before && before.envFile?.text === text) return before;
  if (text === undefined) return { lookup, final, envFile: undefined };
  const content = parseEnvFile(text, 'dotenv', lookup);
  const values = valuesOf(content);
  return { lookup: (name) => lookup(name) ?? values.get(name), final, envFile: { uri, text, content } };
}
