import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { rulesOf, sectionOf } from '../../../../client/src/language/rules.js';
import { rules } from '../../../../server/src/compose/rules/index.js';

suite('the page of a rule', () => {
  const page = readFileSync('RULES.md', 'utf8');

  test('is there for every rule, alone', () => {
    for (const { id, docs } of rules) {
      const section = sectionOf(page, id) ?? '';
      assert.ok(section.startsWith(`# ${id}\n`), id);
      assert.ok(section.includes(docs.summary), id);
      assert.equal(section.match(/^#{1,2} [a-z-]+$/gm)?.length, 1, id);
    }
    assert.equal(sectionOf(page, 'no-such-rule'), undefined);
  });

  test('is listed with what it finds', () => {
    const listed = new Map(rulesOf(page).map(({ id, summary }) => [id, summary]));
    for (const { id, docs } of rules) assert.equal(listed.get(id), docs.summary);
  });
});
