import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { DiagnosticWriter } from '../../server/src/compose/rules/diagnostics.js';
import { rules } from '../../server/src/compose/rules/index.js';
import { projectsIn } from '../../server/src/project/discover.js';
import { Workspace } from '../../server/src/project/workspace.js';
import { ensureDockerCli } from '../setup/dockerCli.mjs';
import { memoryHost } from '../support/memoryHost.js';
import { caseKinds, projectCase, textsOf } from './projectCases.js';
import type { Folder } from './projectParts.js';

// Whole folders of files, made by chance and the same each time, put before `docker compose config` in that folder, before it with `-f`,
// or before `docker stack config` with `-c`: the tool refuses what has an error of ours, and takes what has none.
//   SEEDS=N  makes N folders of each kind
//   FROM=N   begins with another seed

const seeds = Number(process.env['SEEDS'] ?? 20);
const from = Number(process.env['FROM'] ?? 1);

/** What is said here is what these releases say: Compose 5, for one, merges what is included twice. */
const judgedAs = 'docker compose 2.40';

type Outcome = 'agreed' | 'warned' | 'by chance' | 'missed' | 'false alarm' | 'misplaced';
const outcomes: readonly Outcome[] = ['agreed', 'warned', 'by chance', 'missed', 'false alarm', 'misplaced'];

describe('projects', () => {
  test('are judged as the tools judge them', { timeout: 900_000 }, async (t) => {
    const { ask, name } = await startTools();
    const cases = caseKinds.flatMap((kind) =>
      Array.from({ length: seeds }, (_, index) => ({
        kind,
        seed: from + index,
        folder: projectCase(kind, from + index),
      })),
    );
    const tally = new Map(caseKinds.map((kind) => [kind, new Map<Outcome | 'refused', number>()]));
    const wrong: string[] = [];
    await inPool(cases, async ({ kind, seed, folder }) => {
      const refusal = await ask(folder);
      const found = findingsIn(folder);
      const first = outcomeOf(folder, refusal, found);
      const outcome = isWrong(first) && (await wavers(ask, folder, refusal)) ? 'by chance' : first;
      const counts = tally.get(kind);
      for (const it of refusal === undefined ? [outcome] : [outcome, 'refused' as const])
        counts?.set(it, (counts.get(it) ?? 0) + 1);
      if (isWrong(outcome))
        wrong.push(
          [`${outcome}: ${kind}, seed ${seed}`, `  tool: ${refusal ?? 'takes it'}`, ...found.map(told)].join('\n'),
        );
    });
    for (const line of tableOf(tally)) t.diagnostic(line);
    if (name === judgedAs) assert.equal(wrong.join('\n'), '');
    else t.diagnostic(`we say what ${judgedAs} says; ${name} judges ${String(wrong.length)} folders in another way`);
  });
});

function isWrong(outcome: Outcome): boolean {
  return outcome === 'missed' || outcome === 'false alarm' || outcome === 'misplaced';
}

/** docker compose 2.40.3 walks maps in any order, and so it takes and refuses the very same files where one mistake hides another. */
async function wavers(ask: Ask, folder: Folder, before: string | undefined): Promise<boolean> {
  for (let again = 0; again < 12; again++) {
    if (((await ask(folder)) === undefined) !== (before === undefined)) return true;
  }
  return false;
}

interface Found {
  readonly path: string;
  readonly line: number;
  readonly code: string;
  readonly message: string;
  readonly isError: boolean;
}

/** A warning is no silence where a file is missing or a variable is not set: both may be there where it is used. */
function outcomeOf({ owner }: Folder, refusal: string | undefined, found: readonly Found[]): Outcome {
  const errors = found.filter(({ isError }) => isError);
  if (refusal === undefined) return errors.length > 0 ? 'false alarm' : 'agreed';
  if (errors.length === 0) return found.length > 0 ? 'warned' : 'missed';
  return owner === undefined || errors.some(({ path }) => path === owner) ? 'agreed' : 'misplaced';
}

const root = 'file:///project';

/** What we say of a folder: errors, and warnings about what makes a tool stop. */
function findingsIn(folder: Folder): readonly Found[] {
  const texts = Object.entries(textsOf(folder)).map(([path, text]) => [`${root}/${path}`, text] as const);
  const host = memoryHost(Object.fromEntries(texts), { HOME: '/home/user' });
  const workspace = new Workspace(host, rules, (message) => assert.fail(message));
  const { target = 'compose', given = [] } = folder;
  const listed = given.map((path) => `${root}/${path}`);
  const projects = listed.length > 0 ? [{ target, files: listed }] : projectsIn(host, workspace, root, target);
  const stops = new Set(
    rules.filter(({ severity, stops = false }) => severity === 'error' || stops).map(({ id }) => id),
  );
  return projects.flatMap((project) => {
    const checked = workspace.check(project, { severity: {} });
    return Array.from(new DiagnosticWriter().write(checked.project, checked.findings)).flatMap(([uri, diagnostics]) =>
      diagnostics
        .filter(({ severity, code }) => severity === 'error' || stops.has(code) || code === 'variable-unset')
        .map(({ severity, code, message, range }) => ({
          path: uri.slice(root.length + 1),
          line: range.start.line + 1,
          code,
          message,
          isError: severity === 'error',
        })),
    );
  });
}

/** Puts a folder before its tool: what that says when it refuses. */
type Ask = (folder: Folder) => Promise<string | undefined>;

async function startTools(): Promise<{ readonly ask: Ask; readonly name: string }> {
  const { docker, env, composeVersion } = await ensureDockerCli({ log: () => undefined });
  const name = `docker compose ${/^\d+\.\d+/.exec(composeVersion)?.[0] ?? composeVersion}`;
  const ask: Ask = async (folder) => {
    const home = mkdtempSync(join(tmpdir(), 'longshore-projects-'));
    const at = join(home, 'project');
    try {
      for (const [path, text] of Object.entries(textsOf(folder))) {
        mkdirSync(dirname(join(at, path)), { recursive: true });
        writeFileSync(join(at, path), text);
      }
      const isStack = folder.target === 'stack';
      const files = (folder.given ?? []).flatMap((path) => [isStack ? '-c' : '-f', path]);
      const args = isStack ? ['stack', 'config', ...files] : ['compose', ...files, 'config', '--quiet'];
      return await refusal(docker, args, at, { PATH: process.env['PATH'], HOME: '/home/user', ...env });
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  };
  return { ask, name };
}

function refusal(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (data: Buffer) => (said += data.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve(code === 0 ? undefined : (/^panic:.*/m.exec(said)?.[0] ?? said.trim().split('\n').at(-1)));
    });
  });
}

async function inPool<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  };
  await Promise.all(Array.from({ length: 4 }, worker));
}

function told({ path, line, code, message }: Found): string {
  return `  ours: ${path}:${line} ${code}: ${message}`;
}

function tableOf(tally: ReadonlyMap<string, ReadonlyMap<Outcome | 'refused', number>>): readonly string[] {
  const columns = ['refused', ...outcomes] as const;
  const rows = [...tally].map(([kind, counts]) => [kind, ...columns.map((it) => counts.get(it) ?? 0)]);
  const sums = columns.map((_, column) => rows.reduce((sum, row) => sum + Number(row[column + 1]), 0));
  return [['kind', ...columns], ...rows, ['all', ...sums]].map((row) =>
    row.map((cell, column) => (column === 0 ? String(cell).padEnd(24) : String(cell).padStart(12))).join(''),
  );
}
