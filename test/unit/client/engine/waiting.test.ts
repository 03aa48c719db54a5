import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setImmediate as turn, setTimeout as timer } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { limited } from '../../../../client/src/engine/waiting.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const untilAborted = (limit: AbortSignal): Promise<string> =>
  new Promise((resolve) => limit.addEventListener('abort', () => resolve('aborted')));

suite('a signal with a limit', () => {
  test('is aborted in time, though nobody but its listener knows it and memory is collected', async () => {
    const other = new AbortController();
    const aborted = limited(300, other.signal, untilAborted);
    for (let rounds = 0; rounds < 5; rounds++) {
      await turn();
      collect();
    }
    const stop = new AbortController();
    const late = timer(20_000, 'late', { signal: stop.signal }).catch(() => 'stopped');
    assert.equal(await Promise.race([aborted, late]), 'aborted');
    stop.abort();
  });

  test('is aborted with the other one', async () => {
    const other = new AbortController();
    const aborted = limited(60_000, other.signal, untilAborted);
    other.abort();
    assert.equal(await aborted, 'aborted');
  });

  test('leaves no timer behind, whether the work came to an end or failed', async ({ mock }) => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const limits: AbortSignal[] = [];
    await limited(30_000, undefined, async (limit) => limits.push(limit));
    const fails = limited(30_000, undefined, (limit) => {
      limits.push(limit);
      return Promise.reject(new Error('no'));
    });
    await assert.rejects(fails, /no/);
    mock.timers.tick(60_000);
    assert.deepEqual(
      limits.map(({ aborted }) => aborted),
      [false, false],
    );
  });
});
