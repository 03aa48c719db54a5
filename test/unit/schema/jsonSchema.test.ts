import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { jsonSchema } from '../../../schemas/jsonSchema.js';
import { targets } from '../../../server/src/compose/target.js';

for (const target of targets) {
  test(`schemas/${target}.schema.json is what the table says; npm run generate renews it`, () => {
    assert.deepEqual(JSON.parse(readFileSync(`schemas/${target}.schema.json`, 'utf8')), jsonSchema(target));
  });
}
