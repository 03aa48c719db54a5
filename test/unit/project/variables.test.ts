import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectVariables } from '../../../server/src/project/variables.js';
import { memoryHost } from '../../support/memoryHost.js';

const of = (folder: string, target: 'compose' | 'stack', variables = {}): string | undefined =>
  projectVariables(memoryHost({}, variables), { target, files: [`${folder}/compose.yaml`] }).lookup('PWD');

test('PWD is the folder of the project where the environment has none', () => {
  assert.equal(of('file:///srv/my shop', 'compose'), '/srv/my shop');
  assert.equal(of('file:///srv/shop', 'compose', { PWD: '/elsewhere' }), '/elsewhere');
  assert.equal(of('file:///srv/shop', 'stack'), undefined);
  assert.equal(of('file:///c:/shop', 'compose'), undefined);
});
