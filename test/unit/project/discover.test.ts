import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findFiles } from '../../../server/src/project/discover.js';
import { memoryHost } from '../../support/memoryHost.js';

const folder = 'file:///work';

test('Compose and stack files are found by name, deep down, and not where they are of others', () => {
  const ours = ['compose.yaml', 'a/docker-compose.prod.yml', 'a/b/c/d/e/f/g/my-stack.yaml', 'a/build/swarm.yml'].map(
    (path) => `${folder}/${path}`,
  );
  const theirs = [
    'a/compose.json',
    'a/values.yaml',
    'node_modules/x/compose.yaml',
    'a/vendor/x/compose.yaml',
    'a/.git/compose.yaml',
    'out/compose.yaml',
    'dist/compose.yaml',
  ].map((path) => `${folder}/${path}`);
  const host = memoryHost(Object.fromEntries([...ours, ...theirs].map((uri) => [uri, ''])));
  assert.deepEqual(findFiles(host, folder).files, [...ours].sort());
});
