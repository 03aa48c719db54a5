import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributeAt, keysAt, valuesAt, type Path } from '../../../server/src/compose/schema/attributes.js';

test('attributes are found below names and list items', () => {
  const docs = (path: Path): string | undefined => attributeAt(path, 'compose')?.doc;
  assert.match(docs(['services', 'web', 'deploy', 'resources']) ?? '', /container may use/);
  assert.match(docs(['services', 'web', 'ports', 0, 'target']) ?? '', /inside the container/);
  assert.match(docs(['networks', 'front', 'driver']) ?? '', /overlay/);
  assert.match(docs(['services', 'web', 'depends_on', 'db', 'condition']) ?? '', /wait for/);
  assert.equal(docs(['services', 'web']), undefined);
  assert.equal(docs(['services', 'web', 'nope']), undefined);
  assert.equal(docs(['services', 'web', 'toString']), undefined);
});

test('keys are those the target and its file format take', () => {
  const keys = (path: Path, target: 'compose' | 'stack', version?: string): readonly string[] =>
    keysAt(path, target, version).map(({ key }) => key);
  assert.ok(keys(['services', 'web'], 'compose').includes('mem_limit'));
  assert.ok(!keys(['services', 'web'], 'compose').includes('cgroupns_mode'));
  assert.ok(!keys(['services', 'web'], 'compose').includes('pre_start'), 'newer than the releases we know');
  assert.ok(!keys(['services', 'web'], 'stack').includes('mem_limit'));
  assert.ok(keys(['services', 'web'], 'stack').includes('restart'), 'ignored keys stay, with their support');
  assert.deepEqual(keys(['services', 'web', 'healthcheck'], 'stack', '3.3'), [
    'test',
    'interval',
    'timeout',
    'retries',
    'disable',
  ]);
  assert.deepEqual(keys([], 'stack', '3.0'), ['services', 'networks', 'volumes', 'version']);
  assert.deepEqual(keys(['services'], 'compose'), []);
  const target = keysAt(['services', 'web', 'volumes', 0], 'compose', undefined).find(({ key }) => key === 'target');
  assert.equal(target?.required, true);
});

test('values come with their meaning and the default', () => {
  const values = (path: Path): readonly string[] =>
    valuesAt(path, 'compose').map((it) => `${it.value}${it.default ? '*' : ''}`);
  assert.deepEqual(values(['services', 'web', 'depends_on', 'db', 'condition']), [
    'service_started',
    'service_healthy',
    'service_completed_successfully',
  ]);
  assert.deepEqual(values(['services', 'web', 'tty']), ['true', 'false*']);
  assert.deepEqual(values(['services', 'web', 'restart']), ['no*', 'always', 'on-failure', 'unless-stopped']);
  assert.deepEqual(values(['services', 'web', 'image']), []);
});
