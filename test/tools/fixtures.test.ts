import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { rules } from '../../server/src/compose/rules/index.js';
import { targets, type Target } from '../../server/src/compose/target.js';
import { checkCase, type Found } from '../support/checkRules.js';
import { askToolAbout } from '../support/configTool.js';
import { parseFixture, type FixtureCase } from '../support/fixture.js';

// Every case of the rules' fixtures, put before the tool it is for: what has an error is refused, what has none is taken. A warning
// of a rule that otherwise makes errors may be either: it hangs on the machine or on a variable. Of a stack the tool without a
// swarm tells only part, so there an error of ours may well be taken by it.

const cases = readdirSync('test/rules').flatMap((name) =>
  parseFixture(readFileSync(`test/rules/${name}`, 'utf8')).map((fixture) => ({ name, fixture })),
);

describe('fixtures', () => {
  for (const target of targets) {
    test(`are judged as docker ${target} judges them`, { timeout: 600_000 }, async (t) => {
      const asked = cases.filter(({ fixture }) => targetOf(fixture) === target);
      const refusals = await Promise.all(asked.map(({ fixture }) => refusal(fixture)));
      const wrong: string[] = [];
      for (const [index, { name, fixture }] of asked.entries()) {
        const found = checkCase(fixture);
        const refused = refusals[index];
        const errors = found.filter(({ severity }) => severity === 'error');
        const title = `${name}, ${fixture.title}`;
        if (target === 'compose' && refused === undefined && errors.length > 0)
          wrong.push(`${title}: taken, but ${told(errors)}`);
        if (refused !== undefined && errors.length === 0 && !found.some(mayRefuse)) wrong.push(`${title}: ${refused}`);
      }
      t.diagnostic(`asked about ${asked.length} cases`);
      assert.equal(wrong.join('\n'), '');
    });
  }
});

describe('fixtures with their errors fixed', () => {
  for (const target of targets) {
    test(`are taken by docker ${target}`, { timeout: 600_000 }, async (t) => {
      const asked = cases
        .filter(({ fixture }) => targetOf(fixture) === target)
        .flatMap(({ name, fixture }) => [...fixedOf(fixture)].map((fixed) => ({ name, of: fixture.title, ...fixed })));
      const refusals = await Promise.all(asked.map(({ fixed }) => refusal(fixed)));
      const wrong = asked.flatMap(({ name, of, title }, index) =>
        refusals[index] === undefined ? [] : `${name}, ${of}, “${title}”: ${refusals[index]}`,
      );
      t.diagnostic(`asked about ${asked.length} fixed cases`);
      assert.ok(asked.length > 20, `There are ${asked.length} cases only.`);
      assert.equal(wrong.join('\n'), '');
    });
  }
});

/** A case after each fix of an error that leaves nothing else to be refused, all other errors being fixed too. */
function* fixedOf(fixture: FixtureCase): Iterable<{ readonly title: string; readonly fixed: FixtureCase }> {
  const errors = (it: FixtureCase): readonly Found[] => checkCase(it).filter(({ severity }) => severity === 'error');
  const apply = (fix: Found['fixed'][number]): FixtureCase => ({ ...fixture, files: fix.files });
  for (const { fixed } of errors(fixture)) {
    for (const fix of fixed) {
      let after = apply(fix);
      for (let rounds = 0; rounds < 20; rounds++) {
        const next = errors(after).flatMap((it) => it.fixed.find(({ fix: { preferred } }) => preferred) ?? [])[0];
        if (!next) break;
        after = apply(next);
      }
      if (!checkCase(after).some((it) => it.severity === 'error' || mayRefuse(it)))
        yield { title: fix.fix.title, fixed: after };
    }
  }
}

/** What the tool says when it refuses the files of a case. */
async function refusal(fixture: FixtureCase): Promise<string | undefined> {
  const { files, variables } = fixture;
  const target = targetOf(fixture);
  const [main = ''] = files.keys();
  const question = target === 'stack' ? { files: [`.${main}`] } : { flags: ['--quiet'] };
  const { accepted, stderr } = await askToolAbout(target, files, { ...question, variables });
  return accepted ? undefined : stderr.trim().split('\n').at(-1);
}

function targetOf({ target, files }: FixtureCase): Target {
  const inText = [...files.values()].some((text) => text.includes('longshore: target=stack'));
  return target ?? (inText ? 'stack' : 'compose');
}

function mayRefuse({ code, severity }: Found): boolean {
  return (
    code === 'missing-file' ||
    code === 'variable-unset' ||
    code === 'variable-required' ||
    (severity === 'warning' && rules.some((it) => it.id === code && it.severity === 'error'))
  );
}

function told(found: readonly Found[]): string {
  return found.map(({ code, message }) => `${code}: ${message}`).join(' ');
}
