import assert from 'node:assert/strict';
import { once } from 'node:events';
import { suite, test } from 'node:test';
import { setImmediate as turn, setTimeout as timer } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { limited } from '../../../../client/src/engine/waiting.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

suite('a signal with a limit', () => {
  test('is aborted in time, though nobody but its listener knows it and memory is collected', async () => {
    const other = new AbortController();
    const aborted = new Promise<string>((resolve) =>
      limited(300, other.signal).addEventListener('abort', () => resolve('aborted')),
    );
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
    const signal = limited(60_000, other.signal);
    const aborted = once(signal, 'abort');
    other.abort();
    await aborted;
    assert.equal(signal.aborted, true);
  });
});
