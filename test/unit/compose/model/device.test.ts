import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gpuIdKind, isCdiName, parseDevice, parseGpuCount } from '../../../../server/src/compose/model/device.js';

void test('reads devices of the host', () => {
  const path = (source: string, target: string, permissions: string) => ({ kind: 'path', source, target, permissions });
  assert.deepEqual(parseDevice('/dev/a').value, path('/dev/a', '/dev/a', 'rwm'));
  assert.deepEqual(parseDevice('/dev/a:/dev/b').value, path('/dev/a', '/dev/b', 'rwm'));
  assert.deepEqual(parseDevice('/dev/a::r').value, path('/dev/a', '/dev/a', 'r'));
  assert.ok(parseDevice('a:b:c:d').problem);
});

void test('knows CDI names', () => {
  const good = ['nvidia.com/gpu=all', 'nvidia.com/gpu=0', 'a/b=c', 'vendor.com/cl-ass=GPU-1:2'];
  const bad = ['/dev/a=b', 'nvidia.com/gpu', 'nvidia.com=0', '1.com/gpu=0', 'nvidia.com/gpu=', 'nvidia.com/gpu=0-'];
  assert.deepEqual(
    good.filter((it) => !isCdiName(it)),
    [],
  );
  assert.deepEqual(bad.filter(isCdiName), []);
  assert.deepEqual(parseDevice('nvidia.com/gpu=all').value, { kind: 'cdi', name: 'nvidia.com/gpu=all' });
});

const ids = {
  all: 'all',
  '0': 'index',
  '0:1': 'mig',
  'GPU-45cbf7b3': 'uuid',
  'GPU-45cbf7b3-f919-7228-7a26-b06628ebefa1': 'uuid',
  'MIG-c7384736-a75d-5afc-978f-d2f1294409fd': 'mig',
  'MIG-GPU-45cbf7b3-f919-7228-7a26-b06628ebefa1/1/0': 'mig',
  'nvidia.com/gpu=0': 'cdi',
  '0,1': 'list',
  gpu0: undefined,
  'GPU-xyz': undefined,
  '': undefined,
};

for (const [text, kind] of Object.entries(ids)) {
  void test(`GPU ${JSON.stringify(text)} is ${kind ?? 'none'}`, () => {
    assert.equal(gpuIdKind(text), kind);
  });
}

void test('counts GPUs', () => {
  assert.deepEqual(
    ['all', 'ALL', '2', '-1'].map((it) => parseGpuCount(it).value),
    [-1, -1, 2, -1],
  );
  assert.deepEqual(
    ['two', '1.5', ''].filter((it) => !parseGpuCount(it).problem),
    [],
  );
});
