import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { rules } from '../../server/src/compose/rules/index.js';
import type { Rule } from '../../server/src/compose/rules/rule.js';
import { linkRules } from '../../server/src/project/proxy/rules/index.js';
import type { LinkRule } from '../../server/src/project/proxy/rules/rule.js';
import { proxyRules } from '../../server/src/proxy/rules/index.js';
import { checkCase, notesOf, type Found } from '../support/checkRules.js';
import { rulesPage } from '../support/rulesPage.js';
import { parseFixture, writeCase, type FixtureCase } from '../support/fixture.js';

// A fixture for each rule in test/rules; `UPDATE=1` writes what is found into them.

/** Those that see the project alone, and those that see its proxies too. */
const all: readonly (Rule | LinkRule)[] = [...rules, ...linkRules];
const update = process.env['UPDATE'] === '1';
const fixtureFile = (rule: Rule | LinkRule): string => join('test/rules', `${rule.id}.yaml`);
const casesOf = (rule: Rule | LinkRule): readonly FixtureCase[] =>
  existsSync(fixtureFile(rule)) ? parseFixture(readFileSync(fixtureFile(rule), 'utf8')) : [];

/** Turns on what is off by default. */
const severityFor = (rule: Rule | LinkRule) => (rule.off ? { [rule.id]: rule.severity } : {});

suite('rules', () => {
  test('have ids of their own, in kebab case', () => {
    const ids = [...all, ...proxyRules].map(({ id }) => id);
    assert.deepEqual(
      ids.filter((id, i) => ids.indexOf(id) !== i || !/^[a-z]+(-[a-z]+)*$/.test(id)),
      [],
    );
  });

  test('have the page that they make', () => {
    const page = rulesPage([...all, ...proxyRules]);
    if (update) writeFileSync('RULES.md', page);
    assert.equal(readFileSync('RULES.md', 'utf8'), page);
  });

  for (const rule of all) {
    suite(rule.id, () => {
      test('finds what its fixture says', () => {
        assert.ok(existsSync(fixtureFile(rule)), `${fixtureFile(rule)} is missing.`);
        const cases = casesOf(rule);
        const found = cases.map((it) => notesOf(it, checkCase(it, { severity: severityFor(rule) }), rule));
        const text = cases.map((it, i) => titleOf(it) + writeCase(it, found[i] ?? [])).join('');
        if (update) writeFileSync(fixtureFile(rule), text);
        else assert.equal(text, cases.map((it) => titleOf(it) + it.written).join(''));
        assert.ok(
          found.some((notes) => notes.length > 0),
          'No case has a finding.',
        );
      });

      test('reports its bad example, and nothing in the good one', () => {
        const bad = checkCase(docsCase(rule, rule.docs.bad), { severity: severityFor(rule) });
        assert.ok(
          bad.some(({ code }) => code === rule.id),
          `Found instead: ${told(bad)}`,
        );
        const good = checkCase(docsCase(rule, rule.docs.good), { severity: severityFor(rule) });
        // An example shows the file and not all that stands beside it.
        const loud = good.filter(
          (it) => (it.severity === 'error' || it.severity === 'warning') && it.code !== 'missing-file',
        );
        assert.equal(told([...loud, ...good.filter(({ code }) => code === rule.id)]), '');
      });

      test('fixes remove what they are for and harm nothing else', () => {
        for (const fixture of [...casesOf(rule), docsCase(rule, rule.docs.bad)]) {
          const before = checkCase(fixture, { severity: severityFor(rule) });
          for (const finding of before.filter(({ code }) => code === rule.id)) {
            for (const { fix, files } of finding.fixed) checkFix(rule, fixture, before, finding, fix.title, files);
          }
        }
      });

      test('documents itself in whole sentences', () => {
        const { summary, why } = rule.docs;
        assert.match(summary, /^.+\.$/);
        assert.match(why, /^.+\.$/s);
      });
    });
  }

  test('go over the fixtures of all others without throwing', () => {
    const on = Object.fromEntries(rules.map(({ id, severity }) => [id, severity]));
    for (const rule of all) {
      for (const fixture of casesOf(rule)) {
        for (const target of ['compose', 'stack'] as const) checkCase({ ...fixture, target }, { severity: on });
      }
    }
  });

  test('that throw are logged and leave the others alone', () => {
    const logged: string[] = [];
    const broken: readonly Rule[] = (['text', 'service', 'project', 'resource', 'file'] as const).map((scope) => ({
      ...throwing,
      id: `throws-in-${scope}`,
      scope,
    }));
    const [fixture] = parseFixture(
      'services:\n  web:\n    image: nginx:1.27\n    delopy: {}\nnetworks:\n  front: {}\n',
    );
    assert.ok(fixture);
    const found = checkCase(fixture, { rules: [...broken, ...rules], log: (message) => logged.push(message) });
    assert.ok(found.some(({ code }) => code === 'unknown-key'));
    for (const { id } of broken)
      assert.ok(
        logged.some((it) => it.includes(id)),
        `${id} is not in the log.`,
      );
  });

  test('are silenced by comments', () => {
    const text = (comment: string, head = '') =>
      `${head}services:\n  web:\n    image: nginx:1.27\n    delopy: {}${comment}\n`;
    const codes = (written: string) => parseFixture(written).flatMap((it) => checkCase(it).map(({ code }) => code));
    assert.deepEqual(codes(text('')), ['unknown-key']);
    assert.deepEqual(codes(text(' # longshore: ignore unknown-key')), []);
    assert.deepEqual(codes(text(' # longshore: ignore')), []);
    assert.deepEqual(codes(text(' # longshore: ignore other-rule')), ['unknown-key']);
    assert.deepEqual(codes(text('', '# longshore: ignore-file unknown-key\n')), []);
    const above = 'services:\n  web:\n    image: nginx:1.27\n    # longshore: ignore unknown-key\n    delopy: {}\n';
    assert.deepEqual(codes(above), []);
  });
});

const throwing = {
  severity: 'error',
  targets: ['compose', 'stack'],
  docs: { summary: '', why: '', bad: '', good: '' },
  check(): never {
    throw new Error('on purpose');
  },
} as const;

function titleOf({ title, target }: FixtureCase): string {
  return title === '' && target === undefined ? '' : `#== ${target ? `[${target}] ` : ''}${title}\n`;
}

/** An example of the documentation, for the target it names, else the rule's first. */
function docsCase(rule: Rule | LinkRule, text: string): FixtureCase {
  const named = /longshore: target=/.test(text) ? undefined : rule.targets[0];
  const [fixture] = parseFixture(`#== ${named ? `[${named}] ` : ''}docs\n${text}`);
  assert.ok(fixture);
  return fixture;
}

function checkFix(
  rule: Rule | LinkRule,
  fixture: FixtureCase,
  before: readonly Found[],
  finding: Found,
  title: string,
  files: ReadonlyMap<string, string>,
): void {
  const where = `${fixture.title}: “${title}” for ${told([finding])}`;
  const after = checkCase({ ...fixture, files }, { severity: severityFor(rule) });
  const same = (it: Found) => it.code === finding.code && it.message === finding.message;
  assert.ok(after.filter(same).length < before.filter(same).length, `${where} leaves the finding.`);
  const errors = (list: readonly Found[]) => list.filter(({ severity }) => severity === 'error').length;
  assert.ok(errors(after) <= errors(before), `${where} makes errors: ${told(after)}`);
  for (const [path, text] of fixture.files) {
    const left = files.get(path) ?? '';
    // A comment behind what is removed goes with it.
    const lost = [...text.matchAll(/^(.*?)(?<=^|\s)(#.*)$/gm)].filter(
      ([, code = '', comment = '']) =>
        !left.includes(comment.trimEnd()) && (code.trim() === '' || left.includes(code.trim())),
    );
    assert.deepEqual(
      lost.map(([line]) => line),
      [],
      `${where} loses comments.`,
    );
  }
}

function told(found: readonly Found[]): string {
  return found
    .map(
      ({ path, range, code, severity, message }) => `${path}:${range.start.line + 1} ${severity} ${code}: ${message}`,
    )
    .join('\n');
}
