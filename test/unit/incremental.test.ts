import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { suite, test } from 'node:test';
import { DiagnosticWriter } from '../../server/src/compose/rules/diagnostics.js';
import { rules } from '../../server/src/compose/rules/index.js';
import { readSource, type Source } from '../../server/src/compose/syntax/source.js';
import type { Block } from '../../server/src/compose/syntax/tree.js';
import { targets } from '../../server/src/compose/target.js';
import { Workspace, type ProjectFiles } from '../../server/src/project/workspace.js';
import { memoryHost } from '../support/memoryHost.js';
import { parseFixture } from '../support/fixture.js';
import { editRandomly, pickFrom, randomFrom } from '../support/randomEdits.js';

// What is kept between two versions of a text must never show: every answer is compared with that of a fresh start.

const sequences = Number(process.env['LONGSHORE_SEQUENCES'] ?? 1000);
const steps = 6;
/** Nothing people write takes longer; a loop without an end does. */
const patience = 2000;

const texts = readdirSync('test/rules').flatMap((name) =>
  parseFixture(readFileSync(`test/rules/${name}`, 'utf8')).flatMap(({ files }) => [...files.values()]),
);
const main = 'file:///project/compose.yaml';
const base = 'file:///project/base.yaml';

suite('after any edits', () => {
  test('a source equals one read afresh', () => {
    for (let seed = 0; seed < sequences; seed++) {
      const random = randomFrom(seed);
      let text = pickFrom(random, texts);
      let source: Source | undefined;
      for (let step = 0; step < steps; step++) {
        source = readSource(main, text, source);
        const fresh = readSource(main, text);
        assert.deepEqual(shown(source), shown(fresh), `Sequence ${seed}, step ${step}:\n${text}`);
        text = editRandomly(text, random, texts);
      }
    }
  });

  test('findings equal those of a new workspace, and come in time', () => {
    for (let seed = 0; seed < sequences; seed++) {
      const random = randomFrom(seed);
      const fail = (message: string): void => assert.fail(`Sequence ${seed}: ${message}`);
      const host = memoryHost({ [main]: pickFrom(random, texts), [base]: pickFrom(random, texts) }, { B: '1' });
      const workspace = new Workspace(host, rules, fail);
      const project: ProjectFiles = {
        target: pickFrom(random, targets),
        files: random() < 0.2 ? [main, base] : [main],
      };
      for (let step = 0; step < steps; step++) {
        const started = performance.now();
        const kept = findings(workspace, project);
        const took = performance.now() - started;
        const written = `step ${step}:\n${host.readText(main)}\n--- base.yaml\n${host.readText(base)}`;
        if (took > patience) fail(`${Math.round(took)} ms, ${written}`);
        const fresh = findings(new Workspace(host, rules, fail), project);
        assert.deepEqual(kept, fresh, `Sequence ${seed}, ${project.target}, ${written}`);
        const edited = random() < 0.8 ? main : base;
        host.set(edited, editRandomly(host.readText(edited) ?? '', random, texts));
      }
    }
  });
});

/** All of a source but where its blocks are looked for first. */
function shown({ blocks, directives, ...rest }: Source): unknown {
  const plain = (block: Block): Block => ({ ...block, hint: 0 });
  return {
    ...rest,
    blocks: blocks.map(({ block, ...cut }) => ({ ...cut, block: plain(block) })),
    directives: directives.map(plain),
  };
}

function findings(workspace: Workspace, files: ProjectFiles): readonly string[] {
  const { project, findings } = workspace.check(files, { severity: {} });
  return [...new DiagnosticWriter().write(project, findings)]
    .flatMap(([uri, diagnostics]) =>
      diagnostics.map(
        ({ range: { start, end }, severity, code, message }) =>
          `${uri} ${start.line}:${start.character}-${end.line}:${end.character} ${severity} ${code} ${message}`,
      ),
    )
    .sort();
}
