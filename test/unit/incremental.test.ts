import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { suite, test } from 'node:test';
import { documentLinks } from '../../server/src/compose/features/documentLinks.js';
import { documentSymbols } from '../../server/src/compose/features/documentSymbols.js';
import { foldingRanges } from '../../server/src/compose/features/foldingRanges.js';
import { semanticTokens } from '../../server/src/compose/features/semanticTokens.js';
import { DiagnosticWriter } from '../../server/src/compose/rules/diagnostics.js';
import { rules } from '../../server/src/compose/rules/index.js';
import { placeOf, readSource, type Source } from '../../server/src/compose/syntax/source.js';
import type { Block, Node } from '../../server/src/compose/syntax/tree.js';
import { targets } from '../../server/src/compose/target.js';
import { Workspace, type ProjectFiles } from '../../server/src/project/workspace.js';
import { lineDiff } from '../../server/src/text/lineDiff.js';
import { LineIndex } from '../../server/src/text/lineIndex.js';
import { memoryHost } from '../support/memoryHost.js';
import { parseFixture } from '../support/fixture.js';
import { editRandomly, pickFrom, randomFrom } from '../support/randomEdits.js';

// What is kept between two versions of a text must never show: every answer is compared with that of a fresh start.

// `npm run fuzz` does the same for longer: see test/fuzz.mjs.

const first = Number(process.env['LONGSHORE_FIRST_SEQUENCE'] ?? 0);
const sequences = Number(process.env['LONGSHORE_SEQUENCES'] ?? 1000);
const steps = 6;
/** How many times longer than most no answer may take: what a person types costs about the same, and a loop without an end does not. */
const outlier = 5000;

const texts = readdirSync('test/rules').flatMap((name) =>
  parseFixture(readFileSync(`test/rules/${name}`, 'utf8')).flatMap(({ files }) => [...files.values()]),
);
const main = 'file:///project/compose.yaml';
const base = 'file:///project/base.yaml';

suite('after any edits', () => {
  test('a source equals one read afresh', () => {
    for (let seed = first; seed < first + sequences; seed++) {
      const random = randomFrom(seed);
      let text = pickFrom(random, texts);
      let content = inChunks(text);
      let source: Source | undefined;
      for (let step = 0; step < steps; step++) {
        source = readSource(main, random() < 0.8 ? content : text, source);
        const fresh = readSource(main, text);
        assert.deepEqual(shown(source), shown(fresh), `Sequence ${seed}, step ${step}:\n${text}`);
        const next = editRandomly(text, random, texts);
        content = typed(content, next);
        text = next;
        assert.equal(content.text, text);
      }
    }
  });

  test('findings, outline, folds, colours and links equal those of a new workspace, and those of before once the edit is undone', () => {
    const times: number[] = [];
    let slowest = { took: 0, again: (): number => 0, text: '' };
    for (let seed = first; seed < first + sequences; seed++) {
      const random = randomFrom(seed);
      const fail = (message: string): void => assert.fail(`Sequence ${seed}: ${message}`);
      const host = memoryHost({ [main]: pickFrom(random, texts), [base]: pickFrom(random, texts) }, { B: '1' });
      // Every other sequence is typed into open documents.
      const open = new Map([main, base].map((uri) => [uri, inChunks(host.readText(uri) ?? '')]));
      const workspace = new Workspace(seed % 2 ? { ...host, edited: (uri) => open.get(uri) } : host, rules, fail);
      const write = (uri: string, text: string): void => {
        host.set(uri, text);
        open.set(uri, typed(open.get(uri) ?? inChunks(''), text));
      };
      const project: ProjectFiles = {
        target: pickFrom(random, targets),
        files: random() < 0.2 ? [main, base] : [main],
      };
      let before = answers(workspace, project);
      for (let step = 0; step < steps; step++) {
        const edited = random() < 0.8 ? main : base;
        const text = host.readText(edited) ?? '';
        const written = editRandomly(text, random, texts);
        write(edited, written);
        const said = (): string => `step ${step}:\n${host.readText(main)}\n--- base.yaml\n${host.readText(base)}`;
        const started = performance.now();
        const kept = answers(workspace, project);
        const took = performance.now() - started;
        times.push(took);
        if (took > slowest.took) {
          const files = { [main]: host.readText(main) ?? '', [base]: host.readText(base) ?? '' };
          const again = (): number => timeOf(() => answers(new Workspace(memoryHost(files), rules, fail), project));
          slowest = { took, again, text: said() };
        }
        assert.deepEqual(kept, answers(new Workspace(host, rules, fail), project), `Sequence ${seed}, ${said()}`);
        write(edited, text);
        assert.deepEqual(answers(workspace, project), before, `Sequence ${seed}, undone, ${said()}`);
        write(edited, written);
        before = answers(workspace, project);
        assert.deepEqual(before, kept, `Sequence ${seed}, done again, ${said()}`);
      }
    }
    const usual = times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
    // A machine that did something else meanwhile is no fault: what took long is asked again.
    const fastest = Math.min(slowest.again(), slowest.again(), slowest.again());
    console.log(
      `${times.length} edits: ${usual.toFixed(2)} ms in the middle, the slowest ${slowest.took.toFixed(1)} ms, and ${fastest.toFixed(1)} ms when read anew.`,
    );
    assert.ok(fastest < outlier * usual, `${fastest} ms, where most take ${usual} ms: ${slowest.text}`);
  });
});

/** Small ones, so that every text has many of them. */
function inChunks(text: string): LineIndex {
  return new LineIndex(text, 64);
}

/** A document after the edits that make another text of it. */
function typed(before: LineIndex, text: string): LineIndex {
  const edits = lineDiff(before.text, text).toReversed();
  return edits.reduce((content, { start, end, text: put }) => content.replace({ start, end }, put), before);
}

function timeOf(run: () => void): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

/** All of a source but where its blocks are looked for first. */
function shown({ content, blocks, directives, anchored, ...rest }: Source): unknown {
  const plain = ({ root, anchors, ...block }: Block) => ({
    ...block,
    hint: 0,
    nodes: flat(root),
    anchors: anchors.map(({ name, node }) => `${name} ${node.kind} ${node.start}`),
  });
  return {
    ...rest,
    text: content.text,
    blocks: blocks.map(({ block, ...cut }) => ({ ...cut, block: plain(block) })),
    directives: directives.map(plain),
    anchored: anchored.map(plain),
  };
}

/** A tree as a list, as it may be nested deeper than two trees can be compared. */
function flat(root: Node | undefined): readonly unknown[] {
  const nodes: unknown[] = [];
  const open = root ? [root] : [];
  for (let node = open.pop(); node; node = open.pop()) {
    const children =
      node.kind === 'map'
        ? node.entries.flatMap(({ key, value }) => [key, value])
        : node.kind === 'seq'
          ? node.items
          : [];
    nodes.push({ ...node, entries: undefined, items: undefined, children: children.length });
    open.push(...children);
  }
  return nodes;
}

/** What is found in the files, and what is kept for each block of the first. */
function answers(workspace: Workspace, files: ProjectFiles): unknown {
  const { project, findings } = workspace.check(files, { severity: {} });
  const source = project.files.get(main)?.source;
  const found = [...new DiagnosticWriter().write(project, findings)].flatMap(([uri, diagnostics]) =>
    diagnostics.map(
      ({ range: { start, end }, severity, code, message }) =>
        `${uri} ${start.line}:${start.character}-${end.line}:${end.character} ${severity} ${code} ${message}`,
    ),
  );
  // Whichever files they are: some are there, and others are not.
  const isThere = (uri: string): boolean => uri.length % 2 === 0;
  return {
    findings: found.sort(),
    outline: source && documentSymbols(source),
    folds: source && foldingRanges(source),
    colours: semanticTokens(project, main),
    links: documentLinks(project, main, 'file:///project', isThere).map(
      ({ at, ...link }) =>
        `${JSON.stringify(link)} ${source && placeOf(source, at.block)?.start} ${at.start}-${at.end}`,
    ),
  };
}
