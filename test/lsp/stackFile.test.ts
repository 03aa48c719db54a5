import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StackFile } from '../../server/src/protocol.js';
import { startInProcess } from '../support/inProcess.js';

const uri = 'file:///shop/shop/compose.yaml';
const files = {
  [uri]: 'services:\n  web:\n    image: "nginx:${TAG}"\n    ports: ["80:bad"]\n',
  'file:///shop/shop/.env': 'export TAG=1.30\nPASSWORD="a b" # not told\nHOME_OF=${TAG}\n',
};

test('longshore/stackFile: what docker stack refuses, and the variables it would not read', async () => {
  const client = await startInProcess({ files, folders: ['file:///work'] });
  const found = await client.request<StackFile>('longshore/stackFile', { uri });
  assert.deepEqual(found.variables, { TAG: '1.30', PASSWORD: 'a b', HOME_OF: '1.30' });
  assert.deepEqual(
    found.errors.map((error) => [error.uri, error.range.start.line]),
    [[uri, 3]],
  );
  assert.equal(await client.request('longshore/stackFile', { uri: 'file:///shop/none.yaml' }), null);
  await client.stop();
});
