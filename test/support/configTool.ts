import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Target } from '../../server/src/compose/target.js';
import { ensureDockerCli } from '../setup/dockerCli.mjs';
import { run } from '../setup/proc.mjs';

export interface Question {
  /** What is asked about, in this order; without any, what the tool finds by itself. */
  readonly files?: readonly string[];
  readonly cwd?: string;
  readonly flags?: readonly string[];
  /** All that files may see of an environment. */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface Verdict {
  readonly accepted: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `docker compose config` or `docker stack config` says. As many are asked at a time as there are cores. */
export function askTool(target: Target, question: Question): Promise<Verdict> {
  return inTurn(() => ask(target, question));
}

/** The same about texts by path, in a folder of their own. */
export function askToolAbout(
  target: Target,
  texts: Iterable<readonly [path: string, text: string]>,
  question: Question = {},
): Promise<Verdict> {
  return inTurn(async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'longshore-'));
    try {
      for (const [path, text] of texts) {
        mkdirSync(dirname(join(cwd, path)), { recursive: true });
        writeFileSync(join(cwd, path), text);
      }
      return await ask(target, { ...question, cwd });
    } finally {
      rmSync(cwd, { recursive: true, force: true });
    }
  });
}

async function ask(target: Target, question: Question): Promise<Verdict> {
  const { files = [], cwd = process.cwd(), flags = [], variables } = question;
  const { docker, compose, env } = await ensureDockerCli({ log: console.log });
  const [command, args] =
    target === 'compose'
      ? [compose, [...files.flatMap((file) => ['-f', file]), 'config', ...flags]]
      : [docker, ['stack', 'config', ...files.flatMap((file) => ['-c', file]), ...flags]];
  const { code, stdout, stderr } = await run(command, args, {
    cwd,
    bare: true,
    env: { PATH: process.env['PATH'], HOME: cwd, ...env, ...variables },
    check: false,
  });
  return { accepted: code === 0, stdout, stderr };
}

let free = availableParallelism();
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
  else free--;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free++;
  }
}
