import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { format, resolveConfig } from 'prettier';
import { rules } from '../../server/src/compose/rules/index.js';
import { targets, type Target } from '../../server/src/compose/target.js';
import { Workspace } from '../../server/src/project/workspace.js';
import { ensureDockerCli } from '../setup/dockerCli.mjs';
import { askToolAbout } from '../support/configTool.js';
import { memoryHost } from '../support/memoryHost.js';
import { knownDifference } from './schemaDifferences.js';
import { besideTheCase, schemaCases, type Case } from './schemaCases.js';

// Compares our verdict with that of `docker compose config` and `docker stack config` for every key of the attribute table in
// every shape. The tools' verdicts are recorded, as asking them all takes minutes; each run asks them again about some.
//   UPDATE=new   asks about cases without a recorded verdict, and records the answers
//   UPDATE=all   asks about every case: after a new release of a tool
//   SAMPLE=N     asks about N cases of each target

const update = process.env.UPDATE;
const sampleSize = Number(process.env.SAMPLE ?? 250);

interface Recorded {
  /** The tool that was asked, with its version. */
  readonly tool: string;
  readonly paths: Readonly<Record<string, PathVerdicts>>;
}

interface PathVerdicts {
  /** A digest of the cases' texts: other cases are other questions. */
  readonly cases: string;
  /** Shapes. */
  readonly accepted: readonly string[];
  readonly refused: readonly string[];
}

for (const target of targets) {
  describe(target, () => {
    const cases = [...schemaCases(target)];

    test('the recorded verdicts are those of the tool', { timeout: 3_600_000 }, async (t) => {
      const tool = await toolName(target);
      if (update !== undefined) await record(target, cases, tool, update === 'all');
      const recorded = known(target, cases);
      const { tool: recordedWith } = read(target);
      const sample = pickSome(cases, sampleSize);
      const answers = await Promise.all(sample.map(isAccepted));
      const changed = sample.filter((one, index) => answers[index] !== recorded(one)).map(titleOf);
      t.diagnostic(`asked ${tool} about ${String(sample.length)} of ${String(cases.length)} cases`);
      if (tool === recordedWith) assert.equal(changed.join('\n'), '');
      else
        t.diagnostic(`recorded with ${recordedWith}; this one answers ${String(changed.length)} cases in another way`);
    });

    test('our verdicts are those of the tool', (t) => {
      const recorded = known(target, cases);
      const agreement = new Map<string, Tally>();
      const wrong: string[] = [];
      // Where some text is taken, an unset variable might hold that, and is no error of the file.
      const fillable = new Set(cases.flatMap((one) => (one.isText && recorded(one) ? one.path : [])));
      for (const one of cases) {
        const accepted = recorded(one);
        if (accepted === undefined) {
          wrong.push(`${titleOf(one)}: not recorded, run with UPDATE=new`);
          continue;
        }
        const severities = severitiesOf(one);
        const outcome = outcomeOf(one, accepted, severities, fillable.has(one.path));
        const difference = outcome === 'agreed' ? undefined : knownDifference(one, outcome);
        const tally = agreement.get(one.shape) ?? { agreed: 0, known: 0, 'false alarm': 0, miss: 0 };
        agreement.set(one.shape, tally);
        tally[difference === undefined ? outcome : 'known']++;
        if (outcome !== 'agreed' && difference === undefined) wrong.push(`${outcome}: ${titleOf(one)}`);
      }
      for (const line of tableOf(agreement)) t.diagnostic(line);
      assert.equal(wrong.join('\n'), '');
    });
  });
}

type Outcome = 'agreed' | 'false alarm' | 'miss';
type Tally = Record<Outcome | 'known', number>;

function outcomeOf({ unset }: Case, accepted: boolean, severities: ReadonlySet<string>, fillable: boolean): Outcome {
  if (severities.has('error')) return accepted || (unset && fillable) ? 'false alarm' : 'agreed';
  return accepted || (unset && severities.has('warning')) ? 'agreed' : 'miss';
}

const folder = 'file:///project';

function severitiesOf({ target, text }: Case): ReadonlySet<string> {
  const beside = Object.entries(besideTheCase).map(([name, content]) => [`${folder}/${name}`, content] as const);
  const uri = `${folder}/case.yaml`;
  const host = memoryHost({ ...Object.fromEntries(beside), [uri]: text });
  const workspace = new Workspace(host, rules, (message) => assert.fail(message));
  const { findings } = workspace.check({ target, files: [uri] }, { severity: {} });
  return new Set(findings.map(({ severity }) => severity));
}

function titleOf({ target, path, shape }: Case): string {
  return `${target} ${path}: ${shape}`;
}

function tableOf(agreement: ReadonlyMap<string, Tally>): readonly string[] {
  const rows = [...agreement].map(([shape, { agreed, known, miss, 'false alarm': alarms }]) => [
    shape,
    agreed,
    known,
    miss,
    alarms,
  ]);
  const sums = [1, 2, 3, 4].map((column) => rows.reduce((sum, row) => sum + Number(row[column]), 0));
  return [['shape', 'agreed', 'known', 'missed', 'false alarms'], ...rows, ['all', ...sums]].map((row) =>
    row.map((cell, column) => (column === 0 ? String(cell).padEnd(30) : String(cell).padStart(12))).join(''),
  );
}

const fileOf = (target: Target): string => join('test', 'fixtures', 'differential', `${target}.json`);

function read(target: Target): Recorded {
  return JSON.parse(readFileSync(fileOf(target), 'utf8')) as Recorded;
}

/** What is recorded of the cases as they are now. */
function known(target: Target, cases: readonly Case[]): (one: Case) => boolean | undefined {
  const { paths } = read(target);
  const digests = digestsOf(cases);
  return ({ path, shape }) => {
    const verdicts = paths[path];
    if (verdicts?.cases !== digests.get(path)) return undefined;
    if (verdicts?.accepted.includes(shape)) return true;
    return verdicts?.refused.includes(shape) ? false : undefined;
  };
}

function digestsOf(cases: readonly Case[]): ReadonlyMap<string, string> {
  const digest = (group: readonly Case[] = []): string =>
    createHash('sha256')
      .update(JSON.stringify(group.map(({ shape, text }) => [shape, text])))
      .digest('hex')
      .slice(0, 12);
  return new Map(Object.entries(byPath(cases)).map(([path, group]) => [path, digest(group)]));
}

function byPath(cases: readonly Case[]): Readonly<Record<string, readonly Case[]>> {
  const groups: Record<string, Case[]> = {};
  for (const one of cases) (groups[one.path] ??= []).push(one);
  return groups;
}

/** Asks about all cases, or only about those that are not recorded with this very tool, and writes the record. */
async function record(target: Target, cases: readonly Case[], tool: string, all: boolean): Promise<void> {
  const keep = !all && existsSync(fileOf(target)) && read(target).tool === tool;
  const before = keep ? known(target, cases) : () => undefined;
  const answers = await Promise.all(cases.map((one) => before(one) ?? isAccepted(one)));
  const accepted = new Set(cases.filter((_, index) => answers[index]));
  const digests = digestsOf(cases);
  const paths = Object.entries(byPath(cases)).map(([path, group]): readonly [string, PathVerdicts] => [
    path,
    {
      cases: digests.get(path) ?? '',
      accepted: group.filter((one) => accepted.has(one)).map(({ shape }) => shape),
      refused: group.filter((one) => !accepted.has(one)).map(({ shape }) => shape),
    },
  ]);
  const recorded: Recorded = { tool, paths: Object.fromEntries(paths) };
  const style = await resolveConfig(fileOf(target));
  writeFileSync(fileOf(target), await format(JSON.stringify(recorded), { ...style, parser: 'json' }));
}

/** The tool that is asked, with its version. */
async function toolName(target: Target): Promise<string> {
  const { version, composeVersion } = await ensureDockerCli({ log: console.log });
  return target === 'compose' ? `docker compose ${composeVersion.replace(/-.*/, '')}` : `docker CLI ${version}`;
}

async function isAccepted({ target, text }: Case): Promise<boolean> {
  const texts = [...Object.entries(besideTheCase), ['case.yaml', text] as const];
  const flags = target === 'compose' ? ['-q'] : [];
  return (await askToolAbout(target, texts, { files: ['case.yaml'], flags })).accepted;
}

function pickSome<T>(from: readonly T[], count: number): readonly T[] {
  const left = [...from];
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(Math.floor(Math.random() * left.length), 1),
  ).flat();
}
