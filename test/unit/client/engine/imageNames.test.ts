import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageNames } from '../../../../client/src/engine/imageNames.js';
import { fakeEngine } from '../../../support/fakeEngine.js';

test('images are asked for once in a while, and are none where no Engine answers', async () => {
  const engine = fakeEngine();
  engine.images_ = ['nginx:1.30'];
  let time = 0;
  const names = imageNames(
    () => Promise.resolve(engine),
    () => time,
  );
  assert.deepEqual(await names(), ['nginx:1.30']);
  engine.images_ = ['nginx:1.30', 'redis:8'];
  assert.deepEqual(await names(), ['nginx:1.30']);
  time += 60_000;
  assert.deepEqual(await names(), ['nginx:1.30', 'redis:8']);
  assert.deepEqual(engine.calls, ['images', 'images']);
  engine.goAway();
  time += 60_000;
  assert.deepEqual(await names(), []);
});
