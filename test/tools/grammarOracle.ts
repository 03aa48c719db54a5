import { parse } from 'yaml';
import type { Target } from '../../server/src/compose/target.js';
import { askToolAbout } from '../support/configTool.js';

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
  const answers = new Map<number, Verdict>();
  const askAbout = async (indexes: readonly number[]): Promise<void> => {
    if (indexes.length === 0) return;
    const printed = await config(target, questions, indexes);
    if ('services' in printed) {
      for (const index of indexes) answers.set(index, { service: printed.services[`s${index}`] ?? {} });
    } else if (indexes.length === 1) {
      for (const index of indexes) answers.set(index, printed);
    } else {
      const middle = indexes.length >> 1;
      await Promise.all([askAbout(indexes.slice(0, middle)), askAbout(indexes.slice(middle))]);
    }
  };
  const all = questions.map((_, index) => index);
  const together = all.filter((index) => !apart(index));
  await Promise.all([together, ...all.filter(apart).map((index) => [index])].map(askAbout));
  return all.map((index) => answers.get(index) ?? { refusal: 'not asked' });
}

async function config(
  target: Target,
  questions: readonly Question[],
  indexes: readonly number[],
): Promise<{ readonly services: Readonly<Record<string, PrintedService>> } | { readonly refusal: string }> {
  const texts = new Map<string, string>();
  const services = indexes.map((index) => {
    const { body, file } = questions[index] ?? { body: '' };
    if (file !== undefined) texts.set(`${index}.env`, file);
    return `  s${index}:\n    image: a\n    ${body.replaceAll('\n', '\n    ')}\n`;
  });
  const volumes = target === 'compose' ? 'volumes: { data: {}, vv: {} }\n' : '';
  texts.set('file.yaml', `${volumes}services:\n${services.join('')}`);
  const { accepted, stdout, stderr } = await askToolAbout(target, texts, {
    files: ['file.yaml'],
    flags: target === 'compose' ? ['--format', 'json'] : [],
    variables: environment,
  });
  return accepted ? (parse(stdout) as { services: Record<string, PrintedService> }) : { refusal: stderr };
}
