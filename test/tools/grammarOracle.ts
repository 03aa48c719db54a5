import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Target } from '../../server/src/compose/target.js';
import { ensureDockerCli } from '../setup/dockerCli.mjs';
import { run } from '../setup/proc.mjs';

/** A service as `config` prints it, or what the tool says instead. */
export type Verdict = { readonly service: PrintedService } | { readonly refusal: string };
export type PrintedService = Readonly<Record<string, unknown>>;

export interface Question {
  /** YAML lines below the service's name, which has `image` already; flow style is easiest. */
  readonly body: string;
  /** A file beside the Compose file, named by the question's number: `0.env`. */
  readonly file?: string;
}

/** The variables of the tool's environment. */
export const environment: Readonly<Record<string, string>> = {
  FULL: 'first',
  EMPTY: '',
  JSON: '{"a":2}',
  lower: 'small',
};

/**
 * Asks `docker compose config` or `docker stack config` about services. They are put into one file as long as all are accepted;
 * a refused file is halved until the culprits stand alone. Questions that are likely refused belong into `apart`.
 */
export async function ask(
  target: Target,
  questions: readonly Question[],
  apart: (index: number) => boolean,
): Promise<readonly Verdict[]> {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-grammars-'));
  const answers = new Map<number, Verdict>();
  const askAbout = async (indexes: readonly number[]): Promise<void> => {
    if (indexes.length === 0) return;
    const printed = await config(target, folder, questions, indexes);
    if ('services' in printed) {
      for (const index of indexes) answers.set(index, { service: printed.services[`s${index}`] ?? {} });
    } else if (indexes.length === 1) {
      for (const index of indexes) answers.set(index, printed);
    } else {
      const middle = indexes.length >> 1;
      await askAbout(indexes.slice(0, middle));
      await askAbout(indexes.slice(middle));
    }
  };
  try {
    const all = questions.map((_, index) => index);
    await askAbout(all.filter((index) => !apart(index)));
    const alone = all.filter(apart);
    const worker = async (): Promise<void> => {
      for (let index = alone.pop(); index !== undefined; index = alone.pop()) await askAbout([index]);
    };
    await Promise.all([worker(), worker()]);
    return all.map((index) => answers.get(index) ?? { refusal: 'not asked' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function config(
  target: Target,
  folder: string,
  questions: readonly Question[],
  indexes: readonly number[],
): Promise<{ readonly services: Readonly<Record<string, PrintedService>> } | { readonly refusal: string }> {
  const { docker, env } = await ensureDockerCli({ log: () => undefined });
  const cwd = mkdtempSync(join(folder, 'ask-'));
  const services = indexes.map((index) => {
    const { body, file } = questions[index] ?? { body: '' };
    if (file !== undefined) writeFileSync(join(cwd, `${index}.env`), file);
    return `  s${index}:\n    image: a\n    ${body.replaceAll('\n', '\n    ')}\n`;
  });
  const volumes = target === 'compose' ? 'volumes: { data: {}, vv: {} }\n' : '';
  const path = join(cwd, 'file.yaml');
  writeFileSync(path, `${volumes}services:\n${services.join('')}`);
  const args =
    target === 'compose' ? ['compose', '-f', path, 'config', '--format', 'json'] : ['stack', 'config', '-c', path];
  const { code, stdout, stderr } = await run(docker, args, { cwd, env: { ...env, ...environment }, check: false });
  return code === 0 ? (parse(stdout) as { services: Record<string, PrintedService> }) : { refusal: stderr };
}
