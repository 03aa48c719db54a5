import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { before, suite, test } from 'node:test';
import { check } from '../../../server/src/cli/check.js';

interface Report {
  readonly files: readonly { readonly path: string; readonly diagnostics: readonly Finding[] }[];
}

interface Finding {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly character: number;
}

/** `line` counts from 1; `text` is what the range covers of that line; `match` is a regular expression for the message. */
interface Expectation {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly code: string;
  readonly match: string;
}

const expectations = JSON.parse(
  readFileSync('test/fixtures/brokenExpectations.json', 'utf8'),
) as readonly Expectation[];
const names = readdirSync('examples', { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

suite('examples', () => {
  let broken: readonly Found[] = [];
  before(() => {
    broken = findings('examples/broken');
  });

  for (const name of names.filter((it) => it !== 'broken')) {
    test(`${name} has no errors and no warnings`, () => {
      const found = findings(`examples/${name}`).filter(
        ({ severity }) => severity === 'error' || severity === 'warning',
      );
      assert.deepEqual(found, []);
    });
  }

  for (const { file, line, text, code, match } of expectations) {
    test(`broken/${file}:${line} has ${code}`, () => {
      const found = broken.filter(({ path }) => path === `examples/broken/${file}`);
      const fits = found.some(
        (it) => it.code === code && it.line === line && it.text === text && new RegExp(match).test(it.message),
      );
      assert.ok(fits, `Found instead: ${JSON.stringify(found, undefined, 2)}`);
    });
  }
});

interface Found {
  readonly path: string;
  readonly line: number;
  readonly text: string;
  readonly code: string;
  readonly severity: string;
  readonly message: string;
}

function findings(folder: string): readonly Found[] {
  let json = '';
  check(['--format', 'json', '--min-severity', 'warning', folder], { out: (text) => (json += text), err: assert.fail });
  return (JSON.parse(json) as Report).files.flatMap(({ path, diagnostics }) => {
    const lines = diagnostics.length > 0 ? readFileSync(path, 'utf8').split('\n') : [];
    return diagnostics.map(({ range: { start, end }, ...finding }) => ({
      path,
      line: start.line + 1,
      text: lines[start.line]?.slice(start.character, end.line === start.line ? end.character : undefined) ?? '',
      ...finding,
    }));
  });
}
